"""Coming back after three months: find the system, settle what waits, confirm what is still true; in a real browser."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from data.model import FixState
from data.store import Store, as_of
from tests.e2e.conftest import own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_milestone, a_system, all_rated, checklist, the_workspace

pytestmark = pytest.mark.browser

SECTION = checklist().sections[0]
DONE = checklist().sections[4].items[3]
LONG_AGO = datetime.now(UTC) - timedelta(days=120)
NAMES = ("Ranking", "Churn", "Pricing")


def _fill(store: Store) -> dict[str, str]:
    then = as_of(store, LONG_AGO)
    ids = {name: a_system(then, name).id for name in NAMES}
    for rating, name in enumerate(NAMES, start=2):
        a_milestone(then, ids[name], "Spring", all_rated(rating))
    then.systems.edit(OWNER, ids["Churn"], tags=["retail"], owner="Ola")
    then.systems.edit(OWNER, ids["Pricing"], tags=["retail"])
    as_of(store, LONG_AGO + timedelta(days=60)).fixes.save(OWNER, ids["Churn"], DONE.id, FixState(state="done"))
    return ids


server = own_server(_fill)


def _listed(person: Person) -> list[str]:
    """The systems on the page from top to bottom."""
    rows = person.page.locator('[class*="st-key-system-row-"]').all_inner_texts()
    return [next(name for name in NAMES if name in row) for row in rows]


def _lists(person: Person, *names: str) -> None:
    person.eventually(lambda: _listed(person) == list(names), f"the page lists {names}")


def test_a_carried_answer_is_confirmed_by_keyboard(person: Person, ids: Mapping[str, str]) -> None:
    """Choosing what is chosen already is no event in a browser; the button is the next stop after the question."""
    person.opens("/checklist", system=ids["Ranking"])
    person.clicks("Start a new assessment")
    person.sees("41 still to confirm")
    item = SECTION.items[1]
    person.key(f"carried-{item.id}").locator("summary").focus()
    person.page.keyboard.press("Tab")
    expect(person.key(f"still-true-{item.id}").get_by_role("button")).to_be_focused(timeout=PATIENCE)
    person.page.keyboard.press("Enter")
    person.sees("40 still to confirm")
    person.key("go-look-back").get_by_role("button").first.click()
    person.sees("Answers from the last assessment: still true?")
    section = person.key(f"still-true-all-{SECTION.id}").get_by_role("button")
    section.focus()
    person.page.keyboard.press("Enter")
    person.sees(f"{41 - len(SECTION.items)} still to confirm")
    person.sees_no_fault()


def test_a_person_comes_back_and_settles_what_waits(person: Person, server: Server, ids: Mapping[str, str]) -> None:
    person.opens("/")
    person.sees("due since")
    person.page.get_by_role("link", name=f"Rate again: {DONE.name}").click()
    person.clicks("Start a new assessment")
    person.sees("41 still to confirm")
    person.sees("Fix marked done on")
    expect(person.key(f"answer-{DONE.id}")).to_be_in_viewport(timeout=PATIENCE)
    person.answers(DONE.id, 4)
    person.sees("rated again since")
    person.sees("40 still to confirm")
    person.opens_section(SECTION.id)
    person.key(f"still-true-{SECTION.items[0].id}").get_by_role("button").click()
    person.sees("39 still to confirm")
    person.clicks("All of this section is still true")
    person.sees(f"{40 - len(SECTION.items)} still to confirm")
    person.sees_chosen(SECTION.items, {item.id: 3 for item in SECTION.items})
    person.goes_to("Results")
    person.sees(f"{40 - len(SECTION.items)} of 41 answers are from")
    person.goes_to("Fixes")
    person.no_longer_sees("To rate again")
    person.sees_no_fault()
    server.stop()
    assert server.with_store(lambda store: _confirmed(store, ids["Churn"])) == {
        DONE.id,
        *(item.id for item in SECTION.items),
    }


def _confirmed(store: Store, system: str) -> set[str]:
    """The answers of the draft that were given or confirmed in it."""
    draft = store.assessments.draft(OWNER, system)
    assert draft
    saved = store.responses.of(OWNER, draft.id)
    return {item for item, one in saved.items() if one.at >= draft.started_at}


def test_quick_clicks_on_still_true_confirm_each_and_lose_no_answer(
    person: Person, server: Server, ids: Mapping[str, str]
) -> None:
    """Nothing below a button moves when it goes, so hands that know where the next one is do not miss."""
    server.stop()
    server.with_store(lambda store: store.assessments.start(OWNER, ids["Churn"], "1", from_milestone=True))
    server.start()
    person.opens("/checklist", system=ids["Churn"])
    first, second, third = (item.id for item in SECTION.items[:3])
    place = _place(person, second)
    person.answers(third, 5)
    for item in (first, second):
        person.key(f"still-true-{item}").get_by_role("button").click(no_wait_after=True)
    person.sees("38 still to confirm")
    assert _place(person, second) == place
    person.sees_chosen(SECTION.items[:3], {first: 3, second: 3, third: 5})
    server.stop()
    assert server.with_store(lambda store: _confirmed(store, ids["Churn"])) == {first, second, third}


def _place(person: Person, item: str) -> float:
    """How far below the section's name an item's answers begin."""
    tops = (person.page.locator(name).bounding_box() for name in (f".st-key-answer-{item}", ".mc-sectionname"))
    below, above = (box["y"] if box else 0 for box in tops)
    return below - above


def test_the_home_page_is_sorted_filtered_and_stays_so(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/")
    _lists(person, "Churn", "Pricing", "Ranking")
    person.picks_from_menu("sort", "Lowest level")
    _lists(person, "Ranking", "Churn", "Pricing")
    person.picks_from_menu("filter-tag", "retail")
    _lists(person, "Churn", "Pricing")
    person.goes_to("Method")
    person.goes_to("Systems")
    _lists(person, "Churn", "Pricing")
    person.reloads()
    _lists(person, "Churn", "Pricing")
    person.clicks("Show all")
    _lists(person, "Ranking", "Churn", "Pricing")


def test_owner_tags_and_rhythm_are_edited_together(person: Person, server: Server, ids: Mapping[str, str]) -> None:
    person.opens("/")
    person.picks_from_menu(f"menu-{ids['Ranking']}", "Edit")
    person.types("Owner (optional)", "Mei")
    person.types("Tags (optional, with commas between them)", "search, EU, search")
    person.types("Assess it again every … days (0: no rhythm)", "200")
    person.clicks("Save")
    row = person.key(f"system-row-{ids['Ranking']}")
    expect(row).to_contain_text("Mei", timeout=PATIENCE)
    expect(row).not_to_contain_text("due since", timeout=PATIENCE)
    server.stop()
    found = server.with_store(lambda store: store.systems.all(OWNER, the_workspace(store))[2])
    assert (found.name, found.owner, found.tags, found.rhythm_days) == ("Ranking", "Mei", ("search", "EU"), 200)
