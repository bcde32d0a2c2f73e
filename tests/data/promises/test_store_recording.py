"""Milestones that programs make of answers, requests that are carried out once, and what a badge is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from access import Forbidden
from data.errors import KeyReused, NothingToMark, TextRefused, UnknownId, ValueRefused
from data.model import Assessment, Standing
from data.once import KEPT, Once
from data.store import Store, as_of
from scoring.model import Answers, Response, Target
from tests.data.builders import (
    CHECKLIST,
    OWNER,
    START,
    VIEWER,
    a_draft,
    a_health_check,
    a_milestone,
    a_system,
    held_by_governance,
)
from tests.scoring.builders import all_rated

ONCE = Once("token-1", "build-1", "digest-1")


@pytest.fixture
def system(store: Store) -> str:
    return a_system(store).id


def _record(
    store: Store, system: str, answers: Answers | None = None, once: Once | None = None, name: str = "CI"
) -> Assessment:
    given = answers or all_rated(CHECKLIST, 3)
    return store.milestones.record_from(OWNER, system, name, given, "whole", CHECKLIST, "answers.yaml", once)


def test_it_holds_what_it_was_given_and_is_scored_like_any_other(store: Store, system: str) -> None:
    given = Answers(held_by_governance(), frozenset({"data-drift"}), Target(4, {"data": 5}), {"fast-rollback": "yes"})
    made = _record(store, system, given)
    by_hand = a_milestone(store, a_system(store, "Twin").id, responses=held_by_governance())
    assert (made.status, made.failures, made.target) == ("milestone", given.failures, given.target)
    assert store.answers(OWNER, made.id) == given
    record, twin = (store.milestones.record(OWNER, one.id) for one in (made, by_hand))
    assert (record["score"], record["level"], record["held_by"]) == (twin["score"], twin["level"], twin["held_by"])
    assert store.history.trend(OWNER, system)[0].name == "CI"
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def test_a_draft_stays_as_it_is_and_the_next_one_starts_from_the_newest(store: Store, system: str) -> None:
    draft = a_draft(store, system, data_1=2)
    _record(store, system)
    assert store.assessments.draft(OWNER, system) == draft
    assert set(store.responses.of(OWNER, draft.id)) == {"data-1"}
    store.assessments.discard(OWNER, draft.id)
    begun = store.assessments.start(OWNER, system, CHECKLIST.version, from_milestone=True)
    assert len(store.responses.of(OWNER, begun.id)) == len(CHECKLIST.items)


def test_what_does_not_fit_makes_nothing(store: Store, system: str) -> None:
    before = store.size().counts
    for answers, refusal in (
        (Answers(), NothingToMark),
        (Answers({"data-1": Response("rated", 6)}), ValueRefused),
        (Answers({"Data 1": Response.rated(3)}), TextRefused),
        (Answers({"data-1": Response.rated(3, "x" * 10_001)}), TextRefused),
    ):
        with pytest.raises(refusal):
            _record(store, system, answers, ONCE)
    with pytest.raises(TextRefused):
        _record(store, system, name=" ")
    with pytest.raises(UnknownId):
        _record(store, "no-such-system")
    with pytest.raises(Forbidden):
        store.milestones.record_from(VIEWER, system, "CI", all_rated(CHECKLIST, 3), "whole", CHECKLIST)
    assert store.size().counts == before
    assert _record(store, system, once=ONCE), "a key that came to nothing is free"


def test_a_request_is_carried_out_once(store: Store, system: str) -> None:
    first = _record(store, system, once=ONCE)
    counts = store.size().counts
    assert _record(store, system, once=ONCE) == first
    assert store.size().counts == counts
    with pytest.raises(KeyReused, match="another key"):
        _record(store, system, once=Once("token-1", "build-1", "another"))
    assert store.size().counts == counts
    assert _record(store, system, once=Once("token-2", "build-1", "digest-1")) != first
    assert _record(store, system, once=Once("token-1", "build-2", "digest-1")) != first


def test_a_key_is_free_again_after_thirty_days(store: Store, system: str) -> None:
    first = _record(store, system, once=ONCE)
    later = as_of(store, START + KEPT + timedelta(days=1))
    assert _record(as_of(store, START + KEPT - timedelta(days=1)), system, once=ONCE) == first
    assert _record(later, system, once=ONCE) != first


def test_of_several_at_once_one_makes_the_milestone(store: Store, system: str) -> None:
    together = Barrier(6)

    def race(_: int) -> str:
        together.wait()
        return _record(store, system, once=ONCE).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(race, range(6)))) == 1
    assert len(store.assessments.milestones(OWNER, system)) == 1


def test_the_newest_result_is_that_of_the_newest_milestone(store: Store, system: str) -> None:
    assert store.milestones.newest(VIEWER, system) is None
    a_milestone(store, system, rating=5)
    newest = _record(store, system)
    store.assessments.void(OWNER, a_milestone(store, system, "Void", 1).id)
    assert store.milestones.newest(VIEWER, system) == (newest.id, store.milestones.record(OWNER, newest.id))
    store.systems.delete(OWNER, system)
    with pytest.raises(UnknownId):
        store.milestones.newest(VIEWER, system)


def test_a_badge_is_shown_the_level_and_the_day_of_the_newest_milestone(store: Store, system: str) -> None:
    assert store.history.standing(VIEWER, system) is None
    day = datetime(2025, 11, 3, tzinfo=UTC)
    a_milestone(store, system, responses=held_by_governance(), made_at=day)
    assert store.history.standing(VIEWER, system) == Standing(2, day)
    draft = a_draft(store, system)
    a_health_check(store, draft.id)
    store.responses.save_many(OWNER, draft.id, {item: Response() for item in held_by_governance()})
    newest = store.milestones.make(OWNER, draft.id, "Health only", CHECKLIST)
    assert newest.made_at
    assert store.history.standing(VIEWER, system) == Standing(None, newest.made_at)
    store.systems.delete(OWNER, system)
    with pytest.raises(UnknownId):
        store.history.standing(VIEWER, system)
