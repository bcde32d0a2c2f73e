"""Filling a workspace with examples: what is there afterwards, what it shows, and what it leaves alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from access import Actor, Forbidden
from checklist.loader import the_checklist
from data.model import OVERALL, Assessment
from data.store import Store, open_store
from examples import EXAMPLES, UnknownExample, fill
from scoring.compare import Side, compare
from scoring.evaluate import evaluate
from scoring.model import Answers, Result
from ui.standings import Standing, standing

OWNER = Actor("Olga", "owner")
VIEWER = Actor("Vera", "viewer")
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CHECKLIST = the_checklist()


def an_empty_store() -> Store:
    return open_store("duckdb:///:memory:", now=lambda: NOON)


def workspace_of(store: Store) -> str:
    return store.workspaces.all(OWNER)[0].id


def names_in(store: Store) -> list[str]:
    return [system.name for system in store.systems.all(OWNER, workspace_of(store))]


@pytest.fixture
def empty() -> Iterator[Store]:
    with an_empty_store() as store:
        yield store


@pytest.fixture(scope="module")
def filled() -> Iterator[tuple[Store, dict[str, str]]]:
    """A store with all examples, which these tests only read, and the system of each example."""
    with an_empty_store() as store:
        systems = fill(store, OWNER, workspace_of(store), TODAY)
        yield store, dict(zip(EXAMPLES, systems, strict=True))


Filled = tuple[Store, dict[str, str]]


def milestones(filled: Filled, example: str) -> list[Assessment]:
    """Oldest first."""
    store, systems = filled
    return store.assessments.milestones(OWNER, systems[example])[::-1]


def answers(filled: Filled, assessment: Assessment) -> Answers:
    return filled[0].answers(OWNER, assessment.id)


def results(filled: Filled, example: str) -> list[Result]:
    return [evaluate(CHECKLIST, answers(filled, milestone)) for milestone in milestones(filled, example)]


def test_an_empty_workspace_gets_three_systems(filled: Filled) -> None:
    assert names_in(filled[0]) == ["Churn model", "Delivery time forecast", "Fraud scoring"]


def test_the_doctor_finds_nothing_in_a_filled_store(filled: Filled) -> None:
    checkup = filled[0].doctor(OWNER, CHECKLIST)
    assert checkup.findings == ()
    assert checkup.milestones == 18


@pytest.mark.parametrize("example", EXAMPLES)
def test_milestones_have_rising_dates_before_today(filled: Filled, example: str) -> None:
    moments = [milestone.made_at for milestone in milestones(filled, example)]
    dated = [moment for moment in moments if moment is not None]
    assert dated == sorted(set(dated))
    assert len(dated) == len(moments)
    assert dated[-1] < NOON


def test_the_churn_model_climbs_from_level_1_and_governance_holds_it_at_2(filled: Filled) -> None:
    found = results(filled, "churn-model")
    assert [result.level for result in found] == [1, 1, 1, 2, 2, 2, 2]
    assert found[-1].level_of_score == 3
    assert found[-1].holders == ("governance",)
    assert not found[-1].provisional


def test_the_churn_model_shows_anti_patterns_that_went_and_one_that_came_back(filled: Filled) -> None:
    patterns = [set(result.anti_patterns) for result in results(filled, "churn-model")]
    assert {"works-on-my-machine", "set-and-forget", "black-box"} <= patterns[-3]
    assert patterns[-2] == set()
    assert patterns[-1] == {"black-box"}


def test_the_churn_model_has_fixes_made_critical_by_what_hit_production(filled: Filled) -> None:
    fixes = {fix.item: fix for fix in results(filled, "churn-model")[-1].fixes}
    assert fixes["alerting"].priority == "critical"
    assert fixes["alerting"].failures == ("monitoring-gaps",)
    assert fixes["approval-process"].failures == ("deployment-issues",)


def test_the_churn_model_has_the_notes_and_the_open_ends_of_a_real_team(filled: Filled) -> None:
    newest = answers(filled, milestones(filled, "churn-model")[-1])
    found = evaluate(CHECKLIST, newest)
    assert found.find_out == ("data-access-control", "privacy-compliance")
    assert found.not_applicable == ("performance-tests", "scalability", "user-feedback")
    assert sum(bool(response.note) for response in newest.responses.values()) >= 15
    assert sum(len(response.evidence) for response in newest.responses.values()) == 3


def test_an_accepted_risk_counts_from_the_newest_milestone_on(filled: Filled) -> None:
    accepted = [sorted(milestone.accepted) for milestone in milestones(filled, "churn-model")]
    assert accepted == [[], [], [], [], [], [], ["retirement-process"]]
    assert results(filled, "churn-model")[-1].accepted == ("retirement-process",)


def test_fix_dates_are_counted_from_today(filled: Filled) -> None:
    store, systems = filled
    fixes = store.fixes.of(OWNER, systems["churn-model"])
    assert (fixes["alerting"].owner, fixes["alerting"].due) == ("Ola", date(2026, 11, 30))
    assert fixes["bias-detection"].due == date(2026, 11, 14)
    assert fixes["retirement-process"].review == date(2027, 3, 20)
    assert {fix.state for fix in fixes.values()} == {"open", "doing", "done", "accepted"}


def test_fraud_scoring_falls_after_its_outage_and_then_passes_where_it_was(filled: Filled) -> None:
    store, systems = filled
    trend = [point.score for point in store.history.trend(OWNER, systems["fraud-scoring"]) if point.part == OVERALL]
    outage = 2
    assert trend[outage] == min(trend)
    assert trend[outage:] == sorted(trend[outage:])
    assert trend[-1] > Fraction(7, 2)
    assert "deployment-issues" in milestones(filled, "fraud-scoring")[outage].failures


def test_fraud_scoring_is_best_in_governance_throughout(filled: Filled) -> None:
    for result in results(filled, "fraud-scoring"):
        scores = {area.id: area.score for area in result.areas if area.score is not None}
        assert max(scores, key=lambda area: scores[area]) == "governance"


def test_the_delivery_forecast_begins_with_the_health_check_alone(filled: Filled) -> None:
    first = milestones(filled, "delivery-time-forecast")[0]
    assert answers(filled, first).responses == {}
    assert results(filled, "delivery-time-forecast")[0].health.complete


def test_the_delivery_forecast_stays_provisional_with_a_draft_three_fifths_answered(filled: Filled) -> None:
    store, systems = filled
    draft = store.assessments.draft(OWNER, systems["delivery-time-forecast"])
    assert draft is not None
    assert len(answers(filled, draft).responses) == 25
    assert all(result.provisional for result in results(filled, "delivery-time-forecast"))


def test_the_delivery_forecast_has_colleagues_who_disagree_about_alerting_and_rollback(filled: Filled) -> None:
    store, systems = filled
    draft = store.assessments.draft(OWNER, systems["delivery-time-forecast"])
    assert draft is not None
    people = store.respondents.all(OWNER, draft.id)
    assert [(person.name, person.has_submitted) for person in people] == [("Yara", True), ("Tom", True), ("Bea", False)]
    said = {person.name: answers for person, answers in store.respondents.answers_of_submitted(OWNER, draft.id).items()}
    apart = [item for item in said["Yara"] if said["Yara"][item].response.rating != said["Tom"][item].response.rating]
    assert set(apart) == {"alerting", "rollback", "model-validation", "production-deployment"}


def test_filling_again_adds_copies_under_names_of_their_own(empty: Store) -> None:
    kept = fill(empty, OWNER, workspace_of(empty), TODAY, ["churn-model"])
    before = empty.assessments.milestones(OWNER, kept[0])
    for _ in range(2):
        fill(empty, OWNER, workspace_of(empty), TODAY, ["churn-model"])
    assert names_in(empty) == ["Churn model", "Churn model (example 2)", "Churn model (example)"]
    assert empty.assessments.milestones(OWNER, kept[0]) == before
    assert empty.doctor(OWNER, CHECKLIST).is_healthy


def test_a_system_of_the_same_name_stays_as_it_is(empty: Store) -> None:
    own = empty.systems.create(OWNER, workspace_of(empty), "churn MODEL", "Ours.")
    [added] = fill(empty, OWNER, workspace_of(empty), TODAY, ["churn-model"])
    assert empty.systems.get(OWNER, own.id) == own
    assert empty.assessments.milestones(OWNER, own.id) == []
    assert empty.systems.get(OWNER, added).name == "Churn model (example)"


def test_an_unknown_example_is_refused_before_anything_is_written(empty: Store) -> None:
    with pytest.raises(UnknownExample):
        fill(empty, OWNER, workspace_of(empty), TODAY, ["churn-model", "weather"])
    assert names_in(empty) == []


def test_no_example_wanted_is_none_added(empty: Store) -> None:
    assert fill(empty, OWNER, workspace_of(empty), TODAY, []) == []


def test_a_viewer_may_not_fill_a_workspace(empty: Store) -> None:
    with pytest.raises(Forbidden):
        fill(empty, VIEWER, workspace_of(empty), TODAY)
    assert names_in(empty) == []


def standings(filled: Filled) -> dict[str, Standing]:
    """By example."""
    store, systems = filled
    found = {one.system.id: one for one in store.portfolio.of(OWNER, workspace_of(store))}
    return {example: standing(CHECKLIST, found[system], TODAY, UTC) for example, system in systems.items()}


def test_every_example_has_an_owner_and_tags(filled: Filled) -> None:
    assert all(found.system.owner and len(found.system.tags) >= 2 for found in standings(filled).values())


def test_the_examples_show_what_comes_up_again(filled: Filled) -> None:
    """One done fix to rate again, one accepted risk whose review date has come, one system that is overdue."""
    found = standings(filled)
    assert [one.rate_again for one in found.values()] == [("data-lineage",), (), ()]
    assert [one.reviews for one in found.values()] == [(), ("scalability",), ()]
    assert [one.overdue is not None for one in found.values()] == [False, True, False]


def test_the_churn_model_has_a_correction_and_expired_evidence_to_compare(filled: Filled) -> None:
    """Between its last two milestones, beside the work that moved; no example has an older checklist."""
    store, systems = filled
    sides = [
        Side(systems["churn-model"], one.name, answers(filled, one), one.checklist, one.made_at.date())
        for one in milestones(filled, "churn-model")[-2:]
        if one.made_at
    ]
    last = milestones(filled, "churn-model")[-1].id
    marked = store.corrections.of(OWNER, systems["churn-model"])
    assert marked == {last: frozenset({"artifact-storage"})}
    found = compare(CHECKLIST, *sides, marked[last]).differences
    groups = {group: [one.item for one in found if one.group == group] for group in ("corrected", "expired")}
    assert groups == {"corrected": ["artifact-storage"], "expired": ["data-freshness"]}
    assert {one.group for one in found} == {"practice", "corrected", "expired"}


def test_answers_are_as_old_as_the_milestone_they_were_given_for(filled: Filled) -> None:
    store, systems = filled
    oldest, *_, newest = milestones(filled, "churn-model")
    saved = store.responses.of(OWNER, newest.id)
    assert saved["data-validation"].at > saved["data-lineage"].at > oldest.started_at
    assert saved["rollback"].at == newest.made_at
    assert store.systems.get(OWNER, systems["churn-model"]).created_at == oldest.made_at
