"""How fast the HTTP API answers: GET at the real server, over one connection that is kept."""

import http.client
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.line import BenchmarkFailed, Line, line_of
from benchmarks.portfolio import OWNER, SYSTEMS, fill
from benchmarks.server import HOST, running
from data.store import as_of, open_store

REPEATS = 200
GOAL_MS = 15


def run() -> Iterable[Line]:
    """A line for each address: the newest result of a system, and the list of a workspace's fifty systems."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.duckdb"
        system, secret = _filled(database)
        with running(database) as server:
            server.wait_until_it_answers()
            server.wait_until_idle()
            for what, address in (
                ("newest result", f"/api/v1/systems/{system}/latest"),
                (f"{SYSTEMS} systems", "/api/v1/systems"),
            ):
                yield line_of(f"API: GET {what}", _asked(server.port, address, secret), GOAL_MS, "p95")


def _filled(database: Path) -> tuple[str, str]:
    """A system of the workspace, and a token that reads it."""
    with open_store(f"duckdb:///{database}") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        fill(store, workspace)
        made = as_of(store, datetime.now(UTC)).tokens.make(OWNER, workspace, "Benchmark", "read")
        return store.systems.all(OWNER, workspace)[0].id, made.secret


def _asked(port: int, address: str, secret: str) -> list[float]:
    """How long each request took, from its first byte to the last one of the answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    headers = {"Authorization": f"Bearer {secret}"}
    seconds = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - began)
        if answer.status != http.client.OK:
            raise BenchmarkFailed(f"GET {address} answered {answer.status}.")
    connection.close()
    return seconds[1:]
