"""The audit page and deleting for good in a real browser: look for a change, take it along, let a workspace go."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store import Store
from scoring.model import Response
from tests.e2e.conftest import own_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_draft, a_system, checklist

pytestmark = pytest.mark.browser

ITEM = checklist().items[0]
NOTE = "Only Priya knows the way in"


def _fill(store: Store) -> dict[str, str]:
    system = a_system(store).id
    draft = a_draft(store, system, {ITEM.id: Response.rated(2)})
    person = store.respondents.add(OWNER, draft.id, "Ben", "On call").id
    store.responses.save(OWNER, draft.id, ITEM.id, Response.rated(3, NOTE), respondent=person)
    store.respondents.submit(OWNER, person)
    gone = store.workspaces.create(OWNER, "Acme")
    store.systems.create(OWNER, gone.id, "Pricing", NOTE)
    store.workspaces.delete(OWNER, gone.id)
    return {"system": system, "draft": draft.id, "gone": gone.id}


server = own_server(_fill)


def test_a_change_is_found_and_taken_along(person: Person, ids: Mapping[str, str], tmp_path: Path) -> None:
    person.opens("/checklist", system=ids["system"])
    person.answers(ITEM.id, 4)
    person.sees_answered(1)
    person.goes_to("Audit")
    person.sees(f"You answered “{ITEM.name}”")
    person.sees("2 → 4")
    person.picks_from_menu("audit-kind", "Systems")
    person.no_longer_sees(f"answered “{ITEM.name}”")
    person.sees("created the system “Churn model”")
    assert "kind=systems" in person.page.url
    person.reloads()
    person.sees("What: Systems")
    with person.page.expect_download() as download:
        person.key("download-audit").get_by_role("button").click()
    download.value.save_as(tmp_path / "audit.csv")
    with (tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["What"] for row in rows] == ["created the system “Churn model”"]


def test_a_workspace_goes_for_good_under_its_name(person: Person, server: Server, ids: Mapping[str, str]) -> None:
    person.opens("/settings")
    person.key(f"purge-{ids['gone']}").get_by_role("button").click()
    dialog = person.page.get_by_role("dialog")
    for name, there in (("Acne", True), ("Acme", False)):
        dialog.get_by_label("Type the name of the workspace").fill(name)
        dialog.get_by_role("button", name="Delete for good").click()
        if there:
            expect(dialog).to_contain_text("That is not its name", timeout=PATIENCE)
    expect(dialog).to_have_count(0, timeout=PATIENCE)
    person.settles()
    person.no_longer_sees("Acme (workspace, deleted)")
    server.stop()
    assert not server.with_store(lambda store: store.workspaces.deleted(OWNER))


def test_a_person_is_handed_their_data_and_forgotten(person: Person, server: Server, ids: Mapping[str, str]) -> None:
    person.opens("/settings")
    person.types("Name or e-mail address", "Ben")
    person.clicks("Find")
    person.sees("under: ben")
    with person.page.expect_download() as download:
        person.key("download-person").get_by_role("button").click()
    assert NOTE in download.value.path().read_text("utf-8")
    person.clicks("Erase this person")
    person.page.get_by_role("dialog").get_by_role("button", name="Erase for good").click()
    person.sees("Nothing in this workspace is stored under “Ben”")
    server.stop()
    names = server.with_store(lambda store: [one.name for one in store.respondents.all(OWNER, ids["draft"])])
    assert names == ["Somebody"]
