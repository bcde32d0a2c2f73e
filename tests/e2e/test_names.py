"""Systems and milestones get, change and are refused names, in the dialogs in which a person types them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import a_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_milestone, a_system

pytestmark = pytest.mark.browser


@pytest.fixture
def ids() -> dict[str, str]:
    return {}


@pytest.fixture
def server(tmp_path: Path, ids: dict[str, str]) -> Iterator[Server]:
    def fill(store: Store) -> None:
        ids["system"] = a_system(store, "Churn model").id
        ids["milestone"] = a_milestone(store, ids["system"], "First").id

    with a_server(tmp_path, fill) as running:
        yield running


@pytest.mark.parametrize(
    "name", ["", "   ", "Churn model", "churn MODEL"], ids=["empty", "blank", "taken", "taken-in-capitals"]
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence_and_can_be_corrected(name: str, person: Person) -> None:
    person.opens("/")
    person.clicks("Add a system")
    person.types("Name", name)
    person.clicks("Add and start the health check")
    refusal = person.page.get_by_role("dialog").get_by_role("alert")
    expect(refusal).to_contain_text(".", timeout=PATIENCE)
    person.types("Name", "Ranking")
    person.clicks("Add and start the health check")
    person.sees_title("Health check")
    person.settles()
    assert "Five questions about Ranking" in person.reads()


def test_a_system_is_renamed_everywhere(person: Person, ids: dict[str, str]) -> None:
    person.opens("/")
    person.picks_from_menu(f"menu-{ids['system']}", "Edit")
    person.types("Name", "Churn model 2")
    person.clicks("Save")
    expect(person.key(f"system-row-{ids['system']}")).to_contain_text("Churn model 2", timeout=PATIENCE)
    person.opens("/results", system=ids["system"])
    person.sees_title("Churn model 2 is at Level 3, Intermediate.")


def test_a_milestone_is_renamed(person: Person, ids: dict[str, str]) -> None:
    person.opens("/history", system=ids["system"])
    person.picks_from_menu(f"milestone-{ids['milestone']}", "Rename")
    person.types("Name", "Kick-off")
    person.clicks("Save")
    expect(person.page.get_by_role("main").get_by_role("link", name="Kick-off")).to_be_visible(timeout=PATIENCE)
