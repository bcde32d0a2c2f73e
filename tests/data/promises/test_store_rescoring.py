from dataclasses import replace
from fractions import Fraction

import pytest

from checklist.model import Checklist
from data.errors import UnknownId
from data.model import Assessment, Point
from data.store import Store
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result
from tests.data.builders import OWNER, VIEWER, a_health_check, a_system
from tests.scoring.builders import ratings
from tests.scoring.versions import FIRST, SECOND


def a_milestone(
    store: Store, checklist: Checklist, system: str | None = None, responses: dict[str, Response] | None = None
) -> Assessment:
    """Made with this checklist; "dropped" at 1 and the rest at 3 if nothing else is given."""
    draft = store.assessments.start(OWNER, system or a_system(store).id, checklist.version)
    given = ratings(kept=3, reworded=3, dropped=1, policy=3) if responses is None else responses
    store.responses.save_many(OWNER, draft.id, given)
    a_health_check(store, draft.id)
    return store.milestones.make(OWNER, draft.id, f"Checklist {checklist.version}", checklist)


def scores(store: Store, system: str, version: str) -> dict[str, Fraction]:
    return {point.part: point.score for point in store.history.trend(OWNER, system) if point.checklist == version}


def stored(store: Store, milestone: Assessment) -> tuple[dict[str, object], list[Point], Answers]:
    points = [point for point in store.history.trend(OWNER, milestone.system) if point.checklist == milestone.checklist]
    return store.milestones.record(OWNER, milestone.id), points, store.answers(OWNER, milestone.id)


def test_an_older_milestone_gets_its_scores_under_the_present_checklist(store: Store) -> None:
    milestone = a_milestone(store, FIRST)
    assert store.rescoring.refresh(OWNER, milestone.system, SECOND) == 1
    assert scores(store, milestone.system, "1")["data"] == Fraction(7, 3)
    assert scores(store, milestone.system, "2") == {
        "data": Fraction(3), "governance": Fraction(3), "overall": Fraction(3), "health": Fraction(17, 5),
    }  # fmt: skip


def test_what_it_was_made_with_never_changes(store: Store) -> None:
    milestone = a_milestone(store, FIRST)
    before = stored(store, milestone)
    store.rescoring.refresh(OWNER, milestone.system, SECOND)
    assert stored(store, milestone) == before
    assert store.assessments.get(OWNER, milestone.id) == milestone
    assert store.doctor(OWNER, FIRST).is_healthy
    assert store.doctor(OWNER, SECOND).is_healthy


def test_the_doctor_scores_those_scores_again_too(store: Store) -> None:
    milestone = a_milestone(store, FIRST)
    assert store.doctor(OWNER, SECOND).milestones == 0
    store.rescoring.refresh(OWNER, milestone.system, SECOND)
    assert store.doctor(OWNER, SECOND).milestones == 1


def test_a_second_call_changes_nothing_and_a_third_version_adds_its_own(store: Store) -> None:
    milestone = a_milestone(store, FIRST)
    store.rescoring.refresh(OWNER, milestone.system, SECOND)
    before = store.size().counts
    assert store.rescoring.refresh(OWNER, milestone.system, SECOND) == 0
    assert store.size().counts == before
    assert store.rescoring.refresh(OWNER, milestone.system, replace(SECOND, version="3")) == 1
    assert scores(store, milestone.system, "3") == scores(store, milestone.system, "2")


def test_a_milestone_of_the_present_or_a_newer_checklist_is_left_alone(store: Store) -> None:
    system = a_system(store).id
    a_milestone(store, FIRST, system)
    answers = ratings(kept=4, reworded=4, added=4, policy=4)
    a_milestone(store, SECOND, system, answers)
    before = store.size().counts
    assert store.rescoring.refresh(OWNER, system, FIRST) == 0
    assert store.size().counts == before


def test_a_viewer_sees_the_same_trend_as_everybody(store: Store) -> None:
    milestone = a_milestone(store, FIRST)
    assert store.rescoring.refresh(VIEWER, milestone.system, SECOND) == 1


def test_a_milestone_of_which_nothing_is_asked_any_more_is_scored_once_and_has_no_row(store: Store) -> None:
    milestone = a_milestone(store, FIRST, responses=ratings(dropped=2))
    assert store.rescoring.refresh(OWNER, milestone.system, SECOND) == 1
    assert set(scores(store, milestone.system, "2")) == {"health"}
    assert store.rescoring.refresh(OWNER, milestone.system, SECOND) == 0


def test_when_scoring_fails_no_milestone_is_scored_by_half(store: Store) -> None:
    system = a_system(store).id
    a_milestone(store, FIRST, system)
    a_milestone(store, FIRST, system)
    before = store.size().counts
    calls = []

    def breaks_the_second_time(checklist: Checklist, answers: Answers) -> Result:
        calls.append(answers)
        if len(calls) == 2:
            raise ZeroDivisionError
        return evaluate(checklist, answers)

    with pytest.raises(ZeroDivisionError):
        store.rescoring.refresh(OWNER, system, SECOND, evaluate=breaks_the_second_time)
    assert store.size().counts == before


def test_a_draft_that_carries_dropped_questions_becomes_a_milestone_of_the_present_checklist(store: Store) -> None:
    first = a_milestone(store, FIRST)
    draft = store.assessments.start(OWNER, first.system, "2", from_milestone=True)
    made = store.milestones.make(OWNER, draft.id, "With the new one", SECOND)
    assert made.checklist == "2"
    assert store.answers(OWNER, made.id).response("dropped") == Response.rated(1)
    assert scores(store, first.system, "2")["data"] == Fraction(3)


def test_a_system_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UnknownId):
        store.rescoring.refresh(OWNER, "no-such", SECOND)
