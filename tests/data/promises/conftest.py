"""The engines that keep the store's promises: every test of this folder runs on each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.data.builders import a_store

ENGINES = ("duckdb",)


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    urls = {"duckdb": f"duckdb:///{tmp_path}/checkup.duckdb"}
    with a_store(urls[request.param]) as opened:
        yield opened
