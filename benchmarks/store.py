"""How fast the store answers: one save, one assessment, a trend among 100,000 milestones, a workspace's roll-up."""

import statistics
import tempfile
import time
from collections.abc import Callable

from access.actors import Actor
from data.desk import Desk
from data.store import Store, open_store
from scoring.model import Response

OWNER = Actor("Benchmark", "owner")
SYSTEMS = 500
MILESTONES = 200
ITEMS = 41
ROLL_UP = 50
REPEATS = 15
_AREAS = "('data'), ('development'), ('deployment'), ('monitoring'), ('governance'), ('overall')"
# The first 50 systems are the workspace of the roll-up, all others another team's.
_LOAD = (
    """insert into systems (id, workspace, name, name_key, about, created_at)
    select 'system-' || n, case when n < :mine then :workspace else 'elsewhere' end, 'System ' || n, 'system ' || n, '',
        timestamptz '2020-01-01' from range(:systems) t(n)""",
    """insert into assessments (id, system, status, checklist, name, target, failures, accepted, started_at,
        started_by, made_at, made_by)
    select 'system-' || s || '-milestone-' || lpad(cast(m as varchar), 4, '0'), 'system-' || s, 'milestone', '1',
        'Milestone ' || m, '{"areas": {}, "overall": null}', '[]', '[]', timestamptz '2020-01-01', '',
        timestamptz '2020-01-01' + to_days(cast(m as integer)), ''
    from range(:milestones) u(m), range(:systems) t(s)""",
    f"""insert into assessment_scores (assessment, checklist, part, system, score_exact, score, level, coverage_exact,
        coverage, provisional)
    select a.id, '1', v.part, a.system, '17/5', 3.4, 3, '1/1', 1.0, false
    from assessments a, (values {_AREAS}) v(part)""",
    """insert into system_latest (system, assessment) select system, max(id) from assessments group by system""",
    """insert into responses (assessment, respondent, item, state, rating, note, evidence, version, author, saved_at)
    select a.id, '', 'item-' || i, 'rated', 1 + i % 5, '', '[]', 1, '', timestamptz '2020-01-01'
    from assessments a, range(:items) t(i) where a.system = 'system-0'""",
)


def run() -> list[tuple[str, float, float]]:
    """What was measured, its median in milliseconds, and the limit it must keep."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"duckdb:///{folder}/bench.duckdb") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        _fill(store._desk, workspace)
        draft = store.assessments.start(OWNER, "system-1", "1").id
        milestone = "system-0-milestone-0100"
        many = {f"item-{number}": Response.rated(3) for number in range(ITEMS)}
        drafts = iter([store.assessments.start(OWNER, f"system-{n}", "1").id for n in range(2, 3 + REPEATS)])
        return [
            ("save one answer", _median(_one_save(store, draft)), 30.0),
            ("save 41 answers at once", _median(lambda: store.responses.save_many(OWNER, next(drafts), many)), 100.0),
            ("answers of one assessment", _median(lambda: store.answers(OWNER, milestone)), 30.0),
            ("trend of 200 milestones", _median(lambda: store.history.trend(OWNER, "system-7")), 50.0),
            ("roll-up of 50 systems", _median(lambda: store.history.latest(OWNER, workspace)), 300.0),
        ]


def _fill(desk: Desk, workspace: str) -> None:
    values = {
        "mine": ROLL_UP,
        "workspace": workspace,
        "systems": SYSTEMS,
        "milestones": MILESTONES,
        "items": ITEMS,
    }
    for sql in _LOAD:
        wanted = {name: value for name, value in values.items() if f":{name}" in sql}
        desk.engine.write(lambda session, sql=sql, wanted=wanted: session.run(sql, **wanted))  # type: ignore[misc]
    # Nothing is changed, but the log is emptied, so that what follows measures the store alone.
    desk.engine.reshape(lambda session: None)


def _one_save(store: Store, draft: str) -> Callable[[], object]:
    version: int | None = None
    rating = 0

    def save() -> None:
        nonlocal version, rating
        rating = rating % 5 + 1
        version = store.responses.save(OWNER, draft, "item-1", Response.rated(rating), version).version

    return save


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_milliseconds(work) for _ in range(REPEATS))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    for name, median, limit in run():
        print(f"{name:<28} {median:8.1f} ms   limit {limit:.0f} ms")


if __name__ == "__main__":
    main()
