import pytest

from data.errors import TextRefused, UnknownId
from data.store import Store
from tests.data.builders import CHECKLIST, EDITOR, OWNER, a_draft, a_milestone, a_system


def test_a_mark_belongs_to_one_item_of_one_assessment(store: Store) -> None:
    first = a_milestone(store)
    second = a_milestone(store, first.system, "Second", 4)
    store.corrections.mark(OWNER, second.id, "data-1")
    store.corrections.mark(OWNER, second.id, "data-2")
    assert store.corrections.of(OWNER, first.system) == {second.id: {"data-1", "data-2"}}
    assert store.corrections.of(OWNER, a_system(store, "Another").id) == {}


def test_a_milestone_is_marked_and_its_answers_scores_and_result_stay(store: Store) -> None:
    milestone = a_milestone(store)
    before = store.answers(OWNER, milestone.id), store.milestones.record(OWNER, milestone.id)
    trend = store.history.trend(OWNER, milestone.system)
    store.corrections.mark(OWNER, milestone.id, "data-1")
    assert (store.answers(OWNER, milestone.id), store.milestones.record(OWNER, milestone.id)) == before
    assert store.history.trend(OWNER, milestone.system) == trend
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def test_a_mark_is_taken_back_and_both_leave_an_event(store: Store) -> None:
    milestone = a_milestone(store)
    store.corrections.mark(EDITOR, milestone.id, "data-1")
    store.corrections.take_back(OWNER, milestone.id, "data-1")
    assert store.corrections.of(OWNER, milestone.system) == {}
    back, marked = store.audit.events(OWNER, system=milestone.system)[:2]
    assert (marked.event, marked.actor, marked.subject, marked.after) == ("mark-correction", "Emil", "data-1", True)
    assert (back.event, back.actor, back.after) == ("take-back-correction", "Olga", False)
    assert marked.assessment == milestone.id


def test_to_mark_twice_or_to_take_back_what_is_not_there_changes_nothing(store: Store) -> None:
    milestone = a_milestone(store)
    store.corrections.take_back(OWNER, milestone.id, "data-1")
    store.corrections.mark(OWNER, milestone.id, "data-1")
    events = store.audit.events(OWNER, system=milestone.system)
    store.corrections.mark(EDITOR, milestone.id, "data-1")
    assert store.audit.events(OWNER, system=milestone.system) == events


def test_an_assessment_that_is_not_there_or_a_word_that_is_no_item_is_refused(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    with pytest.raises(UnknownId):
        store.corrections.mark(OWNER, "no-such", "data-1")
    with pytest.raises(TextRefused):
        store.corrections.mark(OWNER, draft.id, "No item")
    assert store.corrections.of(OWNER, draft.system) == {}


def test_marks_go_with_their_system_for_good(store: Store) -> None:
    milestone = a_milestone(store)
    store.corrections.mark(OWNER, milestone.id, "data-1")
    store.systems.purge(OWNER, milestone.system)
    assert store.size().counts["corrections"] == 0
    assert store.doctor(OWNER, CHECKLIST).is_healthy
