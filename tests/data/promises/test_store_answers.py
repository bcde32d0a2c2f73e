from concurrent.futures import ThreadPoolExecutor

import pytest

from access.actors import Actor
from data.errors import Conflict, MilestoneIsFrozen, TextRefused, ValueRefused
from data.store import Store
from scoring.model import Response, Target
from tests.data.builders import CHECKLIST, EDITOR, OWNER, a_draft, a_health_check, a_milestone


def test_a_response_comes_back_as_it_was(store: Store) -> None:
    draft = a_draft(store)
    given = {
        "data-1": Response.rated(4, "two\nlines\tand 'quotes'", ("https://a.example", "https://b.example")),
        "data-2": Response.not_applicable("out-of-scope", "batch only"),
        "data-3": Response.unknown("ask Ben"),
    }
    for item, response in given.items():
        store.responses.save(EDITOR, draft.id, item, response)
    stored = store.responses.of(OWNER, draft.id)
    assert {item: saved.response for item, saved in stored.items()} == given
    assert {saved.author for saved in stored.values()} == {"Emil"}
    assert store.answers(OWNER, draft.id).responses == given


def test_a_save_with_the_seen_version_counts_it_up(store: Store) -> None:
    draft = a_draft(store)
    first = store.responses.save(OWNER, draft.id, "data-1", Response.rated(2))
    second = store.responses.save(OWNER, draft.id, "data-1", Response.rated(3), expected=first.version)
    assert (first.version, second.version) == (1, 2)
    assert store.responses.of(OWNER, draft.id)["data-1"] == second


@pytest.mark.parametrize("expected", [None, 1, 7])
def test_a_conflict_shows_both_values_and_keeps_the_stored_one(store: Store, expected: int | None) -> None:
    draft = a_draft(store, data_1=1)
    theirs = store.responses.save(EDITOR, draft.id, "data-1", Response.rated(2), expected=1)
    mine = Response.rated(5, "mine")
    with pytest.raises(Conflict, match="Emil answered it meanwhile") as conflict:
        store.responses.save(OWNER, draft.id, "data-1", mine, expected=expected)
    assert (conflict.value.stored, conflict.value.yours) == (theirs, mine)
    assert store.responses.of(OWNER, draft.id)["data-1"] == theirs


def test_expecting_a_version_of_what_was_never_saved_is_a_conflict(store: Store) -> None:
    draft = a_draft(store)
    with pytest.raises(Conflict) as conflict:
        store.responses.save(OWNER, draft.id, "data-1", Response.rated(3), expected=1)
    assert conflict.value.stored is None
    assert str(conflict.value).endswith("it has no answer any more. Choose which one stays.")
    assert store.responses.of(OWNER, draft.id) == {}


def test_saving_what_is_stored_changes_nothing_whatever_was_expected(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    stored = store.responses.of(OWNER, draft.id)["data-1"]
    events = store.audit.events(OWNER, system=draft.system)
    assert store.responses.save(EDITOR, draft.id, "data-1", Response.rated(3), expected=9) == stored
    assert store.audit.events(OWNER, system=draft.system) == events


def test_a_cleared_answer_is_unanswered_and_keeps_its_version(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    saved = store.responses.save(OWNER, draft.id, "data-1", Response(), expected=1)
    assert store.responses.of(OWNER, draft.id)["data-1"] == saved
    assert store.answers(OWNER, draft.id).responses == {}


@pytest.mark.parametrize(
    "response",
    [
        Response("rated", 6),
        Response("rated", 0),
        Response("rated", None),
        Response("rated", True),
        Response("unknown", 3),
        Response("not-applicable"),
        Response("not-applicable", None, "no time"),
        Response("guessed"),  # type: ignore[arg-type]
    ],
)
def test_a_response_that_contradicts_itself_is_refused(store: Store, response: Response) -> None:
    draft = a_draft(store)
    with pytest.raises(ValueRefused):
        store.responses.save(OWNER, draft.id, "data-1", response)
    assert store.responses.of(OWNER, draft.id) == {}


def test_a_note_of_ten_thousand_characters_is_kept_and_a_longer_one_refused(store: Store) -> None:
    draft = a_draft(store)
    saved = store.responses.save(OWNER, draft.id, "data-1", Response.unknown("x" * 10_000))
    assert len(saved.response.note) == 10_000
    with pytest.raises(TextRefused, match="10,001 characters; shorten it to 10,000"):
        store.responses.save(OWNER, draft.id, "data-2", Response.unknown("x" * 10_001))


@pytest.mark.parametrize("item", ["", "Data-1", "data_1", "a" * 101, "data-1\n"])
def test_what_is_no_item_id_is_refused(store: Store, item: str) -> None:
    with pytest.raises(TextRefused):
        store.responses.save(OWNER, a_draft(store).id, item, Response.rated(1))


def test_many_are_saved_together_and_equal_ones_keep_their_version(store: Store) -> None:
    draft = a_draft(store, data_1=3, data_2=3)
    given = {"data-1": Response.rated(3), "data-2": Response.rated(4, "better"), "data-3": Response.unknown()}
    stored = store.responses.save_many(EDITOR, draft.id, given)
    assert {item: saved.response for item, saved in stored.items()} == given
    assert {item: saved.version for item, saved in stored.items()} == {"data-1": 1, "data-2": 2, "data-3": 1}
    assert stored["data-1"].author == "Olga"


def test_of_many_all_are_saved_or_none(store: Store) -> None:
    draft = a_draft(store)
    with pytest.raises(ValueRefused):
        store.responses.save_many(OWNER, draft.id, {"data-1": Response.rated(3), "data-2": Response("rated", 9)})
    assert store.responses.of(OWNER, draft.id) == {}


def test_answers_of_a_milestone_never_change(store: Store) -> None:
    milestone = a_milestone(store)
    before = store.answers(OWNER, milestone.id)
    attempts = (
        lambda: store.responses.save(OWNER, milestone.id, "data-1", Response.rated(5), expected=1),
        lambda: store.responses.save_many(OWNER, milestone.id, {"data-1": Response.rated(5)}),
        lambda: store.responses.save_health(OWNER, milestone.id, "fast-rollback", "yes"),
        lambda: store.assessments.set_failures(OWNER, milestone.id, ["data-drift"]),
        lambda: store.assessments.set_target(OWNER, milestone.id, Target(5)),
        lambda: store.milestones.make(OWNER, milestone.id, "Again", CHECKLIST),
    )
    for attempt in attempts:
        with pytest.raises(MilestoneIsFrozen, match="start a new draft"):
            attempt()
    assert store.answers(OWNER, milestone.id) == before


def test_respondents_do_not_touch_the_answers_of_the_team(store: Store) -> None:
    draft = a_draft(store, data_1=3)
    emil = store.respondents.add(OWNER, draft.id, "Emil").id
    store.responses.save(EDITOR, draft.id, "data-1", Response.rated(1), respondent=emil)
    assert store.responses.of(OWNER, draft.id)["data-1"].response == Response.rated(3)
    assert store.responses.of(OWNER, draft.id, respondent=emil)["data-1"].response == Response.rated(1)


def test_health_answers_come_back_and_can_be_taken_back(store: Store) -> None:
    draft = a_draft(store)
    a_health_check(store, draft.id, yes=4)
    store.responses.save_health(OWNER, draft.id, "fast-rollback", "unsure")
    store.responses.save_health(OWNER, draft.id, "trace-prediction", None)
    health = store.responses.health(OWNER, draft.id)
    assert health == {
        "fast-rollback": "unsure",
        "know-degradation": "yes",
        "pipeline-tests": "yes",
        "reproduce-old-model": "yes",
    }
    assert store.answers(OWNER, draft.id).health == health


def test_a_health_answer_outside_the_three_is_refused(store: Store) -> None:
    with pytest.raises(ValueRefused, match="choose yes, no, unsure"):
        store.responses.save_health(OWNER, a_draft(store).id, "fast-rollback", "maybe")


def test_eight_threads_saving_to_one_assessment_lose_no_answer(store: Store) -> None:
    draft = a_draft(store)

    def answer(thread: int) -> None:
        for number in range(10):
            name = f"item-{thread}-{number}"
            store.responses.save(Actor(f"T{thread}", "editor"), draft.id, name, Response.rated(1 + number % 5))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(answer, range(8)))
    stored = store.responses.of(OWNER, draft.id)
    assert len(stored) == 80
    assert {saved.version for saved in stored.values()} == {1}
    assert all(saved.response.rating == 1 + int(item[-1]) % 5 for item, saved in stored.items())


def test_of_eight_threads_racing_for_one_answer_one_wins_and_seven_see_it(store: Store) -> None:
    draft = a_draft(store)

    def answer(thread: int) -> object:
        try:
            return store.responses.save(OWNER, draft.id, "data-1", Response.unknown(f"note {thread}"))
        except Conflict as conflict:
            return conflict.stored

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(answer, range(8)))
    assert set(seen) == {store.responses.of(OWNER, draft.id)["data-1"]}
