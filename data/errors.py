"""What the store refuses or cannot do: one class per fact, each with a sentence for a person."""

from typing import Any

from access.permissions import Forbidden


class StoreError(Exception):
    """The common ancestor; `str()` of it is a sentence that can be shown as it is."""


class UnknownId(StoreError):
    """Nothing (any more) with this id."""

    def __init__(self, kind: str, wanted: str) -> None:
        self.kind, self.wanted = kind, wanted
        super().__init__(f'There is no {kind} "{wanted[:80]}"; it may have been deleted. Go back and choose another.')


class NotAllowed(StoreError, Forbidden):
    """The actor may not do this: a refusal like any other, for whoever shows refusals."""


class TextRefused(StoreError):
    """A name or text that is empty, too long or not text; nothing is ever cut silently."""


class NameTaken(StoreError):
    """A living system of the workspace already has this name."""


class ValueRefused(StoreError):
    """A value outside what the store can hold, such as a rating of 6."""


class MilestoneIsFrozen(StoreError):
    """Answers of a milestone never change."""


class DraftExists(StoreError):
    """A system has at most one draft."""


class LastOwner(StoreError):
    """A workspace that has members keeps at least one owner."""


class NothingToMark(StoreError):
    """A milestone needs at least one rating or a complete health check."""


class KeyReused(StoreError):
    """A program sent something else under a key that it had used before."""


class AlreadySubmitted(StoreError):
    """Answers that others may have seen do not change unseen."""


class NothingToSubmit(StoreError):
    """Who has answered nothing has nothing to submit."""


class Conflict(StoreError):
    """Somebody else was faster: `stored` is what the store holds, `yours` what was to be saved."""

    def __init__(self, message: str, stored: Any, yours: Any) -> None:
        self.stored, self.yours = stored, yours
        super().__init__(message)


class ImportRefused(StoreError):
    """Rows from outside that do not fit; nothing of them was kept."""


class BackupFailed(StoreError):
    """A backup that could not be written or does not read back."""


class EngineUnknown(StoreError):
    """A database address that no engine of this app understands."""


class DatabaseLocked(StoreError):
    """Another process holds the database file."""


class DatabaseNewer(StoreError):
    """The database was written by a newer version of the app."""


class DatabaseDamaged(StoreError):
    """The file is no database, is not ours, or its bytes are damaged."""


class FolderUnusable(StoreError):
    """The database's folder cannot be created, read or written."""


class DiskFull(StoreError):
    """No space left; the change was not saved."""


class DatabaseAway(StoreError):
    """The database server does not answer; the next call tries again by itself."""


class DatabaseForbidden(StoreError):
    """The server does not let the app's user in, or not do what it must."""


class DatabaseReadOnly(StoreError):
    """The server takes no changes."""


class StoreBusy(StoreError):
    """A change lost every one of its races against other changes, or waited too long for its turn."""


class StoreStopped(StoreError):
    """The store is closed, or the database failed and could not be opened again."""


# What somebody asked for is not to be had, and trying again would not help: the store itself is well.
OF_THE_CALL = (
    UnknownId, TextRefused, NameTaken, ValueRefused, MilestoneIsFrozen, DraftExists, LastOwner, NothingToMark,
    AlreadySubmitted, NothingToSubmit, Conflict, ImportRefused, BackupFailed,
)  # fmt: skip
