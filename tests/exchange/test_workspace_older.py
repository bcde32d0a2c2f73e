"""Workspaces that an older version of the app has exported come in with everything they had."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from data.errors import ImportRefused
from data.older import ADDED
from data.schema import TABLES
from data.store import Store
from exchange.workspace import import_workspace
from tests.data.builders import OWNER, World, a_store, a_world
from tests.exchange.test_workspace import export, refusal, with_manifest, with_tables, without_imports


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The workspace that is taken out; no test changes it."""
    with a_store() as store:
        yield a_world(store)


@pytest.fixture
def fresh() -> Iterator[Store]:
    """A store that takes the workspace in."""
    with a_store() as store:
        yield store


def test_what_older_files_lack_are_columns_that_exist() -> None:
    for table, columns in ADDED.items():
        assert set(columns) <= set(TABLES[table])


def test_a_file_from_before_lenses_comes_in_and_sees_the_whole(world: World, fresh: Store) -> None:
    def forget(tables: dict[str, list[dict[str, Any]]]) -> None:
        for row in tables["assessments"]:
            del row["lens"]

    content = with_manifest(with_tables(export(world), forget), tables_schema=1)
    import_workspace(fresh, OWNER, io.BytesIO(content))
    assert without_imports(fresh.transfer.dump(OWNER, world.workspace)) == world.store.transfer.dump(
        OWNER, world.workspace
    )
    assert fresh.assessments.get(OWNER, world.draft).lens == "whole"


def test_a_file_of_today_without_a_lens_is_refused(world: World, fresh: Store) -> None:
    content = with_tables(export(world), lambda tables: tables["assessments"][0].pop("lens"))
    assert "assessments, row 1: these columns are unknown or missing: lens" in refusal(fresh, content, ImportRefused)
