"""Databases that an earlier version of the app wrote: they open, keep everything, and work with what came since."""

import shutil
from collections.abc import Callable
from pathlib import Path

from data.duckdb_file import DuckDBFile
from data.engine import Row, Session
from data.migrate import FOLDER, migrate
from data.model import Point
from data.schema import TABLES
from data.store import Store
from data.values import from_plain, kind_of
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_clock, a_store, a_world

# A milestone, and a draft that carries on from it.
CARRIED = """
insert into workspaces (id, name, created_at) values ('w', 'Acme', '2026-01-01 09:00:00+00');
insert into systems (id, workspace, name, name_key, about, created_at)
    values ('s', 'w', 'Churn', 'churn', '', '2026-01-01 09:00:00+00');
insert into assessments (id, system, status, checklist, name, target, failures, accepted, started_at, started_by,
    made_at, made_by) values
    ('m', 's', 'milestone', '1', 'First', '{"overall": 3, "areas": {}}', '["data-drift"]', '[]',
        '2026-01-01 09:00:00+00', 'Olga', '2026-01-02 09:00:00+00', 'Olga'),
    ('d', 's', 'draft', '1', '', '{"overall": null, "areas": {}}', '[]', '[]', '2026-01-03 09:00:00+00', 'Olga',
        null, null);
insert into responses (assessment, respondent, item, state, rating, note, evidence, version, author, saved_at) values
    ('m', '', 'data-1', 'rated', 2, 'slow', '["https://a.example"]', 3, 'Olga', '2026-01-01 10:00:00+00'),
    ('d', '', 'data-1', 'rated', 2, 'slow', '["https://a.example"]', 1, 'Olga', '2026-01-01 10:00:00+00'),
    ('d', '', 'data-2', 'rated', 4, '', '[]', 1, 'Olga', '2026-01-03 10:00:00+00');
insert into results (assessment, checklist, record) values ('m', '1', '{"level": 2}');
insert into assessment_scores (assessment, checklist, part, system, score_exact, score, level, provisional)
    values ('m', '1', 'overall', 's', '2/1', 2.0, 2, true);
insert into system_latest (system, assessment) values ('s', 'm');
"""
DONE_FIXES = """
insert into workspaces (id, name, created_at) values ('team', 'Team', timestamptz '2026-01-01 00:00');
insert into systems (id, workspace, name, name_key, about, created_at)
    values ('churn', 'team', 'Churn', 'churn', '', timestamptz '2026-01-01 00:00');
insert into fixes (system, item, owner, state, reason, version, author, saved_at) values
    ('churn', 'data-1', '', 'done', '', 1, '', timestamptz '2026-02-01 00:00'),
    ('churn', 'data-2', '', 'open', '', 1, '', timestamptz '2026-02-01 00:00')
"""


def of_the_first_version(folder: Path, fill: Callable[[Session], object]) -> str:
    """The address of a database as version 1.0.0 left it, with what `fill` writes."""
    only_first = folder / "migrations"
    only_first.mkdir()
    shutil.copy(FOLDER / "0001_first.sql", only_first)
    engine = DuckDBFile(str(folder / "checkup.duckdb"))
    migrate(engine, a_clock(), only_first)
    engine.write(fill)
    engine.close()
    return f"duckdb:///{folder}/checkup.duckdb"


def test_a_database_of_the_first_version_opens_and_its_results_are_read(tmp_path: Path) -> None:
    with a_store(of_the_first_version(tmp_path, lambda session: session.run(CARRIED))) as store:
        given = Response.rated(2, "slow", ("https://a.example",))
        assert store.answers(OWNER, "m").responses == {"data-1": given}
        assert store.answers(OWNER, "d").responses == {"data-1": given, "data-2": Response.rated(4)}
        assert store.milestones.record(OWNER, "m") == {"level": 2}
        assert [_plain(point) for point in store.history.trend(OWNER, "s")] == [("First", "overall", 2, 2)]
        assert (store.respondents.all(OWNER, "m"), store.respondents.basis(OWNER, "m")) == ([], {})


def test_people_can_be_asked_about_a_draft_of_the_first_version(tmp_path: Path) -> None:
    with a_store(of_the_first_version(tmp_path, lambda session: session.run(CARRIED))) as store:
        _ask_ana(store)
        counted = store.answers(OWNER, "d").responses
        # What was carried over gives way; what was answered in this draft stays.
        assert {item: response.rating for item, response in counted.items()} == {"data-1": 5, "data-2": 4}


def _ask_ana(store: Store) -> None:
    ana = store.respondents.add(OWNER, "d", "Ana").id
    for item in ("data-1", "data-2"):
        store.responses.save(OWNER, "d", item, Response.rated(5), respondent=ana)
    store.respondents.submit(OWNER, ana)


def _plain(point: Point) -> tuple[object, ...]:
    return point.name, point.part, point.score, point.level


def test_systems_and_done_fixes_of_the_first_version_get_what_new_ones_have(tmp_path: Path) -> None:
    """Done fixes count as done when they were last saved."""
    address = of_the_first_version(tmp_path, lambda session: session.run(DONE_FIXES))
    with a_store(address) as store:
        system = store.systems.get(OWNER, "churn")
        assert (system.name, system.tags, system.owner, system.rhythm_days) == ("Churn", (), "", 90)
        fixes = store.fixes.of(OWNER, "churn")
        assert (fixes["data-1"].done_at, fixes["data-2"].done_at) == (fixes["data-1"].at, None)
        edited = store.systems.edit(OWNER, "churn", tags=["EU"])
    with a_store(address) as store:
        assert store.systems.get(OWNER, "churn") == edited


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
    columns: dict[str, list[str]] = {}

    def fill(session: Session) -> None:
        columns.update(_columns(session))
        _fill(session, dump, columns)

    address = of_the_first_version(tmp_path, fill)
    with a_store(address) as store:
        after = store.transfer.dump(OWNER, world.workspace)
        for table, names in columns.items():
            assert _narrowed(after[table], names) == _narrowed(dump[table], names), table
        assert {row["valid_until"] for row in after["responses"]} == {None}
        assert after["corrections"] == []
        assert store.doctor(OWNER, CHECKLIST).is_healthy
        store.corrections.mark(OWNER, world.milestone, "data-1")
        assert store.corrections.of(OWNER, world.system) == {world.milestone: {"data-1"}}
