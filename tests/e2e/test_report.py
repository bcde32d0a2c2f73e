"""The report in a real browser: shown on its page, taken along, and readable for everybody as a file of its own."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from data.store import Store
from reports import formats
from tests.e2e.conftest import LAPTOP, PHONE, shared_server
from tests.e2e.person import PATIENCE, Person
from tests.e2e.stories import examples_of_all_kinds

pytestmark = pytest.mark.browser


def _fill(store: Store) -> dict[str, str]:
    return {"system": examples_of_all_kinds(store)[0]}


server = shared_server(_fill)


def test_the_report_is_shown_as_it_will_be_and_its_contents_lead_within_it(
    person: Person, ids: Mapping[str, str]
) -> None:
    broken: list[str] = []
    person.page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    person.opens("/report", system=ids["system"])
    shown = person.page.frame_locator("iframe")
    expect(shown.get_by_role("heading", level=2, name="All answers")).to_be_attached(timeout=PATIENCE)
    shown.get_by_role("navigation").get_by_role("link", name="Method").click()
    expect(shown.get_by_role("heading", level=2, name="Method")).to_be_in_viewport(timeout=PATIENCE)
    person.key("report-reader").get_by_role("radio", name="Executive").click()
    expect(shown.get_by_role("heading", level=2, name="All answers")).to_have_count(0, timeout=PATIENCE)
    assert broken == []


def test_the_files_stand_in_a_few_rows_within_the_page(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/report", system=ids["system"])
    buttons = person.key("report-files").get_by_role("button")
    for size in (LAPTOP, PHONE):
        person.page.set_viewport_size(size)
        expect(buttons).to_have_count(len(formats.available()) + 1, timeout=PATIENCE)
        places = [box for one in buttons.all() if (box := one.bounding_box())]
        assert len(places) == len(formats.available()) + 1
        assert len({round(place["y"]) for place in places}) <= 3
        assert all(place["x"] + place["width"] <= size["width"] for place in places)


def test_the_file_passes_axe_in_every_theme_and_width(
    person: Person, ids: Mapping[str, str], browser: Browser, tmp_path: Path
) -> None:
    person.opens("/report", system=ids["system"])
    with person.page.expect_download(timeout=PATIENCE) as download:
        person.key("download-html").get_by_role("button").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".html"
    # The file forbids every script, that of axe as well.
    reader = browser.new_context(viewport=LAPTOP, bypass_csp=True)
    page = reader.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    for theme in ("light", "dark"):
        for size in (LAPTOP, PHONE):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two
            page.set_viewport_size(size)
            found = Axe().run(page).response["violations"]
            assert not found, f"{theme}, {size['width']} px: {[(one['id'], one['nodes'][0]['html']) for one in found]}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert asked == [file.as_uri()]
    reader.close()
