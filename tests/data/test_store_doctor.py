from pathlib import Path

import duckdb
import pytest

from tests.data.builders import CHECKLIST, OWNER, World, a_store, a_world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "checkup.duckdb"
    with a_store(f"duckdb:///{path}") as store:
        a_world(store)
    return path


def findings(path: Path) -> tuple[str, ...]:
    with a_store(f"duckdb:///{path}") as store:
        return store.doctor(OWNER, CHECKLIST).findings


def damage(path: Path, sql: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def test_a_healthy_store_says_so(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        world: World = a_world(store)
        store.assessments.unvoid(OWNER, world.void)
        checkup = store.doctor(OWNER, CHECKLIST)
    assert checkup.is_healthy
    assert checkup.summary == "The store is healthy; milestones scored again: 2."


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("delete from systems where name = 'Ranking'", "Rows of assessments whose system is not in systems: 1."),
        ("delete from assessments where status = 'draft'", "Rows of responses whose assessment is not in"),
        (
            "insert into assessments select 'twin', * exclude (id) from assessments where status = 'draft'",
            'The system "Churn model" has 2 drafts',
        ),
        ("update systems set deleted_at = null, name_key = 'churn model'", "stands for 4 systems of one workspace"),
        ("delete from system_latest", 'The newest milestone of "Churn model" is not the one on record'),
        ("delete from results", "has no result"),
        ("update assessment_scores set score_exact = '5/1' where part = 'data'", "differ from what its answers give"),
        ("update assessment_scores set level = 1 where part = 'overall'", "differ from what its answers give"),
        ("delete from assessment_scores where part = 'governance'", "differ from what its answers give"),
        ("update responses set rating = 1 where item = 'data-8'", "differ from what its answers give"),
        ("update responses set item = 'no-such-item' where item = 'data-8'", "differ from what its answers give"),
        (
            """update assessments set target = '{"overall":9,"areas":{}}' where made_at is not null""",
            "cannot be scored",
        ),
    ],
)
def test_what_is_wrong_is_found_and_said_with_a_cure(path: Path, sql: str, finding: str) -> None:
    assert findings(path) == ()
    damage(path, sql)
    found = findings(path)
    assert any(finding in sentence for sentence in found), found
    assert all(sentence.endswith(".") for sentence in found)
