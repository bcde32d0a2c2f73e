import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_draft, a_store
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "keep_writing.py"
KILLS = 20


@pytest.fixture(params=("duckdb", "postgresql"))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty store, on PostgreSQL with every commit written to the disk."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/checkup.duckdb"
        return
    with Server(safe=True) as server:
        yield server.url(server.database())


def _killed_while_writing(url: str, draft: str, run: int) -> list[str]:
    """The answers that a writer reported as saved before it was killed, a few more with every run."""
    command = [sys.executable, str(PROGRAM), url, draft, str(run)]
    with subprocess.Popen(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        saved = [writer.stdout.readline().strip() for _ in range(1 + run)]
        writer.kill()
        # What it still had printed was acknowledged too; a line cut off in the middle was not.
        saved += [line.strip() for line in writer.stdout if line.endswith("\n")]
    return saved


def test_killing_the_writer_twenty_times_loses_no_acknowledged_answer(url: str) -> None:
    with a_store(url) as store:
        draft = a_draft(store).id
    acknowledged = [item for run in range(KILLS) for item in _killed_while_writing(url, draft, run)]
    with a_store(url) as store:
        stored = store.responses.of(OWNER, draft)
        assert len(acknowledged) >= KILLS
        assert set(acknowledged) <= set(stored)
        for item in acknowledged:
            number = int(item.rsplit("-", 1)[1])
            assert stored[item].response == Response.rated(1 + number % 5, f"note {number}")
        assert store.size().counts["responses"] == len(stored)
        assert store.doctor(OWNER, CHECKLIST).is_healthy
