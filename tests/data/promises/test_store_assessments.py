from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from data.errors import DraftExists, UnknownId, ValueRefused
from data.model import FixState
from data.store import Store
from scoring.model import Response, Target
from tests.data.builders import EDITOR, OWNER, a_draft, a_milestone, a_system, the_workspace


def test_a_system_has_at_most_one_draft(store: Store) -> None:
    system = a_system(store).id
    draft = store.assessments.start(OWNER, system, "1")
    assert store.assessments.start(EDITOR, system, "1") == draft
    assert store.assessments.draft(OWNER, system) == draft


def test_threads_that_start_at_once_get_the_same_draft(store: Store) -> None:
    system = a_system(store).id
    with ThreadPoolExecutor(8) as threads:
        drafts = list(threads.map(lambda _: store.assessments.start(OWNER, system, "1").id, range(8)))
    assert len(set(drafts)) == 1


def test_a_system_without_draft_has_none(store: Store) -> None:
    assert store.assessments.draft(OWNER, a_system(store).id) is None


def test_progress_counts_what_each_living_draft_has_answered(store: Store) -> None:
    churn, ranking = a_system(store, "Churn").id, a_system(store, "Ranking").id
    a_milestone(store, ranking)
    a_draft(store, churn, data_1=3, data_2=1)
    assert store.assessments.progress(OWNER, the_workspace(store).id) == {churn: 2}
    store.systems.delete(OWNER, churn)
    assert store.assessments.progress(OWNER, the_workspace(store).id) == {}


def test_target_and_failures_come_back(store: Store) -> None:
    draft = a_draft(store)
    store.assessments.set_target(OWNER, draft.id, Target(3, {"data": 4}))
    store.assessments.set_failures(OWNER, draft.id, ["rollback-failures", "data-drift", "data-drift"])
    answers = store.answers(OWNER, draft.id)
    assert answers.target == Target(3, {"data": 4})
    assert answers.failures == {"data-drift", "rollback-failures"}


@pytest.mark.parametrize("target", [Target(0), Target(6), Target(3, {"data": 9})])
def test_a_target_outside_the_levels_is_refused(store: Store, target: Target) -> None:
    with pytest.raises(ValueRefused, match="choose a level from 1 to 5"):
        store.assessments.set_target(OWNER, a_draft(store).id, target)


def test_a_new_draft_can_carry_over_the_newest_milestone(store: Store) -> None:
    system = a_system(store).id
    draft = a_draft(store, system)
    store.assessments.set_target(OWNER, draft.id, Target(4))
    store.assessments.set_failures(OWNER, draft.id, ["data-drift"])
    milestone = a_milestone(store, system, responses={"data-1": Response.rated(3, "why", ("https://a.example",))})
    carried = store.assessments.start(EDITOR, system, "1", from_milestone=True)
    assert carried.is_draft
    # What hit production in the last six months is asked anew.
    assert store.answers(OWNER, carried.id) == replace(store.answers(OWNER, milestone.id), failures=frozenset())
    assert store.responses.of(OWNER, carried.id) == store.responses.of(OWNER, milestone.id)


def test_changing_a_carried_answer_leaves_the_milestone_alone(store: Store) -> None:
    system = a_system(store).id
    milestone = a_milestone(store, system, rating=3)
    carried = store.assessments.start(OWNER, system, "1", from_milestone=True)
    store.responses.save(OWNER, carried.id, "data-1", Response.rated(5), expected=1)
    assert store.responses.of(OWNER, milestone.id)["data-1"].response == Response.rated(3)


def test_without_a_milestone_there_is_nothing_to_carry_over(store: Store) -> None:
    draft = store.assessments.start(OWNER, a_system(store).id, "1", from_milestone=True)
    assert store.answers(OWNER, draft.id).responses == {}


def test_a_discarded_draft_is_out_of_sight_and_comes_back_with_its_answers(store: Store) -> None:
    draft = a_draft(store, data_1=4)
    store.assessments.discard(OWNER, draft.id)
    assert store.assessments.draft(OWNER, draft.system) is None
    with pytest.raises(UnknownId):
        store.assessments.get(OWNER, draft.id)
    assert store.assessments.recover(OWNER, draft.id) == draft
    assert store.answers(OWNER, draft.id).responses == {"data-1": Response.rated(4)}


def test_a_draft_does_not_come_back_beside_a_newer_one(store: Store) -> None:
    draft = a_draft(store)
    store.assessments.discard(OWNER, draft.id)
    newer = store.assessments.start(OWNER, draft.system, "1")
    with pytest.raises(DraftExists, match="discard it first"):
        store.assessments.recover(OWNER, draft.id)
    assert store.assessments.draft(OWNER, draft.system) == newer


def test_milestones_come_newest_first(store: Store) -> None:
    system = a_system(store).id
    for name in ("First", "Second", "Third"):
        a_milestone(store, system, name)
    names = [milestone.name for milestone in store.assessments.milestones(OWNER, system)]
    assert names == ["Third", "Second", "First"]


def test_a_milestone_can_be_renamed_and_a_draft_cannot(store: Store) -> None:
    system = a_system(store).id
    milestone = a_milestone(store, system)
    assert store.assessments.rename(OWNER, milestone.id, "Q1").name == "Q1"
    with pytest.raises(ValueRefused, match="when it becomes a milestone"):
        store.assessments.rename(OWNER, a_draft(store, system).id, "Q2")


def test_a_void_milestone_leaves_history_and_can_come_back(store: Store) -> None:
    system = a_system(store).id
    old, new = a_milestone(store, system, "Old", 3), a_milestone(store, system, "New", 5)
    trend = store.history.trend(OWNER, system)
    store.assessments.void(OWNER, new.id)
    assert store.assessments.milestones(OWNER, system) == [old]
    assert [one.id for one in store.assessments.milestones(OWNER, system, void=True)] == [new.id]
    assert {point.assessment for point in store.history.trend(OWNER, system)} == {old.id}
    assert store.assessments.unvoid(OWNER, new.id) == new
    assert store.history.trend(OWNER, system) == trend


def test_a_draft_cannot_be_voided_nor_a_milestone_discarded(store: Store) -> None:
    system = a_system(store).id
    milestone = a_milestone(store, system)
    with pytest.raises(ValueRefused, match="is a milestone, not a draft"):
        store.assessments.discard(OWNER, milestone.id)
    with pytest.raises(ValueRefused, match="is a draft, not a milestone"):
        store.assessments.void(OWNER, a_draft(store, system).id)


def test_accepted_risks_are_part_of_a_drafts_answers(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    store.fixes.save(OWNER, draft.system, "data-1", FixState(state="accepted", reason="No users yet."))
    assert store.answers(OWNER, draft.id).accepted == {"data-1"}
