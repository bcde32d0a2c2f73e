"""How the operator keeps the database safe: dated copies of all of it, checked by reading them back."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.desk import Desk
from data.errors import BackupFailed

LOG = logging.getLogger("checkup.backup")
FOLDER = "backups"
NAMED = "checkup-%Y-%m-%dT%H-%M-%SZ"
# What is made by the clock is told apart from what a person made, which is never thrown away.
SCHEDULED = "-scheduled"
SUFFIX = ".duckdb"
LOOK_EVERY_S = 600.0


def back_up(desk: Desk, folder: Path, mark: str = "") -> Path:
    """A consistent copy named by the time of its making; to restore it, put it in the database's place.

    `BackupFailed` when it cannot be written or does not read back with every row.
    """
    if desk.engine.no_copy:
        raise BackupFailed(desk.engine.no_copy)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise BackupFailed(f'The folder "{folder}" cannot be made ({fault.strerror}); choose another.') from fault
    target = folder / f"{desk.now().astimezone(UTC):{NAMED}}{mark}{SUFFIX}"
    desk.engine.copy_to(str(target))
    return target


def back_up_when_due(desk: Desk, every: timedelta, keep: int) -> Path | None:
    """A copy beside the database when the last one is older than `every`; of those made so the newest `keep` stay."""
    folder = beside(desk.engine.path)
    last = last_made(folder)
    if last is not None and desk.now() - last < every:
        return None
    made = back_up(desk, folder, SCHEDULED)
    for old in sorted(folder.glob(f"checkup-*{SCHEDULED}{SUFFIX}"))[:-keep]:
        old.unlink(missing_ok=True)
    return made


def beside(path: str) -> Path:
    """The folder for the copies of the database at this path."""
    return Path(path).resolve().parent / FOLDER


def last_made(folder: Path) -> datetime | None:
    """When the newest copy in the folder was made, by whomever, as its name says."""
    moments = []
    for file in folder.glob(f"checkup-*{SUFFIX}"):
        with suppress(ValueError):
            named = datetime.strptime(file.stem.removesuffix(SCHEDULED), NAMED).replace(tzinfo=UTC)
            moments.append(named)
    return max(moments, default=None)


class Rounds:
    """A thread that does its work now and then until it is told to stop; one that fails is tried again next time."""

    def __init__(self, work: Callable[[], object], pause_s: float = LOOK_EVERY_S) -> None:
        self._work, self._pause_s = work, pause_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go, name="backups", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the work in hand is done."""
        self._stop.set()
        self._thread.join()

    def _go(self) -> None:
        while not self._stop.wait(self._pause_s):
            try:
                self._work()
            except Exception:
                LOG.exception("The scheduled backup failed; it is tried again in %d minutes.", self._pause_s // 60)
