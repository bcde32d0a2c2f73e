"""The pages for people with a small screen, a dark screen, or none: axe finds nothing, and nothing overflows."""

from collections.abc import Mapping
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from data.store import Store
from tests.e2e.conftest import LAPTOP, PHONE, shared_server
from tests.e2e.person import OVERFLOWS, Person
from tests.e2e.stories import examples_of_all_kinds

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/health-check",
    "/checklist",
    "/results",
    "/fixes",
    "/path",
    "/history",
    "/compare",
    "/report",
    "/answers-file",
    "/kits",
    "/method",
    "/audit",
    "/settings",
)
# Pages that show most where a draft is being answered: that of the last example.
OF_A_DRAFT = ("/people", "/meeting")
LOOK_BACK = "/checklist?section=look-back"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What Streamlit itself draws and gives no means to change: the rule, and a part of the element's own HTML.
OF_STREAMLIT: tuple[tuple[str, str], ...] = (
    # The field for a file: a section without a role that is named all the same. The button in it is sound.
    ("presentation-role-conflict", "stFileUploaderDropzone"),
)


def _fill(store: Store) -> dict[str, str]:
    first, *_, last = examples_of_all_kinds(store)
    return {"first": first, "answered": last}


server = shared_server(_fill)


def _opens(person: Person, page: str, ids: Mapping[str, str]) -> None:
    path, _, query = page.partition("?")
    person.opens(
        path,
        system=ids["answered" if path in OF_A_DRAFT else "first"],
        **dict(part.split("=") for part in query.split("&") if part),
    )
    person.sees_no_fault()


@pytest.mark.parametrize("page", [*PAGES, *OF_A_DRAFT, LOOK_BACK])
def test_axe_finds_no_fault_in_any_theme_or_width(page: str, person: Person, ids: Mapping[str, str]) -> None:
    found: list[str] = []
    for theme in THEMES:
        person.page.emulate_media(color_scheme=theme)
        person.page.set_viewport_size(LAPTOP)
        _opens(person, page, ids)
        _sees_theme(person, theme)
        for size in (LAPTOP, PHONE):
            person.page.set_viewport_size(size)
            person.settles()
            found += [f"{theme}, {size['width']} px: {fault}" for fault in _faults(person)]
    assert not found, f"{page}:\n" + "\n".join(found)


def _sees_theme(person: Person, theme: str) -> None:
    scheme = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"
    person.eventually(lambda: person.page.evaluate(scheme) == theme, f"the page is {theme}")


def _faults(person: Person) -> list[str]:
    violations: list[dict[str, Any]] = Axe().run(person.page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in violations
        for node in violation["nodes"]
        if not any(violation["id"] == rule and part in node["html"] for rule, part in OF_STREAMLIT)
    ]


@pytest.mark.parametrize("page", [*PAGES, *OF_A_DRAFT, LOOK_BACK])
def test_nothing_is_wider_than_a_phone(page: str, person: Person, ids: Mapping[str, str]) -> None:
    person.page.set_viewport_size(PHONE)
    _opens(person, page, ids)
    assert person.page.evaluate(OVERFLOWS) == []
