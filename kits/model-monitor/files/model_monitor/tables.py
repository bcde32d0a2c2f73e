"""The files that are compared: CSV and Parquet as data frames, and what is wrong with them."""

import hashlib
from pathlib import Path

import pandas as pd


class BadInput(Exception):
    """Nothing can be said, because of what was given; the message is one sentence for a person."""


def read(path: Path) -> pd.DataFrame:
    """The rows of a .csv or .parquet file; `BadInput` when there are none."""
    if path.suffix not in (".csv", ".parquet"):
        raise BadInput(f"{path} is neither .csv nor .parquet.")
    try:
        # low_memory guesses types block by block, so that one column may come out in two types.
        table = (
            pd.read_csv(path, low_memory=False) if path.suffix == ".csv" else pd.read_parquet(path)
        )
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
    except (
        ValueError
    ) as error:  # what pandas and pyarrow raise on content, undecodable text included
        raise BadInput(f"{path} is no {path.suffix[1:]} file: {_one_line(error)}.") from error
    check(table, str(path))
    return table


def check(table: pd.DataFrame, name: str) -> None:
    """`BadInput` unless the table has rows, columns, and one column of each name."""
    if table.columns.empty or table.empty:
        raise BadInput(f"There are no rows in {name}.")
    repeated = table.columns[table.columns.duplicated()]
    if not repeated.empty:
        raise BadInput(f'The column "{repeated[0]}" stands more than once in {name}.')


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, by which a report names the data it is about."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
