"""The path page as a person uses it: to the next level, what if, another target, and the plan that comes of it."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from data.store import Store
from scoring.model import Target
from tests.e2e.conftest import own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_draft, a_system, by_area, checklist

pytestmark = pytest.mark.browser

HELD = by_area(data=4, development=4, deployment=4, monitoring=4, governance=1)
FIRST, SECOND = checklist().area("governance").items[:2]


def _fill(store: Store) -> dict[str, str]:
    system = a_system(store).id
    return {"system": system, "draft": a_draft(store, system, HELD).id}


server = own_server(_fill)


def opens_path(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/fixes", system=ids["system"])
    person.goes_to("Path")
    person.sees_title("Path to Level 3, Intermediate")


def opens_part(person: Person, name: str) -> None:
    person.page.get_by_role("tab", name=name).click()


def finds(person: Person, name: str) -> None:
    """Look for an item by its name; the list shows only what fits."""
    person.key("what-if-item").get_by_role("combobox").click()
    person.page.keyboard.type(name)
    person.page.get_by_role("option", name=name, exact=False).first.click()


def tries(person: Person, item_id: str, verb: str) -> None:
    person.key(f"what-if-{verb.lower()}-{item_id}").get_by_role("button").click()


def sees_numbers(person: Person, *words: str) -> None:
    for word in words:
        expect(person.page.locator(".mc-what-if")).to_contain_text(word, timeout=PATIENCE)


def test_a_person_tries_moves_and_the_assessment_stays_as_it_was(
    person: Person, server: Server, ids: Mapping[str, str]
) -> None:
    opens_path(person, ids)
    opens_part(person, "What if")
    finds(person, FIRST.name)
    tries(person, FIRST.id, "Raise")
    sees_numbers(person, "3.43", "now 3.4")
    tries(person, FIRST.id, "Raise")
    sees_numbers(person, "3.45")
    tries(person, FIRST.id, "Lower")
    sees_numbers(person, "3.43")
    person.goes_to("Results")
    person.sees("3.4 of 5")
    person.goes_to("Path")
    opens_part(person, "What if")
    sees_numbers(person, "3.43", "now 3.4")
    person.clicks("Start over")
    expect(person.page.locator(".mc-what-if")).not_to_contain_text("now", timeout=PATIENCE)
    person.sees_no_fault()


@pytest.mark.parametrize("pause", [60, 150])
def test_each_of_three_quick_clicks_counts(pause: int, person: Person, ids: Mapping[str, str]) -> None:
    opens_path(person, ids)
    opens_part(person, "What if")
    finds(person, FIRST.name)
    button = person.key(f"what-if-raise-{FIRST.id}").get_by_role("button")
    button.click(click_count=3, delay=pause)
    row = person.key(f"what-if-row-{FIRST.id}")
    expect(row).to_contain_text("1 → 4", timeout=PATIENCE)
    person.settles()
    expect(row).to_contain_text("1 → 4", timeout=PATIENCE)


def test_the_path_becomes_the_plan(person: Person, ids: Mapping[str, str]) -> None:
    opens_path(person, ids)
    opens_part(person, "Make it our plan")
    left_out = person.key(f"plan-item-3-{SECOND.id}")
    if left_out.count():
        left_out.get_by_test_id("stCheckbox").locator("label").click()
    person.types("Owner", "Priya")
    person.clicks("Make this our plan")
    person.sees_title("What to fix next")
    row = person.key(f"fix-row-{FIRST.id}")
    expect(row).to_contain_text("Priya", timeout=PATIENCE)
    expect(row).to_contain_text("due", timeout=PATIENCE)
    expect(person.key(f"fix-row-{SECOND.id}")).not_to_contain_text("Priya", timeout=PATIENCE)
    person.sees_no_fault()


def test_a_higher_level_is_reached_by_address_after_it_was_chosen(person: Person, ids: Mapping[str, str]) -> None:
    opens_path(person, ids)
    person.picks_from_menu("path-level", "Level 4, Advanced")
    person.sees_title("Path to Level 4, Advanced")
    person.settles()
    person.reloads()
    person.sees_title("Path to Level 4, Advanced")


@pytest.mark.parametrize("page", ["/path", "/fixes"])
def test_a_target_is_set_for_the_whole_and_for_an_area(
    page: str, person: Person, server: Server, ids: Mapping[str, str]
) -> None:
    person.opens(page, system=ids["system"])
    person.clicks("Change the target")
    person.chooses("target-overall", "Level 4, Advanced")
    person.chooses("target-data", "Level 5, Expert")
    person.clicks("Save the target")
    person.sees("Target: Level 4, Advanced; Data pipeline Level 5.")
    person.settles()
    person.sees_no_fault()
    person.page.close()
    server.end()
    server.with_store(lambda store: ids.update(kept=str(store.assessments.get(OWNER, ids["draft"]).target)))
    assert ids["kept"] == str(Target(4, {"data": 5}))
