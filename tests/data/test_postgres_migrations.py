import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from data.engine import Session
from data.erasure import erase_trail
from data.errors import DatabaseForbidden, StoreError
from data.migrate import FOLDER, migrate, migrations
from data.postgres import Postgres
from data.schema import REFERENCES, TABLES
from data.store import open_store
from data.values import SQL_TYPES, kind_of
from tests.data.builders import CHECKLIST, OWNER, a_clock, a_store, a_world
from tests.postgres import PASSWORD, Server

ROOT = Path(__file__).parents[2]
OPEN = "import sys; from data.store import open_store; sys.stdin.read(1); open_store(sys.argv[1]).close()"
_COLUMNS = """
select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns
where table_schema = 'public' order by table_name, ordinal_position
"""
_TIES = """
select t.relname, a.attname, p.relname from pg_constraint c
join pg_class t on t.oid = c.conrelid join pg_class p on p.oid = c.confrelid
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
where c.contype = 'f'
"""
# A table of the app's user's own that says that a workspace is deleted.
_FEIGNED = """
create temp table workspaces (id varchar, deleted_at timestamptz);
insert into pg_temp.workspaces values ('mine', now())
"""


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    """The name of a database without any table."""
    name = postgres.empty_database()
    yield name
    postgres.drop(name)


@pytest.fixture
def two_users(postgres: Server, empty: str) -> Iterator[tuple[str, str]]:
    """The addresses of one database for the app's user and for the owner of its tables."""
    users = ("the_app", "the_owner")
    postgres.admin(*(f"create role {user} login password '{PASSWORD}'" for user in users))
    postgres.admin(f"alter database {empty} owner to the_owner")
    yield postgres.url(empty, "the_app"), postgres.url(empty, "the_owner")
    postgres.drop(empty)
    postgres.admin(*(f"drop role {user}" for user in users))


def test_the_tables_are_those_of_the_schema_and_sort_by_bytes(postgres: Server, own_database: str) -> None:
    rows = postgres.admin(_COLUMNS, database=own_database)
    for table, columns in TABLES.items():
        expected = {name: (SQL_TYPES[kind_of(kind)], kind.endswith("?")) for name, kind in columns.items()}
        short = {"timestamp with time zone": "timestamptz", "character varying": "varchar"}
        actual = {column: (short.get(kind, kind), null == "YES") for t, column, kind, null, _ in rows if t == table}
        assert actual == expected
    unsorted = [(t, column) for t, column, kind, _, order in rows if kind == "character varying" and order != "C"]
    assert unsorted == [], "end the step with: call sort_texts_by_bytes()"


def test_every_reference_is_a_foreign_key(postgres: Server, own_database: str) -> None:
    assert set(REFERENCES) <= set(postgres.admin(_TIES, database=own_database)), (
        "add foreign keys in data/migrations/postgresql/, after the number of the step that brings the table"
    )


def test_every_step_of_one_engine_alone_belongs_to_a_step_of_both() -> None:
    numbers = {step.number for step in migrations()}
    alone = {int(file.name.partition("_")[0]) for file in (FOLDER / "postgresql").glob("*.sql")}
    assert alone <= numbers


def test_of_three_processes_that_migrate_at_once_each_finds_all_of_it_done_once(postgres: Server, empty: str) -> None:
    command = [sys.executable, "-c", OPEN, postgres.url(empty)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    # They import what they need, then wait for this sign.
    for process in started:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.close()
        process.stdin = None
    faults = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], faults
    done = postgres.admin("select number from schema_migrations order by number", database=empty)
    assert [number for (number,) in done] == [step.number for step in migrations()]
    assert postgres.admin("select name from workspaces", database=empty) == [("My workspace",)]


def test_a_step_that_fails_leaves_nothing_behind(postgres: Server, own_database: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "migrations"))
    (folder / "8000_step.sql").write_text("create table extras (id varchar); select 1 / 0;")
    engine = Postgres(postgres.url(own_database))
    with pytest.raises(StoreError):
        migrate(engine, a_clock(), folder)
    (folder / "8000_step.sql").write_text("create table extras (id varchar);")
    (folder / "postgresql" / "8000_more.sql").write_text("create index extras_by_id on extras (id);")
    migrate(engine, a_clock(), folder)
    migrate(engine, a_clock(), folder)
    engine.close()
    found = postgres.admin("select indexname from pg_indexes where tablename = 'extras'", database=own_database)
    assert found == [("extras_by_id",)]


def test_the_apps_user_works_with_the_tables_and_cannot_touch_the_trail(two_users: tuple[str, str]) -> None:
    app, owner = two_users
    with open_store(app, now=a_clock(), migrate_url=owner) as store:
        world = a_world(store)
        store.systems.purge(OWNER, world.archived_system)
        assert store.doctor(OWNER, CHECKLIST).is_healthy
        dump = store.transfer.dump(OWNER, world.workspace)
    attempts = (
        "update audit_events set actor = 'Nobody'",
        "delete from audit_events",
        "truncate audit_events",
        "alter table audit_events disable trigger all",
        "drop table audit_events",
        "set checkup.erasing = 'x'; delete from audit_events",
        "delete from schema_migrations",
        "create table extras (id integer)",
        f"select erase_audit('{world.workspace}', 'e', 'x', 'owner', now())",
        f"{_FEIGNED}; select erase_audit('mine', 'e', 'x', 'owner', now())",
    )
    for attempt in attempts:
        with psycopg.connect(app, autocommit=True) as connection, pytest.raises(psycopg.Error) as refusal:
            connection.execute(attempt)  # type: ignore[call-overload]
        assert refusal.value.sqlstate in ("42501", "23514"), attempt
    # A start without the owner's address is the usual one, once nothing is pending.
    with open_store(app) as store:
        assert store.transfer.dump(OWNER, world.workspace) == dump
        store.ping()


def test_the_apps_user_can_erase_what_must_be_gone_by_the_owners_functions_alone(two_users: tuple[str, str]) -> None:
    app, owner = two_users
    with open_store(app, now=a_clock(), migrate_url=owner) as store:
        world, desk = a_world(store), store._desk
        store.personal.erase(OWNER, world.workspace, "Cleo")
        told, *others = store.audit.events(OWNER, workspace=world.workspace, limit=1000)
        assert told.event == "erase-person"
        assert "Cleo" not in str([told, *others])
        store.workspaces.delete(OWNER, world.workspace)
        desk.engine.write(lambda session: erase_trail(desk, session, OWNER, world.workspace))
        assert store.size().counts["audit_events"] < 10
        with pytest.raises(DatabaseForbidden):
            desk.engine.write(lambda session: session.run("delete from audit_events"))


def test_without_a_second_user_the_trail_still_refuses(postgres: Server, postgres_url: str) -> None:
    with a_store(postgres_url) as store:
        a_world(store)
        for attempt in ("update audit_events set actor = ''", "delete from audit_events", "truncate audit_events"):
            with pytest.raises(DatabaseForbidden, match="the audit trail only grows"):
                store._desk.engine.write(lambda session, sql=attempt: session.run(sql))  # type: ignore[misc]


def test_a_user_who_may_not_make_tables_is_told_how(two_users: tuple[str, str]) -> None:
    app, _ = two_users
    with pytest.raises(DatabaseForbidden, match="start the app once with CHECKUP_MIGRATE_URL"):
        open_store(app)


def test_two_addresses_of_two_databases_are_noticed(two_users: tuple[str, str], postgres: Server) -> None:
    app, _ = two_users
    other = postgres.empty_database()
    with pytest.raises(StoreError, match="name two databases"):
        open_store(postgres.url(other), migrate_url=app.replace("the_app", "the_owner"))
    postgres.drop(other)


def test_views_of_an_operators_extensions_are_left_aside(postgres: Server, empty: str) -> None:
    postgres.admin("create view pg_stat_something as select 1 as n", database=empty)
    open_store(postgres.url(empty)).close()


def test_names_stand_in_the_order_of_the_embedded_engine(postgres: Server, own_database: str) -> None:
    names = ["zebra", "Äpfel", "a-b", "ab", "A c", "élan", "_x", "9"]
    orders = []
    for url in (postgres.url(own_database), "duckdb:///:memory:"):
        with a_store(url) as store:
            workspace = store.workspaces.all(OWNER)[0].id
            for name in names:
                store.systems.create(OWNER, workspace, name)
            orders.append([system.name for system in store.systems.all(OWNER, workspace)])
    assert orders[0] == orders[1]


def test_a_reference_to_nothing_is_refused(postgres_url: str) -> None:
    def work(session: Session) -> None:
        session.run("insert into system_latest (system, assessment) values ('nobody', 'nothing')")

    with a_store(postgres_url) as store, pytest.raises(StoreError, match="does not fit"):
        store._desk.engine.write(work)
