"""What DuckDB's faults mean for a person: from its exceptions to the sentences of `data.errors`."""

import errno
import os
import re

import duckdb

from data.errors import (
    BackupFailed,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseNewer,
    DiskFull,
    FolderUnusable,
    StoreError,
    StoreStopped,
    ValueRefused,
)
from data.races import LostRace

FULL = "The disk is full; the change was not saved. Free some space, then try again."


def while_opening(fault: duckdb.Error, path: str) -> StoreError:
    """The sentence for a database that could not be opened."""
    words = str(fault)
    if words.startswith("IO Error: Could not set lock"):
        return DatabaseLocked(
            f'The database "{path}" is in use by another process. Close that one, '
            "or use PostgreSQL (CHECKUP_DATABASE_URL=postgresql://…), which serves several processes at once."
        )
    if isinstance(fault, duckdb.ConnectionException) or "configuration has been locked" in words:
        return DatabaseLocked(f'The database "{path}" is already open in this process; use the store that has it.')
    if re.search(r"with version number \d+", words):
        return DatabaseNewer(f'The database "{path}" was written by a newer DuckDB; update the app to open it.')
    return _by_errno(words, path) or DatabaseDamaged(
        f'The file "{path}" is not a database of this app or is damaged. '
        "Move it aside, then put the latest backup in its place or start afresh."
    )


def while_working(fault: duckdb.Error) -> StoreError:
    """The sentence for a statement that failed; `LostRace` when it is worth another try."""
    words = str(fault)
    if isinstance(fault, duckdb.TransactionException) or "Duplicate key" in words:
        return LostRace("Two changes met.")
    if isinstance(fault, duckdb.ConstraintException):
        return ValueRefused("A value does not fit into the database; nothing was saved. Correct it and try again.")
    if "corrupt" in words.lower():
        return DatabaseDamaged(
            "A part of the database’s file is damaged, so this can’t be read. Whoever runs the app puts the latest "
            "backup in its place."
        )
    return StoreError(f"The database could not do this: {words.splitlines()[0]}")


def after_death(fault: duckdb.Error, alive: bool) -> StoreError:
    """The sentence after the whole instance died; `alive` when the next call opens it again."""
    if is_full(fault):
        return DiskFull(FULL)
    if alive:
        return StoreError("The database failed and is opened again. Look whether your last change is there.")
    return StoreStopped("The database failed twice and was closed. Check the disk, then restart the app.")


def is_full(fault: duckdb.Error) -> bool:
    """Whether a fault comes from a full disk (or quota, or size limit), and not from damage."""
    return _is_full(str(fault))


def no_folder(path: str, fault: OSError) -> StoreError:
    """The sentence for a folder that cannot hold the database."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(FULL)
    return FolderUnusable(
        f'The folder for the database "{path}" cannot be used ({fault.strerror}). '
        "Make it writable, or name another one in CHECKUP_DATABASE_URL."
    )


def not_copied(target: str, fault: OSError) -> StoreError:
    """The sentence for a copy that could not be written."""
    return BackupFailed(f'The copy "{target}" could not be written ({fault.strerror}). Choose another folder.')


def not_anew(path: str, fault: OSError) -> StoreError:
    """The sentence for a file that could not be written anew after rows of it were deleted for good."""
    return StoreError(
        f"The rows are deleted, but their bytes are still in {path}: it was not written anew ({fault.strerror}). "
        "Free some space; the next time that something is deleted for good takes these bytes as well."
    )


def _by_errno(words: str, path: str) -> StoreError | None:
    if _is_full(words):
        return DiskFull(FULL)
    for number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.ENOENT):
        fault = OSError(number, _text(number))
        if _text(number) in words:
            return no_folder(path, fault)
    return None


def _is_full(words: str) -> bool:
    return any(_text(number) in words for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def _text(number: int) -> str:
    return os.strerror(number)
