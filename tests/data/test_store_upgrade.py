"""Databases that an earlier version of the app wrote: they open, keep everything, and work with what came since."""

import shutil
from pathlib import Path

from data.duckdb_file import DuckDBFile
from data.engine import Session
from data.migrate import FOLDER, migrate
from data.model import Point
from data.store import Store
from scoring.model import Response
from tests.data.builders import OWNER, a_clock, a_store

FIRST_VERSION = """
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


def of_the_first_version(folder: Path) -> str:
    """The address of a database with a milestone and a draft that carries on from it, as version 1.0.0 left it."""
    only_first = folder / "migrations"
    only_first.mkdir()
    shutil.copy(FOLDER / "0001_first.sql", only_first)
    engine = DuckDBFile(str(folder / "checkup.duckdb"))
    migrate(engine, a_clock(), only_first)

    def work(session: Session) -> None:
        session.run(FIRST_VERSION)

    engine.write(work)
    engine.close()
    return f"duckdb:///{folder}/checkup.duckdb"


def test_a_database_of_the_first_version_opens_and_keeps_everything(tmp_path: Path) -> None:
    with a_store(of_the_first_version(tmp_path)) as store:
        given = Response.rated(2, "slow", ("https://a.example",))
        assert store.answers(OWNER, "m").responses == {"data-1": given}
        assert store.answers(OWNER, "d").responses == {"data-1": given, "data-2": Response.rated(4)}
        assert store.milestones.record(OWNER, "m") == {"level": 2}
        assert [_plain(point) for point in store.history.trend(OWNER, "s")] == [("First", "overall", 2, 2)]
        assert (store.respondents.all(OWNER, "m"), store.respondents.basis(OWNER, "m")) == ([], {})


def test_people_can_be_asked_about_a_draft_of_the_first_version(tmp_path: Path) -> None:
    with a_store(of_the_first_version(tmp_path)) as store:
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
