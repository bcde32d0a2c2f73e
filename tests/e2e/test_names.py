"""Systems and milestones get, change and are refused names, in the dialogs in which a person types them."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.e2e.conftest import shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.stories import a_milestone, a_system

pytestmark = pytest.mark.browser


def _fill(store: Store) -> dict[str, str]:
    a_system(store, "Churn model")
    ranking = a_system(store, "Ranking").id
    return {
        "renamed": a_milestone(store, a_system(store, "Fraud scoring").id).system,
        "system": ranking,
        "milestone": a_milestone(store, ranking).id,
    }


server = shared_server(_fill)


@pytest.mark.parametrize(
    ("name", "another"),
    [("", "Alpha"), ("   ", "Beta"), ("Churn model", "Gamma"), ("churn MODEL", "Delta")],
    ids=["empty", "blank", "taken", "taken-in-capitals"],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence_and_can_be_corrected(
    name: str, another: str, person: Person
) -> None:
    person.opens("/")
    person.clicks("Add a system")
    person.types("Name", name)
    person.clicks("Add and start the health check")
    refusal = person.page.get_by_role("dialog").get_by_role("alert")
    expect(refusal).to_contain_text(".", timeout=PATIENCE)
    person.types("Name", another)
    person.clicks("Add and start the health check")
    person.sees_title("Health check")
    person.settles()
    assert f"Five questions about {another}" in person.reads()


def test_a_system_is_renamed_everywhere(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/")
    person.picks_from_menu(f"menu-{ids['renamed']}", "Edit")
    person.types("Name", "Fraud scoring 2")
    person.clicks("Save")
    expect(person.key(f"system-row-{ids['renamed']}")).to_contain_text("Fraud scoring 2", timeout=PATIENCE)
    person.opens("/results", system=ids["renamed"])
    person.sees_title("Fraud scoring 2 is at Level 3, Intermediate.")


def test_a_milestone_is_renamed(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/history", system=ids["system"])
    person.picks_from_menu(f"milestone-{ids['milestone']}", "Rename")
    person.types("Name", "Kick-off")
    person.clicks("Save")
    expect(person.page.get_by_role("main").get_by_role("link", name="Kick-off")).to_be_visible(timeout=PATIENCE)
