"""A person changes the lens of a draft in a real browser, and every answer and every page follows."""

from playwright.sync_api import expect

from data.store import Store
from scoring.model import Response
from tests.e2e.person import Person
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist

LLM = checklist().through("llm")
FIRST = checklist().items[0].id
SECOND = checklist().items[1].id


def test_another_lens_asks_in_other_words_and_keeps_every_answer(store: Store, person: Person) -> None:
    system = a_system(store).id
    draft = a_draft(store, system, all_rated(3))
    person.opens("/checklist", system=system)
    assert _question(person, FIRST) == checklist().item(FIRST).question
    _use(person, "LLM applications")
    assert _question(person, FIRST) == LLM.item(FIRST).question
    assert _chosen(person, FIRST) == [3]
    person.clicks_next()
    person.settles()
    person.clicks("Back")
    person.settles()
    assert _chosen(person, FIRST) == [3]
    _answer(person, SECOND, 5)
    _use(person, "Whole checklist")
    assert (_chosen(person, FIRST), _chosen(person, SECOND)) == ([3], [5])
    saved = store.responses.of(OWNER, draft.id)
    assert saved[SECOND].response == Response.rated(5)
    assert {item: one.response for item, one in saved.items() if item != SECOND} == {
        item: response for item, response in all_rated(3).items() if item != SECOND
    }


def test_a_lens_changed_in_another_tab_takes_nothing_from_this_one(store: Store, person: Person) -> None:
    """The form is open in the old words; what is clicked in them still counts."""
    system = a_system(store).id
    draft = a_draft(store, system, all_rated(3))
    person.opens("/checklist", system=system)
    store.assessments.set_lens(OWNER, draft.id, "llm")
    _answer(person, FIRST, 4)
    person.goes_to("Results")
    person.goes_to("Checklist")
    assert _question(person, FIRST) == LLM.item(FIRST).question
    assert _chosen(person, FIRST) == [4]
    saved = {item: one.response for item, one in store.responses.of(OWNER, draft.id).items()}
    assert saved == all_rated(3) | {FIRST: Response.rated(4)}


def test_results_name_what_the_lens_leaves_out_and_open_the_reasons(store: Store, person: Person) -> None:
    system = a_system(store).id
    a_draft(store, system, all_rated(2))
    person.opens("/checklist", system=system)
    _use(person, "Small team")
    person.goes_to("Results")
    left = checklist().through("small-team").lens.leaves_out
    expect(person.page.get_by_text("Lens: Small team")).to_be_visible()
    expect(person.page.get_by_text(left[0].reason)).to_be_hidden()
    person.page.get_by_text(f"The lens “Small team” leaves out {len(left)} questions of 41.").click()
    expect(person.page.get_by_text(left[0].reason)).to_be_visible()


def _use(person: Person, lens: str) -> None:
    person.clicks("Change the lens")
    person.clicks(f"Use “{lens}”")
    expect(person.page.get_by_text(f"Lens: {lens}", exact=True)).to_be_visible()
    person.settles()


def _question(person: Person, item_id: str) -> str:
    head = person.page.locator(".mc-question").nth([item.id for item in checklist().sections[0].items].index(item_id))
    return head.inner_text().replace("\n", " ")


def _chosen(person: Person, item_id: str) -> list[int]:
    options = person.key(f"answer-{item_id}").get_by_role("radio")
    expect(options).to_have_count(7)
    return [place + 1 for place in range(5) if options.nth(place).is_checked()]


def _answer(person: Person, item_id: str, rating: int) -> None:
    person.key(f"answer-{item_id}").get_by_role("radio").nth(rating - 1).check(force=True)
    person.settles()
