"""The embedded engine: one DuckDB file (or memory) for this process, and its faults put into sentences."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from data import duckdb_faults as faults
from data.duckdb_anew import write_anew
from data.engine import Row, Session, in_dialect
from data.errors import BackupFailed, StoreError, StoreStopped
from data.memory import ChangesNothing, Memory, Noting
from data.races import until_won

T = TypeVar("T")
MEMORY = ":memory:"
IN_MEMORY = "This database is in memory only, there is no file to copy; export the workspace."
SETTINGS = {
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    # One thread a query: point queries cost a quarter less, and many sessions share the cores anyway.
    "threads": "1",
}
# In this order: once the configuration is locked nothing, and no SQL text, can loosen it again.
HARDENING = ("set global TimeZone='UTC'", "set enable_external_access=false", "set lock_configuration=true")


class DuckDBFile:
    """One connection per process, a cursor per piece of work, one writer at a time."""

    dialect = "duckdb"

    def __init__(self, path: str, wait: Callable[[float], None] = time.sleep) -> None:
        self.path = path
        self.no_copy = IN_MEMORY if path == MEMORY else ""
        self.memory = Memory()
        self._wait = wait
        self._writing = threading.Lock()
        self._gate = threading.Condition()
        self._active = 0
        self._paused = False
        self._opened = 0
        self._deaths = 0
        self._closed = False
        self._connection: duckdb.DuckDBPyConnection | None = self._open()

    def read(self, work: Callable[[Session], T]) -> T:
        """Without a transaction as long as nothing is committed meanwhile: each text to the engine costs a busy
        process several turns at Python's lock, "begin" and "rollback" as much as a question.
        """
        with self._faults_in_words(), self._cursor() as cursor:
            session = Noting(_DuckDBSession(cursor), self.memory, only_reads=True)
            with suppress(ChangesNothing):
                try:
                    answer = work(session)
                except StoreError:
                    if session.saw_one_state():
                        raise
                else:
                    if session.saw_one_state():
                        self._deaths = 0
                        return answer
        return self._attempt(work, keep=False)

    def write(self, work: Callable[[Session], T], alone: bool = True) -> T:
        def attempt() -> T:
            # One process has the file, so one lock of that process is enough; with or without `alone`.
            with self._writing:
                return self._attempt(work, keep=True)

        return until_won(attempt, self._wait)

    def reshape(self, work: Callable[[Session], None]) -> None:
        self.write(work)
        self.memory.forget()
        self.checkpoint()

    def hand_over(self) -> None:
        """Who has the file may do everything; nothing is to be granted."""

    def taken(self) -> int:
        files = (self.path, f"{self.path}.wal")
        return sum(os.stat(file).st_size for file in files if self.path != MEMORY and os.path.exists(file))

    def checkpoint(self) -> None:
        with self._writing, self._faults_in_words(), self._cursor() as cursor:
            cursor.execute("checkpoint")

    def copy_to(self, target: str) -> None:
        with self._writing:
            expected = self._attempt(_row_counts, keep=False)
            # Closing any handle on a file drops this process's lock on it: copy it while nobody has it open.
            with self._faults_in_words(), self._closed_for_a_moment():
                _copy(self.path, target)
        _compare(target, expected)

    def scrub(self) -> None:
        """Deleted rows stay in the blocks that a file keeps for later, so it is written anew without them."""
        if self.path == MEMORY:
            return
        part = f"{self.path}.part"
        with self._writing:
            expected = self._attempt(_row_counts, keep=False)
            try:
                with self._faults_in_words(), self._closed_for_a_moment():
                    write_anew(self.path, part, SETTINGS["storage_compatibility_version"])
                    _compare(part, expected)
                    os.chmod(part, 0o600)
                    os.replace(part, self.path)
            except OSError as fault:
                raise faults.not_anew(self.path, fault) from fault

    def close(self) -> None:
        with self._gate:
            self._closed = True
            self._gate.wait_for(lambda: not self._paused and not self._active)
            self._release()

    def _attempt(self, work: Callable[[Session], T], keep: bool) -> T:
        with self._faults_in_words(), self._cursor() as cursor:
            answer = _in_transaction(cursor, work, self.memory, keep)
        self._deaths = 0
        return answer

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        with self._gate:
            self._gate.wait_for(lambda: not self._paused)
            self._living()
            opened = self._opened
        try:
            yield
        except duckdb.Error as fault:
            # After a full disk the log may end in half a record; opening it again cuts that off before more is added.
            if isinstance(fault, duckdb.FatalException) or faults.is_full(fault):
                raise self._revive(opened, fault) from fault
            raise faults.while_working(fault) from fault

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._gate:
            self._gate.wait_for(lambda: not self._paused)
            cursor = self._living().cursor()
            self._active += 1
        try:
            yield cursor
        finally:
            cursor.close()
            with self._gate:
                self._active -= 1
                self._gate.notify_all()

    @contextmanager
    def _closed_for_a_moment(self) -> Iterator[None]:
        with self._gate:
            self._gate.wait_for(lambda: not self._paused)
            self._paused = True
            self._gate.wait_for(lambda: not self._active)
        try:
            # With nobody else at work this empties the log, so that the file alone is the whole database.
            self._living().execute("checkpoint")
            self._release()
            yield
        finally:
            with self._gate:
                self._paused = False
                self._reopen()
                self._gate.notify_all()

    def _living(self) -> duckdb.DuckDBPyConnection:
        """The connection, opened again when it was let go; `StoreStopped` after `close`."""
        if self._closed:
            raise StoreStopped("The store is closed; restart the app to open it again.")
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _revive(self, opened: int, fault: duckdb.Error) -> StoreError:
        """After a fatal fault the instance is dead: let it go; stop serving when it dies twice in a row."""
        with self._gate:
            if opened == self._opened and self._connection is not None:
                self._deaths += not faults.is_full(fault)
                self._closed = self._deaths > 1 or self.path == MEMORY
                # Those at work on the dead instance fail by themselves; a file is opened again only without them.
                self._paused = True
                self._gate.wait_for(lambda: not self._active)
                self._release()
                self._paused = False
                self._reopen()
                self._gate.notify_all()
        return faults.after_death(fault, not self._closed)

    def _reopen(self) -> None:
        """At once, so that no other process takes the file; when that fails, the next call tries and says why."""
        with suppress(StoreError):
            self._living()

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = _connect(self.path)
        self._opened += 1
        return connection

    def _release(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _DuckDBSession:
    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def rows(self, sql: str, **values: Any) -> list[Row]:
        self.run(sql, **values)
        names = [column[0] for column in self._cursor.description or ()]
        return [dict(zip(names, map(_in_utc, row), strict=True)) for row in self._cursor.fetchall()]

    def run(self, sql: str, **values: Any) -> None:
        self._cursor.execute(in_dialect(sql, r"$\1"), values or None)

    def foresee(self, rows: list[Row], sql: str, **values: Any) -> None:
        """The session around this one remembers."""


def _in_transaction(cursor: duckdb.DuckDBPyConnection, work: Callable[[Session], T], memory: Memory, keep: bool) -> T:
    session = Noting(_DuckDBSession(cursor), memory)
    cursor.execute("begin transaction")
    try:
        answer = work(session)
    except BaseException:
        _roll_back(cursor)
        raise
    if not keep:
        cursor.execute("rollback")
        return answer
    with memory.changing(session.changed):
        cursor.execute("commit")
    # Whoever writes next waits until this is over, so that nothing of it can be old yet.
    session.keep_foreseen()
    return answer


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        # A dead instance cannot roll back, and need not: its log replays only what was committed.
        return


def _connect(path: str) -> duckdb.DuckDBPyConnection:
    if path != MEMORY:
        _prepare_folder(Path(path).parent, path)
    try:
        connection = duckdb.connect(path, config=dict(SETTINGS))
        for setting in HARDENING:
            connection.execute(setting)
    except duckdb.Error as fault:
        raise faults.while_opening(fault, path) from fault
    if path != MEMORY:
        os.chmod(path, 0o600)
    return connection


def _prepare_folder(folder: Path, path: str) -> None:
    """A folder made here is closed to others, because the log that DuckDB writes beside the file is not."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise faults.no_folder(path, fault) from fault


def _copy(path: str, target: str) -> None:
    """First beside the target under another name, so that a copy with the right name is always whole."""
    part = f"{target}.part"
    try:
        shutil.copyfile(path, part)
        os.chmod(part, 0o600)
        os.replace(part, target)
    except OSError as fault:
        Path(part).unlink(missing_ok=True)
        raise faults.not_copied(target, fault) from fault


def _compare(copy: str, expected: dict[str, int]) -> None:
    """A copy counts only when it opens and holds every row."""
    try:
        with duckdb.connect(copy, read_only=True) as connection:
            found = _row_counts(_DuckDBSession(connection))
    except duckdb.Error as fault:
        raise BackupFailed(f'The copy "{copy}" does not open; check the disk and try again.') from fault
    if found != expected:
        raise BackupFailed(f'The copy "{copy}" does not hold every row; check the disk and try again.')


def _row_counts(session: Session) -> dict[str, int]:
    tables = [row["name"] for row in session.rows("select table_name as name from duckdb_tables() order by name")]
    return {table: session.rows(f"select count(*) as n from {table}")[0]["n"] for table in tables}


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
