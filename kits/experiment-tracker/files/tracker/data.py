"""What the training reads: the rows, their digest, their version, and what is wrong with them."""

import hashlib
import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tracker.problem import Problem

MOST_CLASSES = 100


@dataclass(frozen=True)
class Origin:
    """Where a file came from: an address and the version that stood there."""

    uri: str
    version: str


@dataclass(frozen=True)
class Dataset:
    """Rows as they were read, with the digest of exactly those bytes."""

    name: str
    frame: Any
    digest: str
    origin: Origin

    def as_record(self) -> dict[str, Any]:
        columns = {str(name): str(kind) for name, kind in self.frame.dtypes.items()}
        facts = {"name": self.name, "digest": self.digest, "origin": asdict(self.origin)}
        return {**facts, "rows": len(self.frame), "columns": columns}


def read(path: Path) -> tuple[Any, str]:
    """The table in a CSV or Parquet file, and the SHA-256 of the bytes it was read from."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Problem(f"{path} cannot be read: {fault.strerror}.") from fault
    reader = {".csv": pd.read_csv, ".parquet": pd.read_parquet}.get(path.suffix.lower())
    if reader is None:
        raise Problem(f"{path} is neither .csv nor .parquet.")
    try:
        frame = reader(io.BytesIO(content))
    except Exception as fault:  # pandas and pyarrow raise many kinds for a damaged file
        reason = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise Problem(f"{path} is not a readable {path.suffix[1:]} file: {reason}") from fault
    return frame, hashlib.sha256(content).hexdigest()


def table(dataset: Dataset, target: str, drop: tuple[str, ...], text: tuple[str, ...]) -> Any:
    """The rows ready for training: numbers as floats, everything else as text, labels complete.

    Raises Problem with every fault at once, so that one run shows all of them.
    """
    frame = dataset.frame.drop(columns=[name for name in drop if name in dataset.frame])
    faults = table_faults(frame, target, (*drop, *text), dataset.frame)
    if not faults:
        faults = label_faults(frame[target])
        for name in frame.columns.drop(target):
            faults += column_faults(frame[name], str(name) in text)
    if faults:
        raise Problem(f"{dataset.name} cannot be used: " + "; ".join(faults) + ".")
    features = {name: values(frame[name], name in text) for name in frame.columns.drop(target)}
    return pd.DataFrame({**features, target: frame[target]})


def table_faults(frame: Any, target: str, named: tuple[str, ...], whole: Any) -> list[str]:
    faults = [f'there is no column "{name}"' for name in named if name not in whole]
    if target not in frame:
        faults.append(f'there is no column "{target}" to learn')
    if not frame.columns.is_unique:
        faults.append("a column name stands twice")
    if frame.empty:
        faults.append("it has no rows")
    if len(frame.columns) < 2:
        faults.append("it has no column to learn from")
    return faults


def label_faults(labels: Any) -> list[str]:
    missing, kinds = int(labels.isna().sum()), labels.nunique()
    if missing:
        return [f"{missing} of {len(labels)} labels are missing"]
    if kinds < 2:
        return ["all labels are the same"]
    if kinds > MOST_CLASSES:
        return [f"the labels have {kinds} different values, and this kit trains classifiers"]
    return []


def column_faults(column: Any, is_text: bool) -> list[str]:
    present = column.dropna()
    if present.empty:
        return [f'column "{column.name}" has no value at all']
    if pd.api.types.is_datetime64_any_dtype(column):
        return [f'column "{column.name}" holds dates; turn them into numbers first']
    if pd.api.types.is_numeric_dtype(column):
        infinite = int(np.isinf(present.to_numpy("float64")).sum())
        return [f'column "{column.name}" has {infinite} infinite values'] if infinite else []
    numbers = int(pd.to_numeric(present.astype(str), errors="coerce").notna().sum())
    if not numbers or is_text:
        return []
    texts = len(present) - numbers
    fault = f"mixes {numbers} numbers with {texts} texts" if texts else "holds numbers as text"
    return [f'column "{column.name}" {fault} (if text is meant, pass --text {column.name})']


def values(column: Any, is_text: bool) -> Any:
    """Floats also for whole numbers, so that a missing value fits the model's signature later."""
    if pd.api.types.is_numeric_dtype(column) and not is_text:
        return pd.Series(column.to_numpy("float64", na_value=np.nan), index=column.index)
    present = column.notna()
    return column.astype(str).astype(object).where(present, np.nan)


def split(frame: Any, one_in: int) -> tuple[Any, Any]:
    """Training and evaluation rows, chosen by each row's content.

    A row held out today was held out in earlier trainings too, whatever was added since, so a
    champion has never learned from the rows on which it is compared. Equal rows stay together.
    """
    held_out = pd.util.hash_pandas_object(frame.astype(str), index=False) % one_in == 0
    return frame[~held_out], frame[held_out]
