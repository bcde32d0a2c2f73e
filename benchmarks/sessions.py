"""How long does an answer take when two hundred people fill in checklists at once, and is every answer kept?"""

import asyncio
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from access.actors import Actor
from benchmarks.line import BenchmarkFailed, Line, line_of, percentile
from benchmarks.server import Server, running
from benchmarks.tab import PageFailed, Tab, opened
from checklist.loader import the_checklist
from data.store import open_store

SESSIONS = 200
SECONDS = 60.0
EVERY_S = 5.0
GOAL_MS = 150.0
AT_ONCE = 4
OWNER = Actor("Benchmark", "owner")
# Streamlit as it comes: a full collection after each rerun, and nothing kept out of the collector's sight.
UNTUNED = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
UNFROZEN = (
    "import gc, runpy; gc.freeze = gc.set_threshold = lambda *_: None; runpy.run_path('app.py', run_name='__main__')"
)


class AnswersLost(BenchmarkFailed):
    """The store does not hold what the pages said was saved."""


@dataclass(frozen=True, slots=True)
class Form:
    """A system of its own for each person, with its draft, and the place in it where they go on."""

    system: str
    assessment: str
    section: str
    skipped: int
    """How many questions of that section they leave for later."""


@dataclass(slots=True)
class Tally:
    """What was sent and how long it took, in seconds: pages opened, answers, steps to the next section."""

    opened: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    given: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(slots=True)
class Cost:
    """What the answering took: CPU seconds of server and client, seconds of wall time, bytes per session."""

    server: float = 0.0
    client: float = 0.0
    wall: float = 0.0
    session_bytes: float = 0.0


def run(sessions: int = SESSIONS, seconds: float = SECONDS, defaults: bool = False) -> list[Line]:
    """Two lines: `sessions` people answer an item every five seconds for `seconds`; `AnswersLost` if one is missing.

    In the first each is somewhere else in the checklist. In the second all begin with its first question in the same
    five seconds, and so come to the end of each section together. With `defaults` the app runs without its settings
    for the garbage collector.
    """
    return [_measured(sessions, seconds, defaults, together) for together in (False, True)]


def _measured(sessions: int, seconds: float, defaults: bool, together: bool) -> Line:
    tally, cost = Tally(), Cost()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checkup.duckdb"
        forms = _prepare(database, sessions, together)
        with running(database, UNFROZEN if defaults else None, UNTUNED if defaults else None) as server:
            server.wait_until_it_answers()
            server.wait_until_idle()
            asyncio.run(_everybody(server, forms, seconds, tally, cost))
        _check(database, forms, tally)
    what = (
        f"{sessions} sessions{' that begin together' if together else ''}{' (collector untuned)' if defaults else ''}"
    )
    return line_of(f"{what}: answer over the websocket", tally.answers, GOAL_MS, "p95", *_notes(tally, cost))


def _prepare(database: Path, count: int, together: bool) -> list[Form]:
    checklist, chance = the_checklist(), random.Random(count)
    with open_store(f"duckdb:///{database}") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        forms = []
        for number in range(count):
            system = store.systems.create(OWNER, workspace, f"System {number:03}").id
            draft = store.assessments.start(OWNER, system, checklist.version).id
            section = checklist.sections[0] if together else chance.choice(checklist.sections)
            skipped = 0 if together else chance.randrange(len(section.items))
            forms.append(Form(system, draft, section.id, skipped))
        return forms


async def _everybody(server: Server, forms: Sequence[Form], seconds: float, tally: Tally, cost: Cost) -> None:
    """All open their page first, so that the answers are measured among 200 open sessions from the start."""
    async with AsyncExitStack() as stack:
        warm = await stack.enter_async_context(opened(server.host, "checklist", _address(forms[0])))
        await warm.load()
        empty = server.memory_bytes()
        gate = asyncio.Semaphore(AT_ONCE)
        tabs = await asyncio.gather(*(_open(stack, gate, server, form, tally) for form in forms))
        before, own, began = server.cpu_seconds(), time.process_time(), time.perf_counter()
        people = enumerate(zip(tabs, forms, strict=True))
        await asyncio.gather(
            *(_answer(tab, form, seconds, random.Random(number), tally) for number, (tab, form) in people)
        )
        cost.wall = time.perf_counter() - began
        cost.server, cost.client = server.cpu_seconds() - before, time.process_time() - own
        cost.session_bytes = (server.memory_bytes() - empty) / len(forms)


async def _open(stack: AsyncExitStack, gate: asyncio.Semaphore, server: Server, form: Form, tally: Tally) -> Tab:
    async with gate:
        tab = await stack.enter_async_context(opened(server.host, "checklist", _address(form)))
        tally.opened.append(await tab.load())
        if not tab.keys("answer-"):
            raise PageFailed(f"The checklist opened without its questions. The app said: {server.last_words()}")
        return tab


def _address(form: Form) -> str:
    return f"system={form.system}&section={form.section}"


async def _answer(tab: Tab, form: Form, seconds: float, chance: random.Random, tally: Tally) -> None:
    """Answer from top to bottom, section after section, until the time is over or nothing is left."""
    limit, left = time.perf_counter() + seconds, len(the_checklist().items)
    await asyncio.sleep(chance.uniform(0, EVERY_S))
    keys = tab.keys("answer-")[form.skipped :]
    while True:
        for key in keys:
            if time.perf_counter() > limit or not left:
                return
            rating = chance.randint(1, 5)
            began = time.perf_counter()
            tally.answers.append(await tab.choose(key, rating - 1))
            tally.given[form.assessment, key.removeprefix("answer-")] = rating
            left -= 1
            # The pace is a person's: they do not answer less often because the server is slow.
            await asyncio.sleep(max(0, chance.uniform(0.5, 1.5) * EVERY_S - (time.perf_counter() - began)))
        # From the look back at the end, which has no next step, to the first section.
        step = "next" if tab.keys("next") else f"go-{the_checklist().sections[0].id}"
        tally.steps.append(await tab.press(step))
        given = {item for assessment, item in tally.given if assessment == form.assessment}
        # The look back has no questions, only ways to those that are open.
        asked = tab.keys("answer-") if tab.keys("next") else []
        keys = [key for key in asked if key.removeprefix("answer-") not in given]


def _check(database: Path, forms: Sequence[Form], tally: Tally) -> None:
    with open_store(f"duckdb:///{database}") as store:
        kept = {
            (form.assessment, item): saved.response.rating
            for form in forms
            for item, saved in store.responses.of(OWNER, form.assessment).items()
        }
    wrong = [place for place, rating in tally.given.items() if kept.get(place) != rating]
    if wrong or len(kept) != len(tally.given) or len(tally.given) != len(tally.answers):
        raise AnswersLost(
            f"{len(tally.answers)} answers were given to {len(tally.given)} items, the store holds {len(kept)}, and "
            f"{len(wrong)} are missing or different (the first: {_story(wrong, tally, kept)}). "
            "The figures of a run that loses answers mean nothing."
        )


def _story(wrong: Sequence[tuple[str, str]], tally: Tally, kept: Mapping[tuple[str, str], int | None]) -> str:
    if not wrong:
        return "none, but the store holds answers that nobody gave"
    first = wrong[0]
    return f"{first[1]}, given {tally.given[first]}, stored {kept.get(first)}"


def _notes(tally: Tally, cost: Cost) -> tuple[str, ...]:
    answers = len(tally.answers)
    return (
        f"{answers} answers in {cost.wall:.0f} s, all of them in the store",
        f"server: {cost.server / answers * 1000:.1f} ms CPU an answer (steps to the next section included), "
        f"{cost.server / cost.wall:.0%} of one core; {cost.session_bytes / 1000:.0f} kB a session",
        f"client: {cost.client / cost.wall:.0%} of one core",
        f"page opened, {AT_ONCE} at once: {_spread(tally.opened)}",
        f"next section: {_spread(tally.steps)}",
    )


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "nobody came so far"
    return f"p50 {percentile(seconds, 50) * 1000:.0f} ms, p95 {percentile(seconds, 95) * 1000:.0f} ms"
