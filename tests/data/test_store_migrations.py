import re
import shutil
from functools import partial
from pathlib import Path

import duckdb
import pytest

from data.duckdb_file import DuckDBFile
from data.engine import Row, Session
from data.errors import StoreError
from data.migrate import FOLDER, migrate, migrations
from data.schema import KEYS, REFERENCES, TABLES
from data.values import SQL_TYPES, kind_of
from tests.data.builders import OWNER, a_clock, a_store, a_world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The app's own migrations, to which a test may add."""
    return Path(shutil.copytree(FOLDER, tmp_path / "migrations"))


def add(folder: Path, number: int, sql: str) -> None:
    (folder / f"{number:04d}_step.sql").write_text(sql)


def tables(engine: DuckDBFile) -> set[str]:
    sql = "select table_name as name from information_schema.tables"
    return {row["name"] for row in engine.read(lambda session: session.rows(sql))}


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))


def test_every_table_has_the_columns_that_the_schema_names() -> None:
    with a_store() as store:
        engine = store._desk.engine
        sql = """select table_name, column_name, data_type, is_nullable from information_schema.columns
            order by table_name, ordinal_position"""
        found: dict[str, dict[str, tuple[str, bool]]] = {}
        for row in engine.read(lambda session: session.rows(sql)):
            kind = (row["data_type"].lower(), row["is_nullable"] == "YES")
            found.setdefault(row["table_name"], {})[row["column_name"]] = kind
    names = {"timestamp with time zone": "timestamptz", "double": "double precision"}
    for table, columns in TABLES.items():
        expected = {name: (SQL_TYPES[kind_of(kind)], kind.endswith("?")) for name, kind in columns.items()}
        actual = {name: (names.get(kind, kind), null) for name, (kind, null) in found[table].items()}
        assert actual == expected, f"data/schema.py and the migrations disagree about {table}"
    assert set(found) - set(TABLES) == {"schema_migrations", "pulses", "link_passes", "idempotency_keys"}


def test_keys_and_references_name_columns_that_exist() -> None:
    assert set(KEYS) == set(TABLES)
    for table, key in KEYS.items():
        assert set(key) <= set(TABLES[table])
    for table, column, parent in REFERENCES:
        assert column in TABLES[table]
        assert parent in TABLES


def test_no_table_has_what_makes_updates_fail_on_the_embedded_engine() -> None:
    for step in migrations():
        statements = re.sub(r"--.*", "", step.sql).lower()
        for trap in ("references", "create index", "create unique", "default now", " unique"):
            assert trap not in statements, f"{step.name}: {trap} breaks ordinary updates or replay in DuckDB"


def test_a_pending_step_runs_once_and_leaves_its_record(tmp_path: Path, folder: Path) -> None:
    engine = DuckDBFile(str(tmp_path / "checkup.duckdb"))
    migrate(engine, a_clock(), folder)
    add(folder, 8000, "create table extras (id varchar primary key)")
    migrate(engine, a_clock(), folder)
    migrate(engine, a_clock(), folder)
    assert "extras" in tables(engine)
    records = engine.read(lambda session: session.rows("select number from schema_migrations order by number"))
    assert [row["number"] for row in records] == [*(step.number for step in migrations()), 8000]
    engine.close()


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path, folder: Path) -> None:
    engine = DuckDBFile(str(tmp_path / "checkup.duckdb"))
    migrate(engine, a_clock(), folder)
    add(folder, 8000, "create table extras (id varchar primary key); create table extras (id varchar)")
    with pytest.raises(StoreError):
        migrate(engine, a_clock(), folder)
    assert "extras" not in tables(engine)
    engine.close()


def test_an_existing_database_is_copied_aside_first_and_three_copies_stay(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "checkup.duckdb"
    with a_store(f"duckdb:///{path}") as store:
        a_world(store)
        rows = store.size().counts["responses"]
    engine = DuckDBFile(str(path))
    for number in range(8001, 8006):
        add(folder, number, f"create table extra_{number} (id varchar primary key)")
        migrate(engine, a_clock(), folder)
    engine.close()
    copies = sorted(file.name for file in tmp_path.glob("*.before-*"))
    assert copies == [f"checkup.before-{number}.duckdb" for number in (8003, 8004, 8005)]
    with duckdb.connect(str(tmp_path / copies[-1]), read_only=True) as copy:
        names = {name for (name,) in copy.execute("select table_name from duckdb_tables()").fetchall()}
        assert "extra_8004" in names
        assert "extra_8005" not in names
        assert copy.execute("select count(*) from responses").fetchone() == (rows,)


def test_a_fresh_database_has_nothing_to_copy_aside(tmp_path: Path) -> None:
    a_store(f"duckdb:///{tmp_path}/checkup.duckdb").close()
    assert [file.name for file in tmp_path.iterdir()] == ["checkup.duckdb"]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path}/checkup.duckdb"
    with a_store(url) as store:
        world = a_world(store)
        before = store.transfer.dump(OWNER, world.workspace)
    with a_store(url) as store:
        assert store.transfer.dump(OWNER, world.workspace) == before


def test_what_is_read_is_never_kept(tmp_path: Path) -> None:
    engine = DuckDBFile(str(tmp_path / "checkup.duckdb"))
    migrate(engine, a_clock())

    def work(session: Session) -> None:
        session.run("insert into pulses (name, beat) values ('x', 'y')")

    engine.read(work)
    assert engine.read(lambda session: session.rows("select * from pulses")) == []
    engine.close()


def test_a_database_from_before_lenses_opens_with_everything_and_sees_the_whole(tmp_path: Path, folder: Path) -> None:
    for step in folder.glob("*.sql"):
        if not step.name.startswith("0001"):
            step.unlink()
    path = tmp_path / "checkup.duckdb"
    engine = DuckDBFile(str(path))
    migrate(engine, a_clock(), folder)
    with a_store() as store:
        world = a_world(store)
        rows = {table: store._desk.engine.read(partial(_all_rows, table=table)) for table in ("systems", "assessments")}
        workspaces = store._desk.engine.read(partial(_all_rows, table="workspaces"))

    def fill(session: Session) -> None:
        for table, found in {"workspaces": workspaces, **rows}.items():
            columns = [name for name in found[0] if name in _columns(session, table)]
            for row in found:
                values = ", ".join(f":{name}" for name in columns)
                sql = f"insert into {table} ({', '.join(columns)}) values ({values})"  # noqa: S608  (our own names)
                session.run(sql, **{name: row[name] for name in columns})

    engine.write(fill)
    engine.close()
    with a_store(f"duckdb:///{path}") as store:
        assert store.assessments.get(OWNER, world.draft).lens == "whole"
        assert store.assessments.get(OWNER, world.milestone).lens == "whole"
        assert store.assessments.set_lens(OWNER, world.draft, "llm").lens == "llm"
    with a_store(f"duckdb:///{path}") as store:
        assert store.assessments.get(OWNER, world.draft).lens == "llm"


def _all_rows(session: Session, table: str) -> list[Row]:
    return session.rows(f"select * from {table} order by id")  # noqa: S608  (our own names)


def _columns(session: Session, table: str) -> set[str]:
    sql = "select column_name from information_schema.columns where table_name = :table"
    return {row["column_name"] for row in session.rows(sql, table=table)}
