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
UNFROZEN = "import gc, runpy; gc.freeze = lambda: None; runpy.run_path('app.py', run_name='__main__')"


class AnswersLost(BenchmarkFailed):
    """The store does not hold what the pages said was saved."""


@dataclass(frozen=True, slots=True)
class Form:
    """A system of its own for each person, with its draft."""

    system: str
    assessment: str


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
    """One line: `sessions` people answer an item every five seconds for `seconds`; `AnswersLost` if one is missing.

    With `defaults` the app runs without its settings for the garbage collector.
    """
    tally, cost = Tally(), Cost()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checkup.duckdb"
        forms = _prepare(database, sessions)
        with running(database, UNFROZEN if defaults else None, UNTUNED if defaults else None) as server:
            server.wait_until_it_answers()
            server.wait_until_idle()
            asyncio.run(_everybody(server, forms, seconds, tally, cost))
        _check(database, forms, tally)
    what = f"{sessions} sessions{' (collector untuned)' if defaults else ''}: answer over the websocket"
    return [line_of(what, tally.answers, GOAL_MS, "p95", *_notes(tally, cost))]


def _prepare(database: Path, count: int) -> list[Form]:
    version = the_checklist().version
    with open_store(f"duckdb:///{database}") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        systems = [store.systems.create(OWNER, workspace, f"System {number:03}").id for number in range(count)]
        return [Form(system, store.assessments.start(OWNER, system, version).id) for system in systems]


async def _everybody(server: Server, forms: Sequence[Form], seconds: float, tally: Tally, cost: Cost) -> None:
    """All open their page first, so that the answers are measured among 200 open sessions from the start."""
    async with AsyncExitStack() as stack:
        warm = await stack.enter_async_context(opened(server.host, "checklist", f"system={forms[0].system}"))
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
        tab = await stack.enter_async_context(opened(server.host, "checklist", f"system={form.system}"))
        tally.opened.append(await tab.load())
        if not tab.keys("answer-"):
            raise PageFailed(f"The checklist opened without its questions. The app said: {server.last_words()}")
        return tab


async def _answer(tab: Tab, form: Form, seconds: float, chance: random.Random, tally: Tally) -> None:
    """Answer from top to bottom, section after section, until the time is over or nothing is left."""
    limit = time.perf_counter() + seconds
    await asyncio.sleep(chance.uniform(0, EVERY_S))
    while keys := tab.keys("answer-"):
        for key in keys:
            if time.perf_counter() > limit:
                return
            rating = chance.randint(1, 5)
            began = time.perf_counter()
            tally.answers.append(await tab.choose(key, rating - 1))
            tally.given[form.assessment, key.removeprefix("answer-")] = rating
            # The pace is a person's: they do not answer less often because the server is slow.
            await asyncio.sleep(max(0, chance.uniform(0.5, 1.5) * EVERY_S - (time.perf_counter() - began)))
        tally.steps.append(await tab.press("next"))


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
