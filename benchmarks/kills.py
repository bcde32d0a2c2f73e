"""How much is lost when the app is killed while it saves, on both stores, and how soon the store is open again."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.line import BenchmarkFailed, Line, line_of
from data.store import Store, open_store
from tests.data.builders import OWNER, a_draft
from tests.data.killing import expected, killed_while_writing
from tests.postgres import Server

KILLS = 40
# With each kill some more, so that they come at different moments.
LEAST = 20
GOAL_MS = 1000.0


def run() -> Iterator[Line]:
    """A line for each store: opening it after each of 40 kill -9 in a write loop; no figure when an answer is lost."""
    with tempfile.TemporaryDirectory() as folder:
        yield _line("DuckDB", f"duckdb:///{folder}/checkup.duckdb")
    with _postgresql() as url:
        yield _line("PostgreSQL", url)


@contextmanager
def _postgresql() -> Iterator[str]:
    with Server(safe=True) as server:
        yield server.url(server.database())


def _line(engine: str, url: str) -> Line:
    with open_store(url) as store:
        draft = a_draft(store).id
    times, acknowledged = [], []
    for number in range(KILLS):
        acknowledged += killed_while_writing(url, draft, number, LEAST + number)
        began = time.perf_counter()
        with open_store(url) as store:
            times.append(time.perf_counter() - began)
            _check(store, draft, acknowledged)
    note = f"{len(acknowledged):,} acknowledged answers, 0 lost"
    return line_of(f"{engine}: open again after kill -9, {KILLS} times", times, GOAL_MS, "median", note)


def _check(store: Store, draft: str, acknowledged: list[str]) -> None:
    stored = store.responses.of(OWNER, draft)
    lost = [item for item in acknowledged if item not in stored or stored[item].response != expected(item)]
    if lost:
        raise BenchmarkFailed(f"{len(lost)} of {len(acknowledged)} acknowledged answers are lost, such as {lost[0]}.")
