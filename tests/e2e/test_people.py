"""Three colleagues answer alone in a real browser, submit, see where they disagree, and decide together."""

import pytest
from playwright.sync_api import expect

from data.store import Store
from scoring.model import Response
from tests.e2e.conftest import NewPerson, own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_draft, a_system, checklist, the_workspace

pytestmark = pytest.mark.browser

SECTION = checklist().sections[0]
FIRST, SECOND, THIRD = (item.id for item in SECTION.items[:3])


server = own_server(a_system)


def _adds(person: Person, name: str, role: str) -> None:
    person.types("Name", name)
    box = person.key("person-role").get_by_role("combobox")
    box.click()
    box.fill(role)
    box.press("Enter")
    person.clicks("Add a person")
    person.sees(f"Answer as {name}")
    person.settles()


def _answers_alone(person: Person, name: str, ratings: dict[str, int]) -> None:
    """From the people's page into one's own form, to its end, and back."""
    person.page.get_by_role("link", name=f"Answer as {name}", exact=True).click()
    person.sees(f"These are the answers of {name}")
    person.settles()
    person.sees_chosen(SECTION.items, {})
    for count, (item, rating) in enumerate(ratings.items(), start=1):
        person.answers(item, rating)
        person.sees_answered(count)
    person.clicks("Look back")
    person.sees(f"{41 - len(ratings)} questions stay open; your answers count where you gave one.")
    person.clicks("Submit my answers")
    person.sees(f"The answers of {name} are submitted.")
    person.sees_title("People")
    person.settles()


def test_colleagues_answer_alone_disagree_and_decide_together(person: Person, server: Server) -> None:
    person.opens("/people")
    for name, role in (("Ana", "Lead"), ("Ben", "On-call engineer"), ("Carla", "Analyst of risks")):
        _adds(person, name, role)
    _answers_alone(person, "Ana", {FIRST: 4, SECOND: 3})
    person.sees("Disagreement shows here as soon as two people have submitted.")
    _answers_alone(person, "Ben", {FIRST: 2, SECOND: 3})
    person.sees("The on-call engineer says 2, the lead says 4: talk about this first.")
    _answers_alone(person, "Carla", {FIRST: 4, SECOND: 2})
    person.sees("Three people answered and disagree on 2 questions")
    person.goes_to("Results")
    person.sees(f"You disagree on 2 questions; the widest: {SECTION.items[0].name} (2 to 4).")
    person.page.get_by_role("link", name="See where you disagree").click()
    person.sees_title("People")
    person.clicks("Go through them together")
    person.sees("1 of 2")
    person.sees("Chosen by Ana, Carla")
    person.key(f"decide-{FIRST}").get_by_test_id("stRadioOption").nth(2).click()
    person.types("Why", "Only by hand, and only once")
    person.clicks("Save and next")
    person.sees("2 of 2")
    person.reloads()
    person.sees("2 of 2")
    person.clicks("Skip")
    person.sees("You decided one of two questions.")
    person.sees("Only by hand, and only once")
    person.sees_no_fault()
    server.stop()
    first, second = server.with_store(_counted)
    assert first == Response.rated(3, "Only by hand, and only once")
    assert second.rating == 3


def _counted(store: Store) -> tuple[Response, Response]:
    system = store.systems.all(OWNER, the_workspace(store))[0]
    draft = store.assessments.draft(OWNER, system.id)
    assert draft, "There is no draft."
    responses = store.answers(OWNER, draft.id).responses
    return responses[FIRST], responses[SECOND]


def _two_who_disagree(store: Store) -> None:
    draft = a_draft(store, a_system(store).id).id
    for name, rating in (("Ana", 4), ("Ben", 2)):
        one = store.respondents.add(OWNER, draft, name).id
        given = {FIRST: Response.rated(rating), SECOND: Response.rated(rating)}
        store.responses.save_many(OWNER, draft, given, respondent=one)
        store.respondents.submit(OWNER, one)


@pytest.mark.parametrize("server", [_two_who_disagree], ids=["two-who-disagree"], indirect=True)
def test_two_tabs_that_decide_the_same_question_see_both_and_lose_neither(
    new_person: NewPerson, server: Server
) -> None:
    first, second = new_person(), new_person()
    for tab in (first, second):
        tab.opens("/meeting")
        tab.sees("1 of 2")
    first.key(f"decide-{FIRST}").get_by_test_id("stRadioOption").nth(0).click()
    first.clicks("Save and next")
    first.sees("2 of 2")
    second.key(f"decide-{FIRST}").get_by_test_id("stRadioOption").nth(4).click()
    second.clicks("Save and next")
    clash = second.sees_clash(FIRST, "1", "5")
    second.clicks("Save my choice")
    expect(clash).to_have_count(0, timeout=PATIENCE)
    second.sees("Chosen by Ana")
    server.stop()
    assert server.with_store(_counted)[0] == Response.rated(5)
