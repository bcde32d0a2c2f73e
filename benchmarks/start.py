"""How long does a second `make run` take until the first page is answered?"""

import tempfile
import time
from pathlib import Path

from benchmarks.line import Line, line_of
from benchmarks.server import running

STARTS = 7
GOAL_MS = 1000.0


def run() -> list[Line]:
    """One line: from starting the process to HTTP 200 on `/`, with a database that exists."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checkup.duckdb"
        _start(database)
        times = [_start(database) for _ in range(STARTS)]
    return [line_of("start: process to first HTTP 200", times, GOAL_MS)]


def _start(database: Path) -> float:
    """Seconds from start to answer. The app is left to finish its warm-up, as it would be."""
    began = time.perf_counter()
    with running(database) as server:
        server.wait_until_it_answers()
        took = time.perf_counter() - began
        server.wait_until_idle()
    return took
