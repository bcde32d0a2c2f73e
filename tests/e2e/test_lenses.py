"""A person changes the lens of a draft in a real browser, and every answer and every page follows."""

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import NewPerson, own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_draft, a_system, all_rated, checklist, ratings, stored

pytestmark = pytest.mark.browser

LLM, SMALL = checklist().through("llm"), checklist().through("small-team")
SECTION = checklist().sections[0]
FIRST, SECOND = SECTION.items[0], SECTION.items[1]
ALL_THREES = {item.id: 3 for item in checklist().items}
HERE = {item.id: 3 for item in SECTION.items}


def _a_full_draft(store: Store) -> None:
    a_draft(store, a_system(store).id, all_rated(3))


server = own_server(_a_full_draft)


def _uses(person: Person, lens: str) -> None:
    person.clicks("Change the lens")
    person.clicks(f"Use “{lens}”")
    expect(person.key("lens").get_by_text(f"Lens: {lens}", exact=True)).to_be_visible(timeout=PATIENCE)
    person.settles()


def test_another_lens_asks_in_other_words_and_keeps_every_answer(person: Person, server: Server) -> None:
    person.opens("/checklist")
    person.sees(FIRST.question)
    _uses(person, "LLM applications")
    person.sees(LLM.item(FIRST.id).question)
    person.sees(LLM.item(FIRST.id).answer(3))
    person.no_longer_sees(FIRST.question)
    person.sees_chosen(SECTION.items, HERE)
    person.answers(SECOND.id, 5)
    person.sees_chosen(SECTION.items, HERE | {SECOND.id: 5})
    person.opens_section(checklist().sections[1].id)
    person.opens_section(SECTION.id)
    person.sees_chosen(SECTION.items, HERE | {SECOND.id: 5})
    _uses(person, "Whole checklist")
    person.sees(FIRST.question)
    person.sees_chosen(SECTION.items, HERE | {SECOND.id: 5})
    server.stop()
    assert ratings(server.with_store(stored)) == ALL_THREES | {SECOND.id: 5}


def test_a_lens_that_another_tab_changes_takes_nothing_from_this_one(new_person: NewPerson, server: Server) -> None:
    """The form is open in the old words, and a browser names a choice by its words."""
    here, there = new_person(), new_person()
    here.opens("/checklist")
    there.opens("/checklist")
    _uses(there, "LLM applications")
    here.answers(FIRST.id, 4)
    here.sees_chosen(SECTION.items, HERE | {FIRST.id: 4})
    here.clicks_next()
    here.sees_section(checklist().sections[1].id)
    here.clicks("Back")
    here.sees_section(SECTION.id)
    here.sees(LLM.item(FIRST.id).question)
    here.sees_chosen(SECTION.items, HERE | {FIRST.id: 4})
    server.stop()
    assert ratings(server.with_store(stored)) == ALL_THREES | {FIRST.id: 4}


def test_what_a_lens_leaves_out_is_neither_asked_nor_lost(person: Person, server: Server) -> None:
    person.opens("/checklist")
    _uses(person, "Small team")
    person.sees_answered(len(SMALL.items), total=len(SMALL.items))
    person.goes_to("Results")
    left = SMALL.lens.leaves_out
    person.sees("Lens: Small team")
    expect(person.page.get_by_text(left[0].reason)).to_be_hidden()
    person.page.get_by_text(f"The lens “Small team” leaves out {len(left)} questions of 41.").click()
    expect(person.page.get_by_text(left[0].reason)).to_be_visible()
    person.sees_no_fault()
    server.stop()
    assert ratings(server.with_store(stored)) == ALL_THREES
