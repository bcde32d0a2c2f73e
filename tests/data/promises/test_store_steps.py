"""Several values change together; each only if it still is what the person saw, and none by half."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from access.actors import Actor
from data.errors import MilestoneIsFrozen, TextRefused, ValueRefused
from data.steps import Outcome, Overtaken, Step, StepKind, Value
from data.store import Store
from scoring.model import UNANSWERED, Answers, Response, Target
from tests.data.builders import EDITOR, OWNER, a_draft, a_health_check, a_milestone

FILE = "answers.yaml"
TARGET = Target(4, {"data": 5})
ALL_KINDS = (
    Step("item", "data-1", Response.rated(1), Response.rated(3, "seen in CI", ("https://ci.example",))),
    Step("item", "data-2", UNANSWERED, Response.not_applicable("other", "batch only")),
    Step("item", "data-3", UNANSWERED, Response(note="ask Ben")),
    Step("failure", "data-drift", False, True),
    Step("health", "fast-rollback", None, "yes"),
    Step("target", "", Target(), TARGET),
)


def test_values_of_all_kinds_are_changed_together(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    outcome = store.steps.take(EDITOR, draft.id, ALL_KINDS, FILE)
    assert outcome == Outcome(ALL_KINDS)
    stored = store.responses.of(OWNER, draft.id)
    assert {item: saved.response for item, saved in stored.items()} == {
        step.id: step.wanted for step in ALL_KINDS if step.kind == "item"
    }
    assert [stored[f"data-{n}"].version for n in (1, 2, 3)] == [2, 1, 1]
    assert stored["data-1"].author == "Emil"
    answers = store.answers(OWNER, draft.id)
    assert (answers.failures, answers.target) == (frozenset({"data-drift"}), TARGET)
    assert answers.health == {"fast-rollback": "yes"}


def test_the_way_back_leads_to_where_it_began(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    before = store.answers(OWNER, draft.id)
    done = store.steps.take(EDITOR, draft.id, ALL_KINDS, FILE).done
    assert store.steps.take(EDITOR, draft.id, [step.back for step in done], FILE).overtaken == ()
    assert store.answers(OWNER, draft.id) == before


def test_what_somebody_changed_meanwhile_stays_and_comes_back_with_the_rest_carried_out(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    theirs = Response.rated(5, "theirs")
    store.responses.save(EDITOR, draft.id, "data-1", theirs, expected=1)
    store.assessments.set_target(EDITOR, draft.id, Target(2))
    a_health_check(store, draft.id, yes=0)
    outcome = store.steps.take(OWNER, draft.id, ALL_KINDS, FILE)
    assert outcome.overtaken == (
        Overtaken(ALL_KINDS[0], theirs, "Emil"),
        Overtaken(ALL_KINDS[4], "no"),
        Overtaken(ALL_KINDS[5], Target(2)),
    )
    assert outcome.done == ALL_KINDS[1:4]
    assert store.responses.of(OWNER, draft.id)["data-1"].response == theirs
    assert store.responses.of(OWNER, draft.id)["data-2"].response == ALL_KINDS[1].wanted
    assert store.answers(OWNER, draft.id).target == Target(2)


def test_other_failures_and_areas_stay_as_they_are(store: Store) -> None:
    draft = a_draft(store)
    store.assessments.set_failures(OWNER, draft.id, ["rollback-failures", "data-drift"])
    steps = [Step("failure", "data-drift", True, False), Step("failure", "monitoring-gaps", False, True)]
    store.steps.take(OWNER, draft.id, steps, FILE)
    assert store.answers(OWNER, draft.id).failures == {"rollback-failures", "monitoring-gaps"}


def test_a_value_that_is_there_already_is_neither_done_nor_overtaken_and_leaves_no_event(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    events = store.audit.events(OWNER, system=draft.system)
    step = Step("item", "data-1", Response.rated(1), Response.rated(3))
    assert store.steps.take(EDITOR, draft.id, [step], FILE) == Outcome()
    assert store.audit.events(OWNER, system=draft.system) == events


def test_the_trail_says_where_the_values_came_from(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    store.steps.take(EDITOR, draft.id, ALL_KINDS, FILE)
    (event,) = store.audit.events(OWNER, system=draft.system, limit=1)
    assert (event.actor, event.event, event.subject) == ("Emil", "take-answers", FILE)
    assert event.before["item/data-1"] == {"state": "rated", "rating": 1}
    assert event.after["target/"] == {"overall": 4, "areas": {"data": 5}}


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("item", "data-2", Response("rated", 6)),
        ("item", "data-2", "3"),
        ("item", "data-2", None),
        ("failure", "data-drift", "yes"),
        ("health", "fast-rollback", "maybe"),
        ("target", "", Target(6)),
        ("target", "", Target(None, {"data": 0})),
        ("target", "", 3),
    ],
)
def test_of_values_one_of_which_does_not_fit_none_is_changed(
    store: Store, kind: StepKind, name: str, wanted: Value
) -> None:
    draft = a_draft(store, data_1=1)
    before = store.answers(OWNER, draft.id)
    with pytest.raises(ValueRefused):
        store.steps.take(OWNER, draft.id, [*ALL_KINDS, Step(kind, name, None, wanted)], FILE)
    assert store.answers(OWNER, draft.id) == before


def test_a_note_that_is_too_long_is_refused_with_all_the_rest(store: Store) -> None:
    draft = a_draft(store)
    steps = [Step("health", "fast-rollback", None, "yes"),
             Step("item", "data-1", UNANSWERED, Response.unknown("x" * 10_001))]  # fmt: skip
    with pytest.raises(TextRefused, match="10,001 characters"):
        store.steps.take(OWNER, draft.id, steps, FILE)
    assert store.answers(OWNER, draft.id) == Answers()


def test_a_milestone_takes_no_steps(store: Store) -> None:
    milestone = a_milestone(store)
    before = store.answers(OWNER, milestone.id)
    with pytest.raises(MilestoneIsFrozen):
        store.steps.take(OWNER, milestone.id, [Step("item", "data-1", Response.rated(3), Response.rated(5))], FILE)
    assert store.answers(OWNER, milestone.id) == before


def test_of_eight_who_take_from_the_same_sight_one_wins_each_value_and_nothing_is_lost(store: Store) -> None:
    draft = a_draft(store, data_1=1, data_2=1)

    def take(thread: int) -> Outcome:
        steps = [Step("item", item, Response.rated(1), Response.rated(3, f"by {thread}"))
                 for item in ("data-1", "data-2")]  # fmt: skip
        return store.steps.take(Actor(f"T{thread}", "editor"), draft.id, steps, FILE)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(take, range(8)))
    done = [step for outcome in outcomes for step in outcome.done]
    stored = store.responses.of(OWNER, draft.id)
    assert {step.id: step.wanted for step in done} == {item: stored[item].response for item in ("data-1", "data-2")}
    assert (len(done), sum(len(outcome.overtaken) for outcome in outcomes)) == (2, 14)
