"""What is deleted comes back with one click, as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import a_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_milestone, a_system, all_rated

pytestmark = pytest.mark.browser


@pytest.fixture
def ids() -> dict[str, str]:
    return {}


@pytest.fixture
def server(tmp_path: Path, ids: dict[str, str]) -> Iterator[Server]:
    def fill(store: Store) -> None:
        ids["system"] = a_system(store, "Fraud scoring").id
        ids["first"] = a_milestone(store, ids["system"], "Before").id
        ids["second"] = a_milestone(store, ids["system"], "After", all_rated(4)).id

    with a_server(tmp_path, fill) as running:
        yield running


@pytest.mark.parametrize("way", ["Delete", "Archive"])
def test_a_system_comes_back_as_it_was(way: str, person: Person, ids: dict[str, str]) -> None:
    person.opens("/")
    person.picks_from_menu(f"menu-{ids['system']}", way)
    person.sees(f"“Fraud scoring” is {way.lower()}d.")
    expect(person.key(f"system-row-{ids['system']}")).to_have_count(0, timeout=PATIENCE)
    person.clicks("Undo")
    expect(person.key(f"system-row-{ids['system']}")).to_contain_text("Level 4", timeout=PATIENCE)
    person.no_longer_sees(f"“Fraud scoring” is {way.lower()}d.")
    person.opens("/history", system=ids["system"])
    expect(person.page.get_by_role("main").get_by_role("link", name="Before")).to_be_visible(timeout=PATIENCE)


def test_a_milestone_comes_back_as_it_was(person: Person, ids: dict[str, str]) -> None:
    person.opens("/history", system=ids["system"])
    after = person.page.get_by_role("main").get_by_role("link", name="After")
    person.picks_from_menu(f"milestone-{ids['second']}", "Delete")
    person.sees("Milestone “After” is deleted.")
    expect(after).to_have_count(0, timeout=PATIENCE)
    person.clicks("Undo")
    expect(after).to_be_visible(timeout=PATIENCE)
    person.sees("From “Before” to “After”: 41 practices changed.")


def test_a_milestone_that_was_just_saved_becomes_the_draft_again(person: Person, ids: dict[str, str]) -> None:
    person.opens("/checklist", system=ids["system"])
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
