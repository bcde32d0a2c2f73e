from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from checklist.model import Checklist
from data.errors import MilestoneIsFrozen, NothingToMark, ValueRefused
from data.model import FixState
from data.store import Store
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result
from scoring.path import cheapest_path
from scoring.record import as_record
from tests.data.builders import (
    CHECKLIST,
    EDITOR,
    OWNER,
    START,
    a_draft,
    a_health_check,
    a_milestone,
    a_system,
    held_by_governance,
    the_workspace,
)


def test_a_milestone_is_named_dated_and_signed(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    milestone = store.milestones.make(EDITOR, draft.id, "First quarter", CHECKLIST)
    assert (milestone.name, milestone.status, milestone.made_by) == ("First quarter", "milestone", "Emil")
    assert milestone.made_at is not None
    assert milestone.made_at > START
    assert store.assessments.draft(OWNER, draft.system) is None


def test_the_full_result_is_kept_as_it_was(store: Store) -> None:
    milestone = a_milestone(store, responses=held_by_governance())
    answers = store.answers(OWNER, milestone.id)
    result, path = evaluate(CHECKLIST, answers), cheapest_path(CHECKLIST, answers)
    assert store.milestones.record(OWNER, milestone.id) == as_record(CHECKLIST, "Churn model", result, path)


def test_scores_are_kept_exactly_per_area_and_overall(store: Store) -> None:
    milestone = a_milestone(store, responses=held_by_governance())
    points = {point.part: point for point in store.history.trend(OWNER, milestone.system)}
    assert set(points) == {"data", "development", "deployment", "monitoring", "governance", "overall"}
    assert (points["overall"].score, points["overall"].level) == (Fraction(17, 5), 2)
    assert (points["governance"].score, points["governance"].level) == (Fraction(1), 1)
    assert points["overall"].coverage == 1
    assert not points["overall"].provisional


def test_a_complete_health_check_alone_makes_a_milestone(store: Store) -> None:
    draft = a_draft(store)
    a_health_check(store, draft.id, yes=3)
    store.milestones.make(OWNER, draft.id, "Quick look", CHECKLIST)
    [point] = store.history.trend(OWNER, draft.system)
    assert (point.part, point.score, point.level, point.coverage) == ("health", Fraction(17, 5), 3, None)
    [latest] = store.history.latest(OWNER, the_workspace(store).id)
    assert (latest.score, latest.level, latest.health, latest.health_level) == (None, None, Fraction(17, 5), 3)


def test_nothing_to_mark_is_refused_and_the_draft_stays(store: Store) -> None:
    draft = a_draft(store)
    store.responses.save(OWNER, draft.id, "data-1", Response.unknown())
    store.responses.save_health(OWNER, draft.id, "fast-rollback", "yes")
    with pytest.raises(NothingToMark, match="rate an item or complete the health check"):
        store.milestones.make(OWNER, draft.id, "Too early", CHECKLIST)
    assert store.assessments.draft(OWNER, draft.system) == draft


def test_when_scoring_fails_nothing_of_the_milestone_stays(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    before = store.size().counts

    def broken(checklist: Checklist, answers: Answers) -> Result:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.milestones.make(OWNER, draft.id, "Broken", CHECKLIST, evaluate=broken)
    assert store.size().counts == before
    assert store.assessments.get(OWNER, draft.id) == draft


def test_a_milestone_can_be_dated_back_and_takes_its_place_in_history(store: Store) -> None:
    system = a_system(store).id
    recent = a_milestone(store, system, "Recent", 4)
    earlier = a_milestone(store, system, "Earlier", 2, made_at=START - timedelta(days=90))
    assert store.assessments.milestones(OWNER, system) == [recent, earlier]
    [latest] = store.history.latest(OWNER, the_workspace(store).id)
    assert latest.assessment == recent.id
    assert latest.recent == (Fraction(2), Fraction(4))


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1), datetime(2999, 1, 1, tzinfo=UTC)])  # noqa: DTZ001
def test_a_date_in_the_future_or_without_zone_is_refused(store: Store, moment: datetime) -> None:
    draft = a_draft(store, data_1=3)
    with pytest.raises(ValueRefused, match="date of a milestone"):
        store.milestones.make(OWNER, draft.id, "When", CHECKLIST, made_at=moment)


def test_a_risk_accepted_later_does_not_change_an_old_milestone(store: Store) -> None:
    milestone = a_milestone(store, rating=1)
    answers = store.answers(OWNER, milestone.id)
    store.fixes.save(OWNER, milestone.system, "data-1", FixState(state="accepted", reason="No users yet."))
    assert store.answers(OWNER, milestone.id) == answers
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def _meanwhile(work: Callable[[], object]) -> Callable[[Checklist, Answers], Result]:
    """Scoring during which somebody else does something, once."""
    left = [work]

    def scored(checklist: Checklist, answers: Answers) -> Result:
        if left:
            left.pop()()
        return evaluate(checklist, answers)

    return scored


def test_an_answer_that_is_saved_while_a_milestone_is_worked_out_counts_in_it(store: Store) -> None:
    draft = a_draft(store, data_1=2).id
    faster = _meanwhile(lambda: store.responses.save(EDITOR, draft, "data-2", Response.rated(5)))
    milestone = store.milestones.make(OWNER, draft, "First", CHECKLIST, evaluate=faster)
    answers = store.answers(OWNER, milestone.id)
    assert {item: one.rating for item, one in answers.responses.items()} == {"data-1": 2, "data-2": 5}
    told = as_record(CHECKLIST, "Churn model", evaluate(CHECKLIST, answers), cheapest_path(CHECKLIST, answers))
    assert store.milestones.record(OWNER, milestone.id) == told
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def test_two_people_who_make_a_milestone_at_once_make_one(store: Store) -> None:
    draft = a_draft(store, data_1=2)
    faster = _meanwhile(lambda: store.milestones.make(EDITOR, draft.id, "Emil’s", CHECKLIST))
    with pytest.raises(MilestoneIsFrozen, match="Emil’s"):
        store.milestones.make(OWNER, draft.id, "Olga’s", CHECKLIST, evaluate=faster)
    [only] = store.assessments.milestones(OWNER, draft.system)
    assert (only.name, only.made_by) == ("Emil’s", "Emil")
    assert store.doctor(OWNER, CHECKLIST).is_healthy
