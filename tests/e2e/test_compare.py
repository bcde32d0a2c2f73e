"""Two assessments are put side by side, turned round, and a person says what was only a mistake."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, expect

from data.store import Store
from tests.e2e.conftest import NewPerson, own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_milestone, a_system, all_rated, by_area, checklist, the_workspace

pytestmark = pytest.mark.browser

FIRST, SECOND = checklist().areas[3].items[:2]


def _fill(store: Store) -> dict[str, str]:
    system, other = a_system(store, "Fraud scoring").id, a_system(store, "Ranking").id
    return {
        "system": system,
        "spring": a_milestone(store, system, "Spring", all_rated(2)).id,
        "autumn": a_milestone(store, system, "Autumn", by_area(monitoring=4)).id,
        "other": other,
        "theirs": a_milestone(store, other, "Theirs", all_rated(5)).id,
    }


server = own_server(_fill)


def _row(person: Person, item: str) -> Locator:
    return person.key(f"differs-{item}")


def _sees_group(person: Person, title: str) -> None:
    expect(person.page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=PATIENCE)


def test_what_changed_is_seen_opened_and_marked_as_a_mistake_and_back(
    person: Person, new_person: NewPerson, ids: Mapping[str, str]
) -> None:
    person.opens("/history", system=ids["system"])
    person.page.get_by_role("main").get_by_role("link", name="Compare them").click()
    person.sees("From “Spring” to “Autumn” the score rose from 2 to 2.4 of 5")
    person.sees("Model monitoring rose, by 2")
    _sees_group(person, "Practice changed: 8")
    _row(person, FIRST.id).locator("summary").click()
    expect(_row(person, FIRST.id).get_by_text(FIRST.answer(4))).to_be_visible(timeout=PATIENCE)
    # The second click comes as fast as a hand can: both marks must be kept.
    for item in (FIRST, SECOND):
        _row(person, item.id).get_by_role("button", name="This corrects an earlier mistake").click()
    _sees_group(person, "Answer corrected: 2")
    _sees_group(person, "Practice changed: 6")
    person.sees_no_fault()
    another = new_person()
    another.opens("/compare", system=ids["system"], assessment=ids["autumn"], **{"with": ids["spring"]})
    _sees_group(another, "Answer corrected: 2")
    _row(another, FIRST.id).get_by_role("button", name="Count it as a change").click()
    _sees_group(another, "Answer corrected: 1")
    person.reloads()
    _sees_group(person, "Practice changed: 7")


def test_sides_are_chosen_swapped_and_kept_in_the_address(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/compare", system=ids["system"])
    person.sees("From “Spring” to “Autumn”")
    person.clicks("Swap")
    person.sees("From “Autumn” to “Spring” the score fell from 2.4 to 2 of 5")
    person.settles()
    person.reloads()
    person.sees("From “Autumn” to “Spring”")
    person.picks_from_menu("compare-left", "Ranking: newest")
    person.sees("Ranking (“Theirs”) is at 5 of 5, Level 5, Expert; Fraud scoring (“Spring”) is at 2 of 5")
    _sees_group(person, "Answered differently: 41")
    person.settles()
    person.clicks("Swap")
    person.sees("Fraud scoring (“Spring”) is at 2 of 5, Level 2, Basic; Ranking (“Theirs”)")
    person.settles()
    person.page.go_back()
    person.sees("Ranking (“Theirs”) is at 5 of 5, Level 5, Expert; Fraud scoring")
    person.sees_no_fault()


def test_until_when_a_link_counts_is_saved_and_there_after_a_reload(
    person: Person, server: Server, ids: Mapping[str, str]
) -> None:
    person.opens("/checklist", system=ids["system"])
    person.clicks("Start a new assessment")
    person.sees_answered(41)
    item = checklist().items[0].id
    person.unfolds_note(item)
    person.key(f"evidence-{item}").get_by_role("textbox").fill("https://ci.example/run")
    day = person.key(f"valid-{item}").get_by_role("spinbutton")
    person.key(f"note-{item}").get_by_role("textbox").click()
    expect(day.first).to_be_enabled(timeout=PATIENCE)
    day.first.click()
    person.page.keyboard.type("31122026")
    person.key(f"note-{item}").get_by_role("textbox").click()
    person.settles()
    person.reloads()
    person.unfolds_note(item)
    shown = person.key(f"valid-{item}").get_by_role("spinbutton")
    expect(shown).to_have_text(["31", "12", "2026"], timeout=PATIENCE)
    person.sees_no_fault()
    server.stop()
    assert server.with_store(_days_saved) == ["2026-12-31"], "a day that is half typed is not saved"


def _days_saved(store: Store) -> list[str]:
    """The last day of links, each time that one was saved."""
    events = store.audit.events(OWNER, workspace=the_workspace(store))
    saved = [event.after.get("valid_until") for event in reversed(events) if event.event == "answer"]
    return [day for day in saved if day]
