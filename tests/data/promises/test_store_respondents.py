from datetime import timedelta

import pytest

from data.errors import (
    AlreadySubmitted,
    Conflict,
    MilestoneIsFrozen,
    NameTaken,
    NothingToSubmit,
    TextRefused,
    UnknownId,
)
from data.model import Respondent
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, EDITOR, OWNER, a_draft, a_system, the_workspace


def a_person(store: Store, draft: str, name: str = "Ana", role: str = "lead", **rated: int) -> Respondent:
    """Somebody with these answers, not submitted: a_person(store, draft, data_1=3)."""
    person = store.respondents.add(OWNER, draft, name, role)
    for item, rating in rated.items():
        store.responses.save(OWNER, draft, item.replace("_", "-"), Response.rated(rating), respondent=person.id)
    return person


def who_submitted(store: Store, draft: str, name: str, role: str = "", **rated: int) -> Respondent:
    person = a_person(store, draft, name, role, **rated)
    return store.respondents.submit(OWNER, person.id)


def counts(store: Store, assessment: str) -> dict[str, int | None]:
    """The ratings that count in the result."""
    return {item: response.rating for item, response in store.answers(OWNER, assessment).responses.items()}


# Who answers


def test_a_person_is_there_with_name_role_and_progress(store: Store) -> None:
    draft = a_draft(store).id
    ana = a_person(store, draft, "  Ana \n Lopez ", "on-call engineer", data_1=3, data_2=4)
    [found] = store.respondents.all(OWNER, draft)
    assert (found.id, found.name, found.role, found.answered) == (ana.id, "Ana Lopez", "on-call engineer", 2)
    assert not found.has_submitted
    assert store.respondents.get(OWNER, ana.id) == found


def test_people_stand_in_the_order_in_which_they_came(store: Store) -> None:
    draft = a_draft(store).id
    for name in ("Zoe", "Ana", "Mia"):
        a_person(store, draft, name)
    assert [person.name for person in store.respondents.all(OWNER, draft)] == ["Zoe", "Ana", "Mia"]


def test_a_cleared_answer_is_no_progress(store: Store) -> None:
    draft = a_draft(store).id
    ana = a_person(store, draft, data_1=3)
    store.responses.save(OWNER, draft, "data-1", Response(), expected=1, respondent=ana.id)
    assert store.respondents.get(OWNER, ana.id).answered == 0


@pytest.mark.parametrize("name", ["Ana", " ana ", "ＡNA"])
def test_two_people_never_share_a_name(store: Store, name: str) -> None:
    draft = a_draft(store).id
    a_person(store, draft, "Ana")
    ben = a_person(store, draft, "Ben")
    with pytest.raises(NameTaken, match='"Ana" answers already'):
        store.respondents.add(OWNER, draft, name)
    with pytest.raises(NameTaken):
        store.respondents.rename(OWNER, ben.id, name, "")
    assert [person.name for person in store.respondents.all(OWNER, draft)] == ["Ana", "Ben"]


def test_an_empty_name_is_refused_and_an_empty_role_is_not(store: Store) -> None:
    draft = a_draft(store).id
    with pytest.raises(TextRefused, match="name is empty"):
        store.respondents.add(OWNER, draft, " ")
    assert store.respondents.add(OWNER, draft, "Ana", " ").role == ""


def test_a_person_may_change_name_and_role(store: Store) -> None:
    ana = a_person(store, a_draft(store).id, "Ana", "lead", data_1=3)
    changed = store.respondents.rename(OWNER, ana.id, "ana", "data scientist")
    assert (changed.id, changed.name, changed.role, changed.answered) == (ana.id, "ana", "data scientist", 1)


def test_a_removed_person_comes_back_with_their_answers(store: Store) -> None:
    draft = a_draft(store).id
    ana = who_submitted(store, draft, "Ana", data_1=3)
    store.respondents.remove(OWNER, ana.id)
    assert store.respondents.all(OWNER, draft) == []
    assert [person.id for person in store.respondents.all(OWNER, draft, removed=True)] == [ana.id]
    assert counts(store, draft) == {}
    with pytest.raises(UnknownId):
        store.responses.of(OWNER, draft, respondent=ana.id)
    assert store.respondents.restore(OWNER, ana.id) == ana
    assert counts(store, draft) == {"data-1": 3}


def test_a_person_does_not_come_back_under_a_name_that_is_taken(store: Store) -> None:
    draft = a_draft(store).id
    ana = a_person(store, draft, "Ana")
    store.respondents.remove(OWNER, ana.id)
    a_person(store, draft, "Ana")
    with pytest.raises(NameTaken):
        store.respondents.restore(OWNER, ana.id)


def test_nobody_answers_for_an_assessment_that_is_not_theirs(store: Store) -> None:
    ana = a_person(store, a_draft(store).id)
    other = a_draft(store, a_system(store, "Other").id).id
    for respondent in (ana.id, "nobody"):
        with pytest.raises(UnknownId, match="There is no respondent"):
            store.responses.save(OWNER, other, "data-1", Response.rated(3), respondent=respondent)
        with pytest.raises(UnknownId):
            store.responses.of(OWNER, other, respondent=respondent)
        with pytest.raises(UnknownId):
            store.responses.save_health(OWNER, other, "fast-rollback", "yes", respondent=respondent)


# Blind until submitted


def test_nobody_sees_what_was_not_submitted(store: Store) -> None:
    draft = a_draft(store).id
    ana = a_person(store, draft, "Ana", data_1=3)
    ben = who_submitted(store, draft, "Ben", data_1=5)
    seen = store.respondents.answers_of_submitted(OWNER, draft)
    assert {person.name: {item: saved.response.rating for item, saved in answers.items()}
            for person, answers in seen.items()} == {"Ben": {"data-1": 5}}  # fmt: skip
    assert counts(store, draft) == {"data-1": 5}
    assert set(store.responses.of(OWNER, draft, respondent=ana.id)) == {"data-1"}
    store.respondents.reopen(OWNER, ben.id)
    assert store.respondents.answers_of_submitted(OWNER, draft) == {}


def test_the_trail_does_not_tell_what_a_person_answered(store: Store) -> None:
    draft = a_draft(store, data_1=2)
    ana = a_person(store, draft.id, data_1=3)
    store.responses.save_many(OWNER, draft.id, {"data-2": Response.rated(4, "secret")}, respondent=ana.id)
    store.responses.save_health(OWNER, draft.id, "fast-rollback", "no", respondent=ana.id)
    told = [event for event in store.audit.events(OWNER, system=draft.system) if event.event.startswith("answer")]
    assert [(event.event, event.after is None) for event in reversed(told)] == [
        ("answer", False), ("answer", True), ("answer-many", True), ("answer-health", True),
    ]  # fmt: skip


def test_submitted_answers_stay_until_submitting_is_taken_back(store: Store) -> None:
    draft = a_draft(store).id
    ana = who_submitted(store, draft, "Ana", data_1=3)
    with pytest.raises(AlreadySubmitted, match="Ana has submitted"):
        store.responses.save(OWNER, draft, "data-1", Response.rated(5), expected=1, respondent=ana.id)
    with pytest.raises(AlreadySubmitted):
        store.responses.save_many(OWNER, draft, {"data-2": Response.rated(5)}, respondent=ana.id)
    store.respondents.reopen(OWNER, ana.id)
    store.responses.save(OWNER, draft, "data-1", Response.rated(5), expected=1, respondent=ana.id)
    assert store.respondents.submit(OWNER, ana.id).has_submitted
    assert counts(store, draft) == {"data-1": 5}


def test_who_answered_nothing_cannot_submit(store: Store) -> None:
    ana = a_person(store, a_draft(store).id)
    with pytest.raises(NothingToSubmit, match="Ana has not answered anything yet"):
        store.respondents.submit(OWNER, ana.id)


def test_submitting_twice_is_submitting_once(store: Store) -> None:
    ana = who_submitted(store, a_draft(store).id, "Ana", data_1=3)
    assert store.respondents.submit(OWNER, ana.id) == ana


def test_two_tabs_of_one_person_see_each_other(store: Store) -> None:
    draft = a_draft(store).id
    ana = a_person(store, draft, data_1=3)
    with pytest.raises(Conflict) as clash:
        store.responses.save(EDITOR, draft, "data-1", Response.rated(5), respondent=ana.id)
    assert clash.value.stored.response == Response.rated(3)


# What counts


def test_the_result_uses_the_median_of_those_who_submitted(store: Store) -> None:
    draft = a_draft(store).id
    who_submitted(store, draft, "Ana", data_1=2, data_2=4)
    who_submitted(store, draft, "Ben", data_1=5)
    who_submitted(store, draft, "Carla", data_1=3)
    a_person(store, draft, "Dev", data_1=1, data_3=1)
    assert counts(store, draft) == {"data-1": 3, "data-2": 4}
    assert store.respondents.basis(OWNER, draft) == {"data-1": 3, "data-2": 1}


def test_what_the_team_decided_counts_before_the_median(store: Store) -> None:
    draft = a_draft(store, data_1=5).id
    who_submitted(store, draft, "Ana", data_1=2)
    assert counts(store, draft) == {"data-1": 5}
    assert store.respondents.basis(OWNER, draft) == {}
    store.responses.save(OWNER, draft, "data-1", Response(), expected=1)
    assert counts(store, draft) == {"data-1": 2}


def test_a_carried_over_answer_gives_way_until_somebody_confirms_it(store: Store) -> None:
    system = a_system(store).id
    first = a_draft(store, system, data_1=5, data_2=4)
    store.milestones.make(OWNER, first.id, "First", CHECKLIST)
    draft = store.assessments.start(OWNER, system, CHECKLIST.version, from_milestone=True).id
    who_submitted(store, draft, "Ana", data_1=2)
    assert counts(store, draft) == {"data-1": 2, "data-2": 4}
    store.responses.save(OWNER, draft, "data-1", Response.rated(3), expected=1)
    assert counts(store, draft) == {"data-1": 3, "data-2": 4}


def test_don_t_know_of_the_team_is_a_decision_and_an_empty_form_is_none(store: Store) -> None:
    draft = a_draft(store).id
    who_submitted(store, draft, "Ana", data_1=2, data_2=2)
    store.responses.save(OWNER, draft, "data-1", Response.unknown("we must look"))
    assert store.answers(OWNER, draft).responses["data-1"] == Response.unknown("we must look")
    assert store.answers(OWNER, draft).responses["data-2"] == Response.rated(2)


def test_notes_and_links_come_with_the_name_of_who_wrote_them(store: Store) -> None:
    draft = a_draft(store).id
    for name, rating in (("Ana", 2), ("Ben", 3)):
        person = a_person(store, draft, name)
        given = Response.rated(rating, f"seen by {name}", (f"https://{name}.example",))
        store.responses.save(OWNER, draft, "data-1", given, respondent=person.id)
        store.respondents.submit(OWNER, person.id)
    counted = store.answers(OWNER, draft).responses["data-1"]
    assert counted.note == "Ana: seen by Ana\nBen: seen by Ben"
    assert counted.evidence == ("https://Ana.example", "https://Ben.example")


def test_the_home_page_counts_what_people_submitted(store: Store) -> None:
    draft = a_draft(store, data_1=1)
    who_submitted(store, draft.id, "Ana", data_1=2, data_2=2)
    who_submitted(store, draft.id, "Ben", data_2=2, data_3=2)
    a_person(store, draft.id, "Carla", data_4=1)
    assert store.assessments.progress(OWNER, the_workspace(store).id) == {draft.system: 3}


# Milestones


def test_a_milestone_keeps_what_counted_when_it_was_made(store: Store) -> None:
    draft = a_draft(store, data_3=5)
    people = [
        who_submitted(store, draft.id, name, data_1=rating, data_2=rating) for name, rating in (("Ana", 2), ("Ben", 4))
    ]
    late = a_person(store, draft.id, "Carla", data_1=5)
    before, basis = store.answers(OWNER, draft.id), store.respondents.basis(OWNER, draft.id)
    milestone = store.milestones.make(OWNER, draft.id, "First", CHECKLIST)
    assert store.answers(OWNER, milestone.id) == before
    assert store.respondents.basis(OWNER, milestone.id) == basis == {"data-1": 2, "data-2": 2}
    assert store.responses.of(OWNER, milestone.id)["data-1"].author == "Agreed by 2"
    assert store.doctor(OWNER, CHECKLIST).is_healthy
    assert [person.name for person in store.respondents.answers_of_submitted(OWNER, milestone.id)] == ["Ana", "Ben"]
    frozen = (
        lambda: store.respondents.add(OWNER, milestone.id, "Dev"),
        lambda: store.respondents.rename(OWNER, late.id, "Cara", ""),
        lambda: store.respondents.remove(OWNER, people[0].id),
        lambda: store.respondents.submit(OWNER, late.id),
        lambda: store.respondents.reopen(OWNER, people[0].id),
        lambda: store.responses.save(OWNER, milestone.id, "data-4", Response.rated(1), respondent=late.id),
    )
    for attempt in frozen:
        with pytest.raises(MilestoneIsFrozen):
            attempt()
    assert store.answers(OWNER, milestone.id) == before


def test_the_next_assessment_starts_from_what_counted_and_without_people(store: Store) -> None:
    draft = a_draft(store)
    who_submitted(store, draft.id, "Ana", data_1=2)
    store.milestones.make(OWNER, draft.id, "First", CHECKLIST)
    following = store.assessments.start(OWNER, draft.system, CHECKLIST.version, from_milestone=True)
    assert counts(store, following.id) == {"data-1": 2}
    assert store.respondents.all(OWNER, following.id) == []
    assert store.respondents.basis(OWNER, following.id) == {}


def test_agreed_answers_alone_make_a_milestone_and_its_scores(store: Store) -> None:
    draft = a_draft(store)
    who_submitted(store, draft.id, "Ana", **{item.id.replace("-", "_"): 4 for item in CHECKLIST.items})
    store.milestones.make(OWNER, draft.id, "First", CHECKLIST)
    [latest] = store.history.latest(OWNER, the_workspace(store).id)
    assert (latest.score, latest.level, latest.coverage) == (4, 4, 1)


def test_a_milestone_of_the_past_keeps_its_agreements_too(store: Store) -> None:
    draft = a_draft(store)
    who_submitted(store, draft.id, "Ana", data_1=2)
    past = draft.started_at - timedelta(days=30)
    milestone = store.milestones.make(OWNER, draft.id, "First", CHECKLIST, made_at=past)
    assert store.respondents.basis(OWNER, milestone.id) == {"data-1": 1}


def test_purging_a_system_takes_its_people_along(store: Store) -> None:
    draft = a_draft(store)
    who_submitted(store, draft.id, "Ana", data_1=2)
    store.milestones.make(OWNER, draft.id, "First", CHECKLIST)
    store.systems.purge(OWNER, draft.system)
    left = store.size().counts
    assert (left["respondents"], left["agreements"], left["responses"]) == (0, 0, 0)
