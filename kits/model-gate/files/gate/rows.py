"""The held-out rows: read once, checked, and known by their digest."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gate.limits import Limits
from gate.problem import Problem


@dataclass(frozen=True)
class Rows:
    """A table with complete labels, and the SHA-256 of the bytes it was read from."""

    frame: Any
    truth: Any
    digest: str


def read(path: Path, limits: Limits) -> Rows:
    """The rows of a CSV or Parquet file; Problem when they cannot decide anything."""
    reader = {".csv": pd.read_csv, ".parquet": pd.read_parquet}.get(path.suffix.lower())
    if reader is None:
        raise Problem(f"{path} is neither .csv nor .parquet.")
    try:
        content = path.read_bytes()
        frame = reader(io.BytesIO(content))
    except OSError as fault:
        raise Problem(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except Exception as fault:  # pandas and pyarrow raise many kinds for a damaged file
        raise Problem(f"{path} is not a readable {path.suffix[1:]} file.") from fault
    check(path, frame, limits)
    digest = hashlib.sha256(content).hexdigest()
    return Rows(frame, comparable(frame[limits.target]), digest)


def check(path: Path, frame: Any, limits: Limits) -> None:
    lost = [name for name in (limits.target, *limits.slices) if name not in frame]
    if lost:
        raise Problem(f"{path} has no column {', '.join(lost)}.")
    if len(frame) < limits.minimum_rows:
        raise Problem(
            f"{path} has {len(frame)} rows; fewer than {limits.minimum_rows} decide nothing."
        )
    missing = int(frame[limits.target].isna().sum())
    if missing:
        raise Problem(f"{path} lacks {missing} of {len(frame)} true answers in {limits.target}.")
    if frame[limits.target].nunique() < 2:
        raise Problem(f"{path} has only one answer in {limits.target}; nothing can be compared.")


def comparable(labels: Any) -> Any:
    """Labels as plain text, the same for 1, 1.0, True and their kinds in NumPy."""
    values = np.asarray(labels, dtype=object).ravel()
    return np.array([as_text(value) for value in values], dtype=object)


def as_text(value: Any) -> str:
    if isinstance(value, bool | np.bool_ | int | float | np.number):
        number = float(value)
        return str(int(number)) if number.is_integer() else str(number)
    return str(value)


def groups(rows: Rows, column: str) -> Any:
    """The group of each row by one column; gaps are a group of their own."""
    found = rows.frame[column].astype(object).where(rows.frame[column].notna(), "(missing)")
    if found.nunique() > 50:
        raise Problem(
            f"{column} has {found.nunique()} different values; put them into bands first."
        )
    return comparable(found)
