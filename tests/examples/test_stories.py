"""Each example is a story that holds together: known ids, believable dates, nothing left without a word why."""

from datetime import UTC, date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checklist.loader import the_checklist
from checklist.reading import ContentError
from examples.stories import EXAMPLES, FOLDER, Story, UnknownExample, read, story

CHECKLIST = the_checklist()
STORIES = {example: story(example, CHECKLIST) for example in EXAMPLES}
of_each_story = pytest.mark.parametrize("told", STORIES.values(), ids=STORIES)

SMALL = """
name: Small model
about: A model.
milestones:
  - name: First look
    weeks_ago: 9
    at: "09:30"
    answers: {rollback: 2, alerting: unknown, ab-testing: out-of-scope}
    notes: {rollback: By hand.}
    evidence: {rollback: ["https://example.com/steps"]}
"""


def faults_of(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(text, "examples/small.yaml", CHECKLIST)
    return [str(fault) for fault in caught.value.faults]


def test_every_story_in_the_folder_can_be_told() -> None:
    assert sorted(EXAMPLES) == sorted(path.stem for path in FOLDER.glob("*.yaml"))


def test_an_example_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownExample, match='"weather"; choose churn-model, fraud-scoring'):
        story("weather", CHECKLIST)


@of_each_story
@given(today=some.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_seen_from_any_day_milestones_lie_in_the_past_on_working_days_with_names_of_their_own(
    told: Story, today: date
) -> None:
    moments = [milestone.made_at(today) for milestone in told.milestones]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert all(timedelta(weeks=6) <= gap <= timedelta(weeks=10) for gap in gaps)
    assert timedelta(weeks=1) <= today - moments[-1].date() <= timedelta(weeks=5)
    assert today - moments[0].date() <= timedelta(days=366)
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 17 and moment.tzinfo is UTC for moment in moments)
    titles = [milestone.title(today) for milestone in told.milestones]
    assert len(set(titles)) == len(titles)


def test_a_milestone_is_named_after_the_month_and_the_quarter_it_was_made_in() -> None:
    today = date(2026, 11, 20)
    titles = [milestone.title(today) for milestone in STORIES["fraud-scoring"].milestones]
    assert titles[1:4] == ["Q1 review", "After the April outage", "May review"]


def test_a_weekend_gives_the_friday_before_it() -> None:
    milestone = read(SMALL, "examples/small.yaml", CHECKLIST).milestones[0]
    saturday = date(2026, 11, 21)
    moments = [milestone.made_at(saturday + timedelta(days=days)) for days in range(3)]
    assert [moment.date().isoformat() for moment in moments] == ["2026-09-18", "2026-09-18", "2026-09-21"]


@of_each_story
def test_whatever_is_not_applicable_or_unknown_at_first_says_why(told: Story) -> None:
    """An example teaches by what it shows, so it does not leave an item out without a reason in words."""
    silent = [
        item
        for milestone in told.milestones
        for item, response in milestone.step.responses.items()
        if response.state != "rated" and not response.note
    ]
    assert not silent


@of_each_story
def test_every_changed_answer_differs_from_the_one_before(told: Story) -> None:
    steps = [milestone.step for milestone in told.milestones] + ([told.draft] if told.draft else [])
    before: dict[str, object] = {}
    for step in steps:
        repeated = [item for item, response in step.responses.items() if before.get(item) == response]
        assert not repeated
        before |= step.responses


@of_each_story
def test_every_response_is_an_answer(told: Story) -> None:
    assert all(
        response.state != "unanswered"
        for milestone in told.milestones
        for response in milestone.step.responses.values()
    )


@of_each_story
def test_every_fix_has_an_owner_and_a_date_and_an_accepted_risk_its_reason(told: Story) -> None:
    for plan in told.plans.values():
        fix = plan.on(date(2026, 11, 20))
        assert fix.owner
        if fix.state == "accepted":
            assert fix.reason
            assert fix.review is not None
        else:
            assert fix.due is not None


def test_an_answer_that_changes_drops_its_note_and_links_and_others_keep_theirs() -> None:
    later = """
  - name: Second look
    weeks_ago: 2
    at: "10:00"
    answers: {rollback: 3}
    notes: {alerting: We asked.}
"""
    step = read(SMALL + later, "examples/small.yaml", CHECKLIST).milestones[1].step
    assert (step.responses["rollback"].note, step.responses["rollback"].evidence) == ("", ())
    assert (step.responses["alerting"].state, step.responses["alerting"].note) == ("unknown", "We asked.")


def test_all_faults_of_a_story_come_at_once_with_line_and_cure() -> None:
    text = (
        SMALL.replace("alerting: unknown", "alerting: 6")
        .replace("notes: {rollback", "notes: {rolback")
        .replace('at: "09:30"', "at: noon")
    )
    faults = faults_of(text + "    failures: [flood]\n")
    assert [fault.split(": ", 1)[0] for fault in faults] == [
        "examples/small.yaml:5",
        "examples/small.yaml:8",
        "examples/small.yaml:9",
        "examples/small.yaml:11",
    ]
    assert "such as" in faults[0]
    assert "1 to 5, unknown" in faults[1]
    assert 'no item "rolback"' in faults[2]
    assert "data-drift" in faults[3]


def test_half_a_health_check_is_a_fault() -> None:
    faults = faults_of(SMALL + "    health: {fast-rollback: yes}\n")
    assert len(faults) == len(CHECKLIST.health) - 1
    assert 'has no "reproduce-old-model"; add it.' in faults[0]


def test_links_without_a_link_and_corrections_without_an_answer_are_faults() -> None:
    later = """
  - name: Second look
    weeks_ago: 2
    at: "10:00"
    answers: {rollback: 3}
    valid_weeks: {rollback: 6}
    corrected: [alerting]
"""
    with pytest.raises(ContentError) as found:
        read(SMALL + later, "examples/small.yaml", CHECKLIST)
    assert '"rollback" has no links that could count until a day; add them.' in str(found.value)
    assert '"alerting" is corrected and not answered; answer it.' in str(found.value)
