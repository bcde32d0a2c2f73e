from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from data.errors import NameTaken, StoreError, TextRefused, UnknownId, ValueRefused
from data.model import FixState
from data.portfolio import Overview
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, EDITOR, OWNER, a_draft, a_health_check, a_milestone, a_system, the_workspace


def _a_next_draft(store: Store, system: str) -> str:
    return store.assessments.start(OWNER, system, CHECKLIST.version, from_milestone=True).id


def _overview(store: Store) -> Overview:
    [found] = store.portfolio.of(OWNER, the_workspace(store).id)
    return found


# What a system is kept in order with


def test_a_new_system_has_no_tags_no_owner_and_a_rhythm_of_ninety_days(store: Store) -> None:
    made = a_system(store)
    assert (made.tags, made.owner, made.rhythm_days) == ((), "", 90)
    assert store.systems.get(OWNER, made.id) == made


def test_everything_of_a_system_is_edited_at_once_and_leaves_one_event(store: Store) -> None:
    system = a_system(store).id
    edited = store.systems.edit(EDITOR, system, "Churn", "Who leaves.", ("EU", "retail"), "Ola", 30)
    assert store.systems.get(OWNER, system) == edited
    assert (edited.name, edited.about, edited.tags) == ("Churn", "Who leaves.", ("EU", "retail"))
    assert (edited.owner, edited.rhythm_days) == ("Ola", 30)
    event = store.audit.events(OWNER, system=system)[0]
    assert (event.event, event.actor, event.before["rhythm_days"], event.after["rhythm_days"]) == (
        "edit-system", "Emil", 90, 30,
    )  # fmt: skip


def test_what_is_not_named_stays_and_what_is_the_same_leaves_no_event(store: Store) -> None:
    system = store.systems.edit(OWNER, a_system(store).id, tags=["EU"], owner="Ola")
    assert store.systems.edit(OWNER, system.id, rhythm_days=0) == store.systems.get(OWNER, system.id)
    assert store.systems.get(OWNER, system.id).tags == ("EU",)
    events = store.audit.events(OWNER, system=system.id)
    store.systems.edit(OWNER, system.id, "Churn model", "", ("EU",), "Ola", 0)
    assert store.audit.events(OWNER, system=system.id) == events


def test_tags_are_trimmed_and_there_once_however_they_are_capitalised(store: Store) -> None:
    edited = store.systems.edit(OWNER, a_system(store).id, tags=["  real\n time ", "", "EU", "Real Time", "eu"])
    assert edited.tags == ("real time", "EU")


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"tags": [f"tag {number}" for number in range(11)]}, TextRefused, "11 tags; keep at most 10"),
        ({"tags": ["x" * 41]}, TextRefused, "The tag has 41 characters"),
        ({"tags": ["EU, south"]}, TextRefused, 'The tag "EU, south" has a comma; write it without'),
        ({"owner": "x" * 201}, TextRefused, "The owner has 201"),
        ({"rhythm_days": -1}, ValueRefused, "A rhythm of -1 days"),
        ({"rhythm_days": 3651}, ValueRefused, "choose 1 to 3,650 days, or 0 for none"),
        ({"name": " "}, TextRefused, "The name is empty"),
        ({"name": "RANKING"}, NameTaken, 'already has a system "Ranking"'),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_of_the_edit_is_kept(
    store: Store, changes: dict[str, Any], refusal: type[StoreError], words: str
) -> None:
    a_system(store, "Ranking")
    before = a_system(store)
    with pytest.raises(refusal, match=words):
        store.systems.edit(OWNER, before.id, about="New", **{"owner": "Ola", **changes})
    assert store.systems.get(OWNER, before.id) == before


# Still true


def test_a_carried_answer_that_is_confirmed_counts_as_given_now(store: Store) -> None:
    system = a_system(store).id
    given = {"data-1": Response.rated(4, "Checked", ("https://a.example",)), "data-2": Response.unknown()}
    a_milestone(store, system, responses=given)
    draft = _a_next_draft(store, system)
    carried = store.responses.of(OWNER, draft)
    confirmed = store.responses.confirm(EDITOR, draft, ["data-1"])
    after = store.responses.of(OWNER, draft)
    assert confirmed == {"data-1": after["data-1"]}
    assert after["data-1"].response == given["data-1"]
    assert (after["data-1"].version, after["data-1"].author) == (carried["data-1"].version + 1, "Emil")
    assert after["data-1"].at >= store.assessments.get(OWNER, draft).started_at > carried["data-1"].at
    assert after["data-2"] == carried["data-2"]
    assert store.audit.events(OWNER, system=system)[0].after == ["data-1"]


def test_only_carried_answers_can_be_confirmed(store: Store) -> None:
    """What was changed or confirmed in this assessment keeps its author and its version."""
    system = a_system(store).id
    a_milestone(store, system, responses={"data-1": Response.rated(4), "data-2": Response.rated(2)})
    draft = _a_next_draft(store, system)
    store.responses.save(OWNER, draft, "data-1", Response.rated(5), expected=1)
    store.responses.save(OWNER, draft, "data-2", Response(), expected=1)
    before = store.responses.of(OWNER, draft)
    events = store.audit.events(OWNER, system=system)
    assert store.responses.confirm(EDITOR, draft, ["data-1", "data-2", "data-3"]) == {}
    assert store.responses.of(OWNER, draft) == before
    assert store.audit.events(OWNER, system=system) == events


def test_answers_of_a_milestone_are_not_confirmed(store: Store) -> None:
    milestone = a_milestone(store)
    with pytest.raises(StoreError, match="is a milestone"):
        store.responses.confirm(OWNER, milestone.id, ["data-1"])


# Since when a fix is done


def test_a_fix_knows_since_when_it_is_done_whatever_else_is_saved_of_it(store: Store) -> None:
    system = a_system(store).id
    doing = store.fixes.save(OWNER, system, "data-1", FixState(state="doing"))
    assert doing.done_at is None
    done = store.fixes.save(OWNER, system, "data-1", FixState(state="done", version=doing.version))
    assert done.done_at == done.at
    owned = store.fixes.save(OWNER, system, "data-1", FixState("Ben", state="done", version=done.version))
    assert (owned.done_at, owned.at != done.at) == (done.at, True)
    again = store.fixes.save(OWNER, system, "data-1", FixState("Ben", state="open", version=owned.version))
    assert again.done_at is None
    assert store.fixes.of(OWNER, system) == {"data-1": again}


# The whole workspace at once


def test_an_empty_workspace_has_an_empty_portfolio_and_an_unknown_one_none(store: Store) -> None:
    assert store.portfolio.of(OWNER, the_workspace(store).id) == []
    with pytest.raises(UnknownId):
        store.portfolio.of(OWNER, "no-such")


def test_a_portfolio_lists_the_systems_in_use_by_name(store: Store) -> None:
    for name in ("beta", "Alpha", "Gone", "Old"):
        a_milestone(store, a_system(store, name).id)
    gone, old = (one.id for one in store.systems.all(OWNER, the_workspace(store).id)[2:])
    store.systems.delete(OWNER, gone)
    store.systems.archive(OWNER, old)
    assert [one.system.name for one in store.portfolio.of(OWNER, the_workspace(store).id)] == ["Alpha", "beta"]


def test_a_portfolio_says_of_each_system_what_its_own_calls_say(store: Store) -> None:
    system = a_system(store).id
    a_milestone(store, system, "Old", rating=2)
    milestone = a_milestone(store, system, rating=3)
    store.fixes.save(OWNER, system, "data-2", FixState(state="accepted", reason="Small.", review=date(2026, 5, 1)))
    draft = _a_next_draft(store, system)
    a_health_check(store, draft)
    store.responses.save(OWNER, draft, "data-1", Response.not_applicable("other", "Because"), expected=1)
    found = _overview(store)
    assert found.system == store.systems.get(OWNER, system)
    assert [found.latest] == store.history.latest(OWNER, the_workspace(store).id)
    assert found.latest is not None
    assert found.latest.recent == (Fraction(2), Fraction(3))
    assert found.fixes == store.fixes.of(OWNER, system)
    assert found.milestone is not None
    assert found.milestone.assessment == milestone
    assert found.milestone.answers == store.answers(OWNER, milestone.id)
    assert found.draft is not None
    assert found.draft is found.newest
    stored = store.responses.of(OWNER, draft)
    assert found.draft.answered_at == {item: saved.at for item, saved in stored.items()}
    told = store.answers(OWNER, draft)
    assert (found.draft.answers.health, found.draft.answers.accepted) == (told.health, told.accepted)
    kept = {item: (one.state, one.rating, one.reason) for item, one in told.responses.items()}
    assert {item: (one.state, one.rating, one.reason) for item, one in found.draft.answers.responses.items()} == kept


def test_a_portfolio_counts_what_people_agree_on_as_every_other_call_does(store: Store) -> None:
    """The team's own answer, else the median of those who submitted, else what was carried over."""
    system = a_system(store).id
    a_milestone(store, system, responses={"data-1": Response.rated(4), "data-2": Response.rated(4)})
    draft = _a_next_draft(store, system)
    store.responses.save(OWNER, draft, "data-3", Response.rated(1))
    for name, rating, submits in (("Ana", 3, True), ("Ben", 5, True), ("Cleo", 1, True), ("Dan", 2, False)):
        person = store.respondents.add(OWNER, draft, name).id
        given = {item: Response.rated(rating) for item in ("data-1", "data-3", "data-4")}
        store.responses.save_many(OWNER, draft, given, respondent=person)
        if submits:
            store.respondents.submit(OWNER, person)
    store.respondents.remove(OWNER, store.respondents.all(OWNER, draft)[2].id)
    found = _overview(store).draft
    assert found is not None
    ratings = {item: one.rating for item, one in found.answers.responses.items()}
    assert ratings == {"data-1": 3, "data-2": 4, "data-3": 1, "data-4": 3}
    assert found.answers == store.answers(OWNER, draft)
    assert found.answered_at == store.answered_at(OWNER, draft)


def test_an_agreed_answer_is_as_old_as_the_last_one_that_went_into_it(store: Store) -> None:
    draft = a_draft(store).id
    people = [store.respondents.add(OWNER, draft, name).id for name in ("Ana", "Ben")]
    for person in people:
        store.responses.save(OWNER, draft, "data-1", Response.rated(3), respondent=person)
    last = store.responses.of(OWNER, draft, people[1])["data-1"].at
    assert store.answered_at(OWNER, draft) == {}
    for person in people:
        store.respondents.submit(OWNER, person)
    assert store.answered_at(OWNER, draft) == {"data-1": last}


def test_a_system_without_a_milestone_shows_its_draft_and_one_without_anything_is_there(store: Store) -> None:
    draft = a_draft(store, data_1=2)
    found = _overview(store)
    assert (found.latest, found.milestone) == (None, None)
    assert found.newest is not None
    assert found.newest.assessment == draft
    store.assessments.discard(OWNER, draft.id)
    assert (_overview(store).newest, _overview(store).fixes) == (None, {})


def test_a_portfolio_reads_no_other_workspace(store: Store) -> None:
    other = store.workspaces.create(OWNER, "Other").id
    system = store.systems.create(OWNER, other, "Elsewhere").id
    a_milestone(store, system)
    store.fixes.save(OWNER, system, "data-1", FixState("Ben"))
    a_system(store)
    assert (_overview(store).newest, _overview(store).fixes) == (None, {})
