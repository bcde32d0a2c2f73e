from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.builders import CHECKLIST, OWNER, a_draft, a_store
from tests.data.killing import expected, killed_while_writing
from tests.postgres import Server

KILLS = 20


@pytest.fixture(params=("duckdb", "postgresql"))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty store, on PostgreSQL with every commit written to the disk."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/checkup.duckdb"
        return
    with Server(safe=True) as server:
        yield server.url(server.database())


def test_killing_the_writer_twenty_times_loses_no_acknowledged_answer(url: str) -> None:
    with a_store(url) as store:
        draft = a_draft(store).id
    acknowledged = [item for run in range(KILLS) for item in killed_while_writing(url, draft, run, 1 + run)]
    with a_store(url) as store:
        stored = store.responses.of(OWNER, draft)
        assert len(acknowledged) >= KILLS
        assert set(acknowledged) <= set(stored)
        assert [stored[item].response for item in acknowledged] == [expected(item) for item in acknowledged]
        assert store.size().counts["responses"] == len(stored)
        assert store.doctor(OWNER, CHECKLIST).is_healthy
