"""A database of the first version opens in this one, and everything in it is still there."""

import shutil
from pathlib import Path

from data.duckdb_file import DuckDBFile
from data.engine import Row, Session
from data.migrate import FOLDER, migrate
from data.schema import TABLES
from data.values import from_plain, kind_of
from tests.data.builders import CHECKLIST, OWNER, a_clock, a_store, a_world


def _columns(session: Session) -> dict[str, list[str]]:
    sql = "select table_name, column_name from information_schema.columns order by table_name, ordinal_position"
    found: dict[str, list[str]] = {}
    for row in session.rows(sql):
        found.setdefault(row["table_name"], []).append(row["column_name"])
    return {table: columns for table, columns in found.items() if table in TABLES}


def _narrowed(rows: list[Row], columns: list[str]) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows]


def _fill(session: Session, dump: dict[str, list[Row]], columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
        values = ", ".join(f":{name}" for name in names)
        for row in dump[table]:
            given = {name: from_plain(kind_of(TABLES[table][name]), row[name]) for name in names}
            # Names from the schema; the values are bound.
            session.run(f"insert into {table} ({', '.join(names)}) values ({values})", **given)  # noqa: S608


def test_a_database_of_the_first_version_opens_and_keeps_every_row(tmp_path: Path) -> None:
    with a_store() as store:
        world = a_world(store)
        dump = store.transfer.dump(OWNER, world.workspace)
    # The first version knew of the team's answers only.
    for table in ("responses", "health_answers"):
        dump[table] = [row for row in dump[table] if not row["respondent"]]
    first = tmp_path / "migrations"
    first.mkdir()
    shutil.copy(FOLDER / "0001_first.sql", first)
    old = DuckDBFile(str(tmp_path / "checkup.duckdb"))
    migrate(old, a_clock(), first)
    columns = old.read(_columns)
    old.write(lambda session: _fill(session, dump, columns))
    old.close()
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        after = store.transfer.dump(OWNER, world.workspace)
        for table, names in columns.items():
            assert _narrowed(after[table], names) == _narrowed(dump[table], names), table
        assert {row["valid_until"] for row in after["responses"]} == {None}
        assert after["corrections"] == []
        assert store.doctor(OWNER, CHECKLIST).is_healthy
        store.corrections.mark(OWNER, world.milestone, "data-1")
        assert store.corrections.of(OWNER, world.system) == {world.milestone: {"data-1"}}
