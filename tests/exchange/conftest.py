"""What tests of workspace files share: one that goes out, a store that takes it in, and one that refuses."""

from collections.abc import Iterator

import pytest

from data.model import FixState
from data.store import Store
from tests.data.builders import OWNER, World, a_store, a_world


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The workspace that is taken out; no test changes it."""
    with a_store() as store:
        made = a_world(store)
        store.fixes.save(OWNER, made.system, "data-1", FixState("Ben"))
        yield made


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Store]:
    """A store that refuses: whatever is tried with it, `refusal` sees to it that nothing is kept."""
    with a_store() as store:
        yield store


@pytest.fixture
def fresh() -> Iterator[Store]:
    """A store that takes the workspace in."""
    with a_store() as store:
        yield store
