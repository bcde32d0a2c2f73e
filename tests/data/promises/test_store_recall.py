"""Within one drawing of a page a read is done once, and never hides what this drawing itself has changed."""

from threading import Thread

import pytest

from data.recall import recalling
from data.store import Store
from scoring.model import Response
from tests.data.builders import OWNER, a_system

RATED = Response.rated(3)


@pytest.fixture
def draft(store: Store) -> str:
    return store.assessments.start(OWNER, a_system(store).id, "1").id


def test_one_drawing_shows_one_state_and_the_next_one_what_others_changed(store: Store, draft: str) -> None:
    with recalling():
        assert store.responses.of(OWNER, draft) == {}
        _by_somebody_else(store, draft)
        assert store.responses.of(OWNER, draft) == {}
    with recalling():
        assert list(store.responses.of(OWNER, draft)) == ["data-1"]


def test_what_the_drawing_changes_it_sees(store: Store, draft: str) -> None:
    with recalling():
        assert store.responses.of(OWNER, draft) == {}
        store.responses.save(OWNER, draft, "data-2", RATED)
        assert store.responses.of(OWNER, draft)["data-2"].response == RATED


def test_a_drawing_within_a_drawing_is_part_of_it(store: Store, draft: str) -> None:
    with recalling():
        with recalling():
            assert store.responses.of(OWNER, draft) == {}
        _by_somebody_else(store, draft)
        assert store.responses.of(OWNER, draft) == {}


def test_without_a_drawing_each_call_reads(store: Store, draft: str) -> None:
    assert store.responses.of(OWNER, draft) == {}
    _by_somebody_else(store, draft)
    assert list(store.responses.of(OWNER, draft)) == ["data-1"]


def _by_somebody_else(store: Store, draft: str) -> None:
    """Another thread is another person."""
    other = Thread(target=lambda: store.responses.save(OWNER, draft, "data-1", RATED))
    other.start()
    other.join()
