"""The engine for several processes: PostgreSQL through psycopg 3 and its pool, and its faults put into sentences."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from data import postgres_faults as faults
from data.engine import Row, Session, in_dialect
from data.errors import BackupFailed, DatabaseAway, DatabaseDamaged, StoreBusy, StoreStopped
from data.postgres_address import Address, address_of
from data.postgres_roles import grants
from data.races import until_won

T = TypeVar("T")
Connection = psycopg.Connection[DictRow]
POOL = 10
POOL_WAIT_S = 5.0
# The pool gives up soon and begins anew with the next call: its own pauses grow, and would outlast a restart.
RECONNECT_S = 2.0
# Nothing prepared on the server and nothing set beyond a transaction: so it works behind pgbouncer too.
SESSION: dict[str, Any] = {"autocommit": True, "prepare_threshold": None, "row_factory": dict_row}
_LIMITS = """set local TimeZone = 'UTC'; set local statement_timeout = '30s'; set local lock_timeout = '10s';
set local idle_in_transaction_session_timeout = '60s'"""
# `lock table` takes no snapshot, so a transaction sees everything that was committed while it waited for its turn.
READING = f"begin isolation level repeatable read read only; {_LIMITS}"
WRITING = f"begin isolation level repeatable read; {_LIMITS}; lock table write_turns in row exclusive mode"
WRITING_ALONE = f"begin isolation level repeatable read; {_LIMITS}; lock table write_turns in exclusive mode"
# One number for the app, so that of several processes one changes the tables and the others wait.
RESHAPING = "begin; set local TimeZone = 'UTC'; select pg_advisory_xact_lock(725346910)"
NO_COPY = (
    'A PostgreSQL database is backed up with its own tools: pg_dump --format=custom --file=checkup.dump "ADDRESS"; '
    "pg_restore brings it back."
)
# What text cannot hold here. Nothing stored has it, because it is cleaned at the door; a wanted id may.
_UNHOLDABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


class Postgres:
    """A pool of connections for this process; the transactions of all processes keep each other's promises."""

    dialect = "postgresql"
    no_copy = NO_COPY
    memory = None

    def __init__(self, url: str, migrate_url: str | None = None, wait: Callable[[float], None] = time.sleep) -> None:
        self._address = address_of(url, "CHECKUP_DATABASE_URL")
        self._owner = address_of(migrate_url, "CHECKUP_MIGRATE_URL") if migrate_url else None
        self.path = self._address.shown
        self._wait = wait
        self._away = False
        _check_encoding(self._address)
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            self._address.conninfo,
            connection_class=Connection,
            kwargs=SESSION,
            min_size=1,
            max_size=POOL,
            timeout=POOL_WAIT_S,
            reconnect_timeout=RECONNECT_S,
            open=True,
            name="checkup",
        )

    def read(self, work: Callable[[Session], T]) -> T:
        return self._attempt(READING, work)

    def write(self, work: Callable[[Session], T], alone: bool = True) -> T:
        return until_won(lambda: self._attempt(WRITING_ALONE if alone else WRITING, work), self._wait)

    def reshape(self, work: Callable[[Session], None]) -> None:
        owner = self._owner or self._address
        with _connected(owner) as connection, _faults_in_words(), _rolled_back_on_fault(connection):
            connection.execute(RESHAPING)
            work(_PostgresSession(connection))
            if self._owner is not None:
                for grant in grants(connection, self._address.user):
                    connection.execute(grant)
            _commit(connection)

    def hand_over(self) -> None:
        if self._owner is not None:
            self.reshape(lambda session: None)

    def taken(self) -> int:
        size = "select pg_database_size(current_database()) as bytes"
        return int(self.read(lambda session: session.rows(size)[0]["bytes"]))

    def copy_to(self, target: str) -> None:
        raise BackupFailed(NO_COPY)

    def scrub(self) -> None:
        """PostgreSQL takes deleted rows out of its files by itself (autovacuum), and only the operator can hurry it."""

    def close(self) -> None:
        self._pool.close()

    def _attempt(self, opening: LiteralString, work: Callable[[Session], T]) -> T:
        try:
            with _faults_in_words(), self._borrowed(opening) as connection, _rolled_back_on_fault(connection):
                answer = work(_PostgresSession(connection))
                _commit(connection)
                return answer
        except DatabaseAway:
            # From now on each call looks first whether the server is back, instead of waiting for the pool.
            self._away = True
            raise

    @contextmanager
    def _borrowed(self, opening: LiteralString) -> Iterator[Connection]:
        """A connection of the pool inside its transaction; it goes back in the end."""
        connection = self._begun(opening)
        try:
            yield connection
        finally:
            self._pool.putconn(connection)

    def _begun(self, opening: LiteralString) -> Connection:
        """One that was lost while it lay idle is replaced unnoticed."""
        if self._away:
            self._look_for_the_server()
        connection = self._from_pool()
        try:
            connection.execute(opening)
        except psycopg.OperationalError:
            was_lost = connection.closed
            self._give_back(connection)
            if not was_lost:
                raise
        except BaseException:
            self._give_back(connection)
            raise
        else:
            return connection
        self._look_for_the_server()
        self._pool.check()
        return self._begun_afresh(opening)

    def _begun_afresh(self, opening: LiteralString) -> Connection:
        connection = self._from_pool()
        try:
            connection.execute(opening)
        except BaseException:
            self._give_back(connection)
            raise
        return connection

    def _give_back(self, connection: Connection) -> None:
        _roll_back(connection)
        self._pool.putconn(connection)

    def _from_pool(self) -> Connection:
        try:
            return self._pool.getconn()
        except PoolClosed:
            raise StoreStopped("The store is closed; restart the app to open it again.") from None
        except PoolTimeout:
            self._look_for_the_server()
            raise StoreBusy(faults.CROWDED) from None

    def _look_for_the_server(self) -> None:
        """Nothing when it answers; else the sentence that says why not, without waiting for the pool."""
        with _connected(self._address):
            self._away = False


class _PostgresSession:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, **values: Any) -> list[Row]:
        found = self._execute(sql, values).fetchall()
        return [{name: _in_utc(value) for name, value in row.items()} for row in found]

    def run(self, sql: str, **values: Any) -> None:
        self._execute(sql, values)

    def foresee(self, rows: list[Row], sql: str, **values: Any) -> None:
        """Other processes change this database too: nothing is remembered."""

    def _execute(self, sql: str, values: dict[str, Any]) -> psycopg.Cursor[DictRow]:
        if not values:
            return self._connection.execute(sql)
        # A percent sign of the text itself is none of the driver's.
        text = in_dialect(sql.replace("%", "%%"), r"%(\1)s")
        bound = {name: _holdable(value) for name, value in values.items()}
        return self._connection.execute(text, bound)


@contextmanager
def _connected(address: Address) -> Iterator[Connection]:
    """A connection of its own, closed at the end."""
    try:
        connection = psycopg.Connection[DictRow].connect(address.conninfo, **SESSION)
    except psycopg.Error as fault:
        raise faults.while_connecting(fault, address.shown, address.setting) from None
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _faults_in_words() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as fault:
        raise faults.while_working(fault) from fault


@contextmanager
def _rolled_back_on_fault(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: Connection) -> None:
    # A connection that is lost cannot roll back, and need not: the server does.
    with suppress(psycopg.Error):
        connection.execute("rollback")


def _commit(connection: Connection) -> None:
    try:
        done = connection.execute("commit")
    except psycopg.Error as fault:
        if faults.is_gone(fault):
            raise DatabaseAway(faults.IN_DOUBT) from fault
        raise
    if done.statusmessage != "COMMIT":
        raise DatabaseAway("The database took the change back at its end; nothing was saved. Try again.")


def _check_encoding(address: Address) -> None:
    with _connected(address) as connection:
        encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseDamaged(
            f"The database {address.shown} keeps text as {encoding}, which cannot hold every name; make one with UTF8."
        )


def _holdable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else value.translate(_UNHOLDABLE)
    return [_holdable(one) for one in value] if isinstance(value, list) else value


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
