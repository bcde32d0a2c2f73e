"""The engines that keep the store's promises: every test of this folder runs on each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.data.builders import a_store

ENGINES = ("duckdb", "postgresql")


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store on this engine."""
    if request.param == "duckdb":
        return f"duckdb:///{tmp_path}/checkup.duckdb"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with a_store(url) as opened:
        yield opened
