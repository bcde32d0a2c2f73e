"""Where the store is opened: its parts, its address, and what it says when it cannot be opened."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from access.actors import Actor
from checklist.model import Checklist
from data.assessments import Assessments, find_assessment
from data.audit import Audit
from data.backup import back_up, back_up_when_due, beside, last_made
from data.corrections import Corrections
from data.deletion import Deletion
from data.desk import Desk, Part, allowed
from data.doctor import Checkup, examine
from data.door import Door
from data.duckdb_file import DuckDBFile
from data.engine import Engine, Session
from data.errors import EngineUnknown, StoreError
from data.fixes import Fixes
from data.history import History
from data.ids import Clock, IdMaker, id_maker, utc_now
from data.links import Links
from data.members import Members
from data.migrate import migrate
from data.milestones import Milestones, answers_of
from data.model import Size
from data.personal import Personal
from data.portfolio import Portfolio
from data.rescoring import Rescoring
from data.respondents import Respondents
from data.responses import Responses
from data.schema import TABLES
from data.standing import counted_answers
from data.steps import Steps
from data.systems import Systems
from data.tokens import Tokens
from data.transfer import Transfer
from data.watch import Watch, unwatched
from data.workspaces import Workspaces, create_first
from scoring.model import Answers

DUCKDB = "duckdb:///"
POSTGRESQL = ("postgresql://", "postgres://")
SETUP = Actor("MLOps Checkup", "owner")


class Store(Part):
    """Everything remembered, by subject. Calls take the actor first and raise `Forbidden` or a `StoreError`.

    Use it from any number of threads; close it, or use it in a `with` statement.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.workspaces = Workspaces(desk)
        self.systems = Systems(desk)
        self.assessments = Assessments(desk)
        self.responses = Responses(desk)
        self.steps = Steps(desk)
        self.respondents = Respondents(desk)
        self.milestones = Milestones(desk)
        self.rescoring = Rescoring(desk)
        self.corrections = Corrections(desk)
        self.history = History(desk)
        self.portfolio = Portfolio(desk)
        self.fixes = Fixes(desk)
        self.members = Members(desk)
        self.links = Links(desk)
        self.tokens = Tokens(desk)
        self.door = Door(desk)
        self.audit = Audit(desk)
        self.transfer = Transfer(desk)
        self.deletion = Deletion(desk)
        self.personal = Personal(desk)

    @allowed("read")
    def answers(self, actor: Actor, assessment: str) -> Answers:
        """What scoring needs of an assessment: responses, failures, target, health, accepted risks."""

        def work(session: Session) -> Answers:
            return answers_of(session, find_assessment(session, assessment)[0])

        return self._desk.engine.read(work)

    @allowed("read")
    def answered_at(self, actor: Actor, assessment: str) -> Mapping[str, datetime]:
        """When the answer that counts was last given or confirmed, by item; an item without one is absent."""

        def work(session: Session) -> Mapping[str, datetime]:
            counted = counted_answers(session, find_assessment(session, assessment)[0])
            return {item: one.at for item, one in counted.items()}

        return self._desk.engine.read(work)

    @allowed("operate")
    def backup(self, actor: Actor, folder: Path) -> Path:
        """A dated copy of the whole database in `folder`, read back and counted."""
        return back_up(self._desk, folder)

    @allowed("operate")
    def backup_when_due(self, actor: Actor, every: timedelta, keep: int) -> Path | None:
        """A copy beside the database when the last one is older than `every`; the newest `keep` made so stay."""
        return back_up_when_due(self._desk, every, keep)

    @allowed("operate")
    def doctor(self, actor: Actor, checklist: Checklist) -> Checkup:
        """Every broken tie, rule or score, each a sentence with what to do; empty when all is well."""
        return examine(self._desk, checklist)

    def ping(self) -> None:
        """Write and read one row; a `StoreError` says why the store is not well."""
        beat = self._desk.new_id()

        def work(session: Session) -> str:
            session.run(
                """insert into pulses (name, beat) values ('store', :beat)
                on conflict (name) do update set beat = excluded.beat""",
                beat=beat,
            )
            return str(session.rows("select beat from pulses where name = 'store'")[0]["beat"])

        if self._desk.engine.write(work, alone=False) != beat:
            raise StoreError("The database did not give back what was written; check the disk.")

    def size(self) -> Size:
        """Path, bytes on disk and rows per table."""
        engine = self._desk.engine

        def work(session: Session) -> dict[str, int]:
            return {table: session.rows(f"select count(*) as n from {table}")[0]["n"] for table in TABLES}

        backed_up_at = None if engine.no_copy else last_made(beside(engine.path))
        return Size(engine.path, engine.taken(), engine.read(work), engine.no_copy, backed_up_at)

    def close(self) -> None:
        """Let go of the database; a second call does nothing."""
        self._desk.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(
    url: str,
    now: Clock = utc_now,
    new_id: IdMaker | None = None,
    migrate_url: str | None = None,
    watch: Watch = unwatched,
) -> Store:
    """Open (or make) the database at `duckdb:///relative`, `duckdb:////absolute` or `duckdb:///:memory:`.

    Or open the one at `postgresql://user:password@host:port/name`, which is there already; `migrate_url` is the same
    place for the user who owns its tables, where that is another one. `watch` is told of every call.
    Brings its schema up to date and gives a fresh one its first workspace. Times must be aware and in UTC.
    `DatabaseLocked`, `DatabaseNewer`, `DatabaseDamaged`, `DatabaseAway`, `DatabaseForbidden`, `FolderUnusable`,
    `DiskFull` or `EngineUnknown` say why not; none of them repeats a password.
    """
    engine = _engine(url, migrate_url)
    try:
        migrate(engine, now)
        store = Store(Desk(engine, now, new_id or id_maker(now), watch))
        create_first(store._desk, SETUP)
    except BaseException:
        engine.close()
        raise
    return store


def as_of(store: Store, moment: datetime) -> Store:
    """The same store for who writes down what happened at `moment` (aware, UTC): how examples tell a whole year."""
    return Store(replace(store._desk, clock=lambda: moment))


def _engine(url: str, migrate_url: str | None) -> Engine:
    if url.startswith(DUCKDB) and len(url) > len(DUCKDB):
        return DuckDBFile(url.removeprefix(DUCKDB))
    if url.startswith(POSTGRESQL):
        return _postgres(url, migrate_url)
    scheme = url.partition(":")[0]
    raise EngineUnknown(
        f'The database address begins with "{scheme}:"; this app understands duckdb:///folder/name.duckdb, '
        "duckdb:///:memory: and postgresql://user:password@host:port/name. Correct CHECKUP_DATABASE_URL."
    )


def _postgres(url: str, migrate_url: str | None) -> Engine:
    """Its driver is loaded here, because most people use the embedded engine and need not install it."""
    try:
        from data.postgres import Postgres
    except ImportError as fault:
        raise EngineUnknown(
            "PostgreSQL needs its driver; install it: .venv/bin/python -m pip install -r requirements-hosting.txt."
        ) from fault
    return Postgres(url, migrate_url)
