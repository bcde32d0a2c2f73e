"""How a database file is written anew: every row that there is, and nothing of what was deleted."""

import os
from contextlib import suppress

import duckdb


def write_anew(path: str, target: str, storage: str) -> None:
    """All tables of the file at `path` in a new file, in the format `storage`; nobody may have either open.

    `OSError` or `duckdb.Error` when that fails; then there is no file at `target`.
    """
    _remove(target)
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"attach {_quoted(path)} as old_file (read_only)")
            connection.execute(f"attach {_quoted(target)} as new_file (storage_version {_quoted(storage)})")
            connection.execute("copy from database old_file to new_file")
            connection.execute("detach new_file")
    except BaseException:
        _remove(target)
        raise


def _remove(target: str) -> None:
    for file in (target, f"{target}.wal"):
        with suppress(FileNotFoundError):
            os.unlink(file)


def _quoted(text: str) -> str:
    """A text in SQL; `attach` takes no bound values."""
    return "'" + text.replace("'", "''") + "'"
