"""What keeps a portfolio in order comes in with a workspace: checked, and filled in where an older app lacks it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from data.errors import ImportRefused
from data.model import FixState
from data.store import Store
from exchange.workspace import import_workspace
from tests.data.builders import OWNER, World, a_store, a_world
from tests.exchange.zips import export, refusal, with_manifest, with_tables


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The workspace that is taken out, with tags, an owner, a rhythm and a done fix; no test changes it."""
    with a_store() as store:
        made = a_world(store)
        store.systems.edit(OWNER, made.system, tags=["EU", "real time"], owner="Ola", rhythm_days=30)
        store.fixes.save(OWNER, made.system, "data-1", FixState("Ben"))
        store.fixes.save(OWNER, made.system, "data-2", FixState(state="done"))
        yield made


def test_tags_owner_rhythm_and_done_fixes_come_back(world: World, fresh: Store) -> None:
    import_workspace(fresh, OWNER, io.BytesIO(export(world)))
    assert fresh.systems.get(OWNER, world.system) == world.store.systems.get(OWNER, world.system)
    assert fresh.portfolio.of(OWNER, world.workspace) == world.store.portfolio.of(OWNER, world.workspace)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("tags", '["EU","eu"]'),
        ("tags", "[5]"),
        ("tags", '"EU"'),
        ("tags", '[" EU"]'),
        ("rhythm_days", -1),
        ("rhythm_days", 3651),
    ],
)
def test_values_that_this_app_never_writes_are_refused(world: World, fresh: Store, column: str, value: object) -> None:
    def change(tables: dict[str, list[dict[str, Any]]]) -> None:
        tables["systems"][0][column] = value

    assert f"the value of {column}" in refusal(fresh, with_tables(export(world), change), ImportRefused)


def test_a_file_of_an_older_app_comes_in_with_what_it_could_not_know(world: World, fresh: Store) -> None:
    """Its systems have neither tags nor owner nor rhythm: they get what a new system has."""

    def forget(tables: dict[str, list[dict[str, Any]]]) -> None:
        for row in tables["systems"]:
            del row["tags"], row["owner"], row["rhythm_days"]
        for row in tables["fixes"]:
            del row["done_at"]

    content = with_manifest(with_tables(export(world), forget), tables_schema=1)
    import_workspace(fresh, OWNER, io.BytesIO(content))
    found = fresh.systems.get(OWNER, world.system)
    assert (found.tags, found.owner, found.rhythm_days) == ((), "", 90)
    fixes = fresh.fixes.of(OWNER, world.system)
    assert (fixes["data-1"].owner, fixes["data-1"].done_at) == ("Ben", None)
