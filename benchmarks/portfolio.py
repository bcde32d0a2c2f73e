"""How fast the home page's figures are: fifty systems with a year of milestones, drafts and fixes, read and scored."""

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from access.actors import Actor
from benchmarks.line import Line, line_of, repeated
from checklist.loader import the_checklist
from data.model import FixState
from data.store import Store, as_of, open_store
from scoring.model import Response
from ui.standings import arranged, standing

OWNER = Actor("Benchmark", "owner")
SYSTEMS = 50
MILESTONES = 6
REPEATS = 20
GOAL_MS = 300
TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def run() -> Iterable[Line]:
    """One line: from the store to what the page shows, scoring and sorting included."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"duckdb:///{folder}/bench.duckdb") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        fill(store, workspace)
        checklist = the_checklist()

        def work() -> None:
            found = store.portfolio.of(OWNER, workspace)
            arranged([standing(checklist, one, TODAY, UTC) for one in found], {"sort": "critical"})

        yield line_of(f"portfolio of {SYSTEMS} systems, read and scored", repeated(work, REPEATS), GOAL_MS)


def fill(store: Store, workspace: str) -> None:
    """Systems that differ: every second with a draft, some overdue, with critical, done and accepted fixes."""
    checklist = the_checklist()
    items = [item.id for item in checklist.items]
    for number in range(SYSTEMS):
        system = store.systems.create(OWNER, workspace, f"System {number + 1:02}").id
        tags = ([], ["retail"], ["retail", "EU"], ["real time"])[number % 4]
        store.systems.edit(OWNER, system, tags=tags, owner=("Ola", "Mei", "")[number % 3])
        for round_ in range(MILESTONES):
            then = as_of(store, NOON - timedelta(days=60 * (MILESTONES - 1 - round_) + number * 3 + 1))
            draft = then.assessments.start(OWNER, system, checklist.version, from_milestone=True).id
            ratings = {
                item: Response.rated(1 + (place * 7 + number + round_) % (3 + (number + round_) % 3))
                for place, item in enumerate(items[: 41 - number % 9])
            }
            then.responses.save_many(OWNER, draft, ratings)
            then.assessments.set_failures(OWNER, draft, [one.id for one in checklist.failures[: number % 3]])
            then.milestones.make(OWNER, draft, f"Review {round_ + 1}", checklist, made_at=then._desk.now())
        for place, state in enumerate(("done", "accepted", "doing")):
            review = TODAY + timedelta(days=number - 25)
            fix = FixState("Ola", None, state, "Small.", review)  # type: ignore[arg-type]  # three of the four states
            as_of(store, NOON).fixes.save(OWNER, system, items[(number + place) % 41], fix)
        if number % 2:
            store.assessments.start(OWNER, system, checklist.version, from_milestone=True)
