"""The lens of an assessment: chosen for a draft, carried over, frozen with the milestone."""

from dataclasses import replace

import pytest

from checklist.model import WHOLE, LeftOut, Lens, Weight
from data.errors import MilestoneIsFrozen, TextRefused
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, EDITOR, OWNER, a_draft, a_milestone, a_system

HALF = Lens(
    "half", "Half", "For some.", "Less.",
    leaves_out=tuple(LeftOut(f"data-{n}", "Not here.") for n in range(1, 8)),
    area_weights=(Weight("data", 5, "It is all there is."),),
)  # fmt: skip
WITH_LENSES = replace(CHECKLIST, lenses=(*CHECKLIST.lenses, HALF))


def test_a_new_draft_sees_the_whole_checklist(store: Store) -> None:
    assert a_draft(store).lens == WHOLE


def test_the_lens_of_a_draft_can_be_changed_and_every_answer_stays(store: Store) -> None:
    draft = a_draft(store, data_1=2, governance_1=4)
    answers = store.answers(OWNER, draft.id)
    assert store.assessments.set_lens(EDITOR, draft.id, "half").lens == "half"
    assert store.assessments.get(OWNER, draft.id).lens == "half"
    assert store.answers(OWNER, draft.id) == answers
    assert store.assessments.set_lens(OWNER, draft.id, WHOLE) == draft


def test_a_change_of_lens_is_in_the_trail_and_none_is_not(store: Store) -> None:
    draft = a_draft(store)
    store.assessments.set_lens(OWNER, draft.id, WHOLE)
    store.assessments.set_lens(EDITOR, draft.id, "half")
    events = store.audit.events(OWNER, system=draft.system, limit=100)
    told = [(event.actor, event.before, event.after) for event in events if event.event == "set-lens"]
    assert told == [("Emil", WHOLE, "half")]


def test_the_lens_of_a_milestone_is_frozen_with_it(store: Store) -> None:
    draft = a_draft(store, data_8=3)
    store.assessments.set_lens(OWNER, draft.id, "half")
    milestone = store.milestones.make(OWNER, draft.id, "Spring", WITH_LENSES)
    assert milestone.lens == "half"
    with pytest.raises(MilestoneIsFrozen):
        store.assessments.set_lens(OWNER, milestone.id, WHOLE)
    assert store.assessments.get(OWNER, milestone.id).lens == "half"


def test_a_milestone_is_scored_through_its_lens(store: Store) -> None:
    """Through the lens only data-8 of the data area counts, and the area counts five times."""
    system = a_system(store).id
    low, high = {f"data-{n}": Response.rated(1) for n in range(1, 8)}, {"data-8": Response.rated(5)}
    draft = a_draft(store, system)
    store.responses.save_many(OWNER, draft.id, {**low, **high, "governance-1": Response.rated(2)})
    store.assessments.set_lens(OWNER, draft.id, "half")
    milestone = store.milestones.make(OWNER, draft.id, "Spring", WITH_LENSES)
    points = {point.part: point for point in store.history.trend(OWNER, system)}
    assert points["data"].score == 5
    assert points["overall"].score == (5 * 5 + 2) / 6
    assert store.milestones.record(OWNER, milestone.id)["lens"] == "half"
    assert store.doctor(OWNER, WITH_LENSES).is_healthy


def test_a_new_draft_begins_with_the_lens_of_the_last_milestone(store: Store) -> None:
    draft = a_draft(store, data_8=3)
    store.assessments.set_lens(OWNER, draft.id, "half")
    store.milestones.make(OWNER, draft.id, "Spring", WITH_LENSES)
    assert store.assessments.start(OWNER, draft.system, "1", from_milestone=True).lens == "half"


def test_without_the_milestone_a_new_draft_sees_the_whole_checklist(store: Store) -> None:
    draft = a_draft(store, data_8=3)
    store.assessments.set_lens(OWNER, draft.id, "half")
    store.milestones.make(OWNER, draft.id, "Spring", WITH_LENSES)
    assert store.assessments.start(OWNER, draft.system, "1").lens == WHOLE


def test_a_lens_that_the_content_lost_scores_the_whole_and_old_results_stay(store: Store) -> None:
    system = a_system(store).id
    old = a_draft(store, system, data_1=1, data_8=5)
    store.assessments.set_lens(OWNER, old.id, "half")
    old = store.milestones.make(OWNER, old.id, "Old", WITH_LENSES)
    record, trend = store.milestones.record(OWNER, old.id), store.history.trend(OWNER, system)
    draft = store.assessments.start(OWNER, system, "1", from_milestone=True)
    assert draft.lens == "half"
    new = store.milestones.make(OWNER, draft.id, "New", CHECKLIST)
    assert new.lens == WHOLE, "it was seen whole, and says so"
    assert store.milestones.record(OWNER, new.id)["score"] == 3
    assert store.milestones.record(OWNER, old.id) == record
    assert store.history.trend(OWNER, system)[: len(trend)] == trend
    assert store.doctor(OWNER, CHECKLIST).is_healthy, "what was scored through a lost lens is not scored again"


def test_answers_that_a_lens_leaves_out_are_part_of_the_milestone(store: Store) -> None:
    draft = a_draft(store, data_1=1, data_8=5)
    store.assessments.set_lens(OWNER, draft.id, "half")
    milestone = store.milestones.make(OWNER, draft.id, "Spring", WITH_LENSES)
    assert store.answers(OWNER, milestone.id).responses["data-1"] == Response.rated(1)


@pytest.mark.parametrize("lens", ["", "Small Team", "x; drop table assessments", "-"])
def test_what_is_no_id_is_no_lens(store: Store, lens: str) -> None:
    draft = a_draft(store)
    with pytest.raises(TextRefused, match="no id of a lens"):
        store.assessments.set_lens(OWNER, draft.id, lens)
    assert store.assessments.get(OWNER, draft.id).lens == WHOLE


def test_a_milestone_without_a_lens_is_seen_whole(store: Store) -> None:
    assert a_milestone(store).lens == WHOLE
