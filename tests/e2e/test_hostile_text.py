"""Names and notes that would be markup, scripts or very long: shown as typed, everywhere, and nothing else happens."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from data.store import Store
from scoring.model import Response
from tests.e2e.conftest import PHONE, shared_server
from tests.e2e.person import OVERFLOWS, PATIENCE, Person
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, checklist

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> **bold** [x](http://evil) $x$ :material/home: `code` <b>b</b> :red[r]"
LONG = "Prognose" * 25
RIGHT_TO_LEFT = "نظام التنبؤ بتسرب العملاء"
NOTED = "data-validation"
MARKS_LEFT_BEHIND = "img[src='x'], a[href*='evil'], .katex"
PAGES = (
    "/", "/health-check", "/checklist", "/results", "/fixes", "/history", "/compare", "/report",
    "/share", "/answers-file", "/settings",
)  # fmt: skip


def _a_full_system(store: Store, name: str) -> str:
    """A system in which every text that a person can type is `name`."""
    system = a_system(store, name)
    store.systems.describe(OWNER, system.id, name)
    a_milestone(store, system.id, name)
    a_milestone(store, system.id, "Second", {**all_rated(2), NOTED: Response.rated(4, name)})
    a_draft(store, system.id, {NOTED: Response.rated(1, name, (f"https://example.org/{name}",))})
    return system.id


def _fill(store: Store) -> dict[str, str]:
    return {name: _a_full_system(store, name) for name in (HOSTILE, LONG, RIGHT_TO_LEFT)}


server = shared_server(_fill)


def _shows(person: Person, text: str) -> None:
    person.sees_no_fault()
    assert text in person.reads(), f"{person.page.url} does not show the text as it was typed."
    expect(person.page.locator(MARKS_LEFT_BEHIND)).to_have_count(0, timeout=PATIENCE)


def test_a_hostile_name_can_be_typed_in_and_taken_back(person: Person) -> None:
    person.opens("/")
    person.clicks("Add a system")
    person.types("Name", f"New {HOSTILE}")
    person.types("What does it do? (optional)", HOSTILE)
    person.clicks("Add and start the health check")
    person.sees_title("Health check")
    person.settles()
    _shows(person, f"New {HOSTILE}")
    person.goes_to("Systems")
    row = person.page.locator('[class*="st-key-system-row-"]').filter(has_text=f"New {HOSTILE}")
    row.get_by_role("button", name="More").click()
    person.page.get_by_role("menuitem", name="Archive", exact=True).click()
    person.sees(f"“New {HOSTILE}” is archived.")
    person.settles()
    _shows(person, f"“New {HOSTILE}” is archived.")


def test_a_hostile_note_is_shown_as_typed(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/checklist", system=ids[HOSTILE])
    expect(person.unfolds_note(NOTED)).to_have_value(HOSTILE, timeout=PATIENCE)
    person.opens("/compare", system=ids[HOSTILE])
    change = person.page.locator(".mc-row").filter(has_text=checklist().item(NOTED).name)
    expect(change).to_contain_text(HOSTILE, timeout=PATIENCE)


def test_a_hostile_owner_of_a_fix_is_shown_as_typed(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/fixes", system=ids[HOSTILE])
    fix = person.key(f"fix-{NOTED}")
    person.unfolds(fix)
    fix.get_by_label("Owner").fill(HOSTILE)
    fix.get_by_role("button", name="Save").click()
    expect(person.key(f"fix-row-{NOTED}")).to_contain_text(HOSTILE, timeout=PATIENCE)
    person.settles()
    _shows(person, HOSTILE)


def test_the_pdf_shows_hostile_text_as_typed(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/report", system=ids[HOSTILE])
    with person.page.expect_download(timeout=PATIENCE) as download:
        person.key("download-pdf").get_by_role("button").click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert "/" not in download.value.suggested_filename
    document = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    # Where a line is broken is up to the print, so spaces do not count.
    text = "".join("".join(page.extract_text() for page in document.pages).split())
    assert "".join(HOSTILE.split()) in text
    assert "http://evil" not in json.dumps([str(page.get("/Annots")) for page in document.pages])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [LONG, RIGHT_TO_LEFT, HOSTILE], ids=["long", "right-to-left", "hostile"])
def test_a_name_is_shown_as_typed_and_breaks_no_layout(
    page: str, name: str, person: Person, ids: Mapping[str, str]
) -> None:
    """The profile also fails the test when a script runs or anything outside of this machine is asked for."""
    person.opens(page, system=ids[name])
    _shows(person, name)
    assert person.page.evaluate(OVERFLOWS) == []
    person.page.set_viewport_size(PHONE)
    person.settles()
    person.eventually(lambda: person.page.evaluate(OVERFLOWS) == [], "nothing is wider than a phone")


def test_hostile_ids_in_the_address_are_only_words(person: Person) -> None:
    for page in PAGES:
        person.opens(
            page,
            system=HOSTILE,
            assessment="../../etc/passwd",
            section="<script>",
            workspace="'; drop table systems; --",
        )
        person.sees_no_fault()
        expect(person.page.locator(MARKS_LEFT_BEHIND)).to_have_count(0, timeout=PATIENCE)
