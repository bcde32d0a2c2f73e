"""Two tabs that answer the same question: the second sees both values and decides, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import NewPerson, own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_system, checklist, ratings, stored, the_workspace

pytestmark = pytest.mark.browser

SECTION = checklist().sections[0]
ITEM, OTHER = SECTION.items[0], SECTION.items[2]


server = own_server(a_system)


def _both_answer(new_person: NewPerson) -> Person:
    """The tab that was overtaken by another one."""
    first, second = new_person(), new_person()
    second.meets_a_change_of(first, ITEM, OTHER)
    return second


@pytest.mark.parametrize(("decision", "kept"), [("Save my choice", 4), ("Keep what is stored", 2)])
def test_the_second_of_two_tabs_sees_both_values_and_decides(
    decision: str, kept: int, new_person: NewPerson, server: Server
) -> None:
    second = _both_answer(new_person)
    second.clicks(decision)
    expect(second.key(f"clash-{ITEM.id}")).to_have_count(0, timeout=PATIENCE)
    second.sees_chosen(SECTION.items, {ITEM.id: kept, OTHER.id: 5})
    server.stop()
    assert ratings(server.with_store(stored)) == {ITEM.id: kept, OTHER.id: 5}


def test_a_tab_that_nobody_decides_in_overwrites_nothing(new_person: NewPerson, server: Server) -> None:
    second = _both_answer(new_person)
    second.answers(SECTION.items[1].id, 3)
    second.sees_answered(3)
    expect(second.key(f"clash-{ITEM.id}")).to_be_visible(timeout=PATIENCE)
    second.goes_to("Results")
    server.stop()
    assert ratings(server.with_store(stored)) == {ITEM.id: 2, OTHER.id: 5, SECTION.items[1].id: 3}


def test_two_tabs_that_answer_different_questions_see_each_other_s_answers(new_person: NewPerson) -> None:
    first, second = new_person(), new_person()
    first.opens("/checklist")
    second.opens("/checklist")
    first.answers(ITEM.id, 2)
    first.sees_answered(1)
    second.answers(OTHER.id, 4)
    second.sees_answered(2)
    second.sees_chosen(SECTION.items, {ITEM.id: 2, OTHER.id: 4})


def test_a_tab_of_the_health_check_keeps_what_another_one_answered(new_person: NewPerson, server: Server) -> None:
    first, second = new_person(), new_person()
    first.opens("/health-check")
    second.opens("/health-check")
    questions = checklist().health
    first.says(questions[0].id, "Yes")
    first.sees("1 of 5 answered")
    second.says(questions[1].id, "No")
    second.sees("2 of 5 answered")
    expect(second.key(f"health-{questions[0].id}").get_by_role("radio", name="Yes", exact=True)).to_be_checked(
        timeout=PATIENCE
    )
    server.stop()
    assert server.with_store(_health) == {questions[0].id: "yes", questions[1].id: "no"}


def _health(store: Store) -> dict[str, str]:
    system = store.systems.all(OWNER, the_workspace(store))[0]
    draft = store.assessments.draft(OWNER, system.id)
    assert draft, "There is no draft."
    return dict(store.responses.health(OWNER, draft.id))
