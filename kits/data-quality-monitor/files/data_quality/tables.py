"""Reads the table that is checked: Parquet or CSV, and nothing that could run code."""

from pathlib import Path

import pandas as pd

from data_quality.config import Config
from data_quality.results import BadInput

PARQUET = (".parquet", ".pq")
CSV = (".csv", ".csv.gz")


def read(path: Path, config: Config) -> pd.DataFrame:
    """The table in a file; `BadInput` where it cannot be read."""
    name = path.name.lower()
    try:
        if name.endswith(PARQUET):
            return pd.read_parquet(path)
        if name.endswith(CSV):
            return _read_csv(path, config)
    except FileNotFoundError as fault:
        raise BadInput(f"{path} does not exist.") from fault
    except (OSError, ValueError) as fault:
        raise BadInput(f"{path} cannot be read ({str(fault).splitlines()[0]}).") from fault
    raise BadInput(f"{path} ends neither in {' nor in '.join((*PARQUET, *CSV))}.")


def _read_csv(path: Path, config: Config) -> pd.DataFrame:
    """Texts stay as they were written: "007" is no number, and a country NA is not missing."""
    texts = {column.name: "str" for column in config.columns if column.type == "text"}
    frame = pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=[""], low_memory=False)
    for column in config.columns:
        if column.type == "time" and column.name in frame.columns:
            frame[column.name] = _times(frame[column.name])
    return frame


def _times(values: pd.Series) -> pd.Series:
    """The texts as times, each with the offset it has; as they are where one of them is no time."""
    try:
        return values.map(lambda value: pd.Timestamp(value), na_action="ignore").astype(object)
    except (ValueError, TypeError):
        return values
