"""What is deleted comes back with one click, as it was."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.stories import a_milestone, a_system, all_rated

pytestmark = pytest.mark.browser


# A system for each test: what one deletes is not missing in another.
NAMES = ("Fraud scoring", "Ranking", "Churn model", "Pricing")


def _fill(store: Store) -> dict[str, str]:
    ids = {name: a_system(store, name).id for name in NAMES}
    for name in NAMES:
        a_milestone(store, ids[name], "Before")
        ids[f"{name}, After"] = a_milestone(store, ids[name], "After", all_rated(4)).id
    return ids


server = shared_server(_fill)


@pytest.mark.parametrize(("way", "name"), [("Delete", "Fraud scoring"), ("Archive", "Ranking")])
def test_a_system_comes_back_as_it_was(way: str, name: str, person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/")
    person.picks_from_menu(f"menu-{ids[name]}", way)
    person.sees(f"“{name}” is {way.lower()}d.")
    expect(person.key(f"system-row-{ids[name]}")).to_have_count(0, timeout=PATIENCE)
    person.clicks("Undo")
    expect(person.key(f"system-row-{ids[name]}")).to_contain_text("Level 4", timeout=PATIENCE)
    person.no_longer_sees(f"“{name}” is {way.lower()}d.")
    person.opens("/history", system=ids[name])
    expect(person.page.get_by_role("main").get_by_role("link", name="Before")).to_be_visible(timeout=PATIENCE)


def test_a_milestone_comes_back_as_it_was(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/history", system=ids["Churn model"])
    after = person.page.get_by_role("main").get_by_role("link", name="After")
    person.picks_from_menu(f"milestone-{ids['Churn model, After']}", "Delete")
    person.sees("Milestone “After” is deleted.")
    expect(after).to_have_count(0, timeout=PATIENCE)
    person.clicks("Undo")
    expect(after).to_be_visible(timeout=PATIENCE)
    person.sees("From “Before” to “After”: 41 practices changed.")


def test_a_milestone_that_was_just_saved_becomes_the_draft_again(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/checklist", system=ids["Pricing"])
    person.clicks("Start a new assessment")
    person.sees_answered(41)
    person.goes_to("Results")
    person.types("Name of the milestone", "Too early")
    person.clicks("Save as milestone")
    person.sees("Saved as milestone “Too early”.")
    person.settles()
    person.clicks("Undo")
    expect(person.page.get_by_role("main").get_by_role("link", name="Too early")).to_have_count(0, timeout=PATIENCE)
    person.sees_no_fault()
