"""How fast answers are saved on PostgreSQL when four processes save to one assessment at once, and whether all stay."""

import itertools
import json
import subprocess
import sys
import time
from pathlib import Path

from access.actors import Actor
from benchmarks.line import BenchmarkFailed, Line, line_of
from data.store import open_store
from scoring.model import Response
from tests.postgres import Server

ROOT = Path(__file__).parents[1]
OWNER = Actor("Benchmark", "owner")
PROCESSES = 4
SAVES = 500
GOAL_MS = 20.0
# Not counted: the first saves of a process open its connections.
WARM_UP = 10


def run() -> list[Line]:
    """One line: what each of 2,000 saves took, on a server that writes every commit to the disk."""
    with Server(safe=True) as server:
        url = server.url(server.database())
        with open_store(url) as store:
            workspace = store.workspaces.all(OWNER)[0].id
            draft = store.assessments.start(OWNER, store.systems.create(OWNER, workspace, "Busy").id, "1").id
            times = _saved(url, draft)
            found = len(store.responses.of(OWNER, draft))
    lost = PROCESSES * (SAVES + WARM_UP) - found
    if lost:
        raise BenchmarkFailed(f"{lost} answers were acknowledged and are not there.")
    note = f"{len(times)} saves to one assessment, 0 lost"
    return [line_of(f"autosave on PostgreSQL, {PROCESSES} processes", times, GOAL_MS, "p95", note)]


def _saved(url: str, draft: str) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.autosave", url, draft]
    started = [
        subprocess.Popen([*command, str(n)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    for process in started:
        _line_from(process)
    # All are ready: the sign for all, then what each of them measured.
    for process in started:
        _line_to(process)
    return list(itertools.chain(*(json.loads(process.communicate()[0]) for process in started)))


def _line_from(process: subprocess.Popen[str]) -> None:
    if process.stdout is None or not process.stdout.readline():
        raise BenchmarkFailed("a process that saves did not start")


def _line_to(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.write("go\n")
        process.stdin.flush()


def _save(url: str, draft: str, number: str) -> None:
    """One process: save, one answer after the other, and print how long each took in seconds."""
    with open_store(url) as store:
        for count in range(WARM_UP):
            store.responses.save(OWNER, draft, f"warm-{number}-{count}", Response.rated(3))
        print("ready", flush=True)
        sys.stdin.readline()
        times = []
        for count in range(SAVES):
            began = time.perf_counter()
            store.responses.save(OWNER, draft, f"item-{number}-{count}", Response.rated(1 + count % 5, "A note."))
            times.append(time.perf_counter() - began)
    print(json.dumps(times))


if __name__ == "__main__":
    _save(*sys.argv[1:])
