"""How the operator keeps the database safe: a dated copy of all of it, checked by reading it back."""

from datetime import UTC
from pathlib import Path

from data.desk import Desk
from data.errors import BackupFailed


def back_up(desk: Desk, folder: Path) -> Path:
    """A consistent copy named by the time of its making; to restore it, put it in the database's place.

    `BackupFailed` when it cannot be written or does not read back with every row.
    """
    if desk.engine.no_copy:
        raise BackupFailed(desk.engine.no_copy)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise BackupFailed(f'The folder "{folder}" cannot be made ({fault.strerror}); choose another.') from fault
    target = folder / f"checkup-{desk.now().astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}.duckdb"
    desk.engine.copy_to(str(target))
    return target
