"""Every page is reachable by its own address, and none can be had without the frame and the gate before it."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import a_server
from tests.e2e.person import PATIENCE, Person

ADDRESSES = {
    "/": "Find out where your ML system stands",
    "/home": "Find out where your ML system stands",
    "/health-check": "No system yet",
    "/checklist": "No system yet",
    "/people": "No system yet",
    "/meeting": "No system yet",
    "/results": "No system yet",
    "/fixes": "No system yet",
    "/path": "No system yet",
    "/history": "No system yet",
    "/compare": "No system yet",
    "/report": "No system yet",
    "/share": "No system yet",
    "/answers-file": "No system yet",
    "/kits": "Starter kits",
    "/method": "How levels are computed",
    "/members": "Members",
    "/audit": "Audit",
    "/settings": "Settings",
}


# One of each folder of pages: what makes the difference is the first run, whichever page it draws.
FIRST = ("/home", "/checklist", "/report", "/share", "/settings")


@pytest.mark.browser
@pytest.mark.parametrize("address", FIRST)
def test_a_fresh_server_shows_the_frame_first(address: str, tmp_path: Path, context: BrowserContext) -> None:
    """Until some session has run the navigation, Streamlit would serve a file in pages/ without it."""
    with a_server(tmp_path) as server:
        person = Person(context.new_page(), server.address)
        person.opens(address)
        expect(person.page.get_by_test_id("stSidebar")).to_contain_text("MLOps Checkup", timeout=PATIENCE)
        expect(person.side_link("Settings")).to_be_visible(timeout=PATIENCE)
        person.sees_title(ADDRESSES[address])
        person.sees_no_fault()


@pytest.mark.browser
def test_each_page_has_an_address(tmp_path: Path, context: BrowserContext) -> None:
    with a_server(tmp_path) as server:
        person = Person(context.new_page(), server.address)
        for address, title in ADDRESSES.items():
            person.opens(address)
            person.sees_title(title)
            expect(person.side_link("Settings")).to_be_visible(timeout=PATIENCE)
            person.sees_no_fault()


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/shared", "/respond"])
def test_a_fresh_server_opens_the_pages_of_links_to_nobody_without_one(
    address: str, tmp_path: Path, context: BrowserContext
) -> None:
    with a_server(tmp_path) as server:
        page = context.new_page()
        page.goto(f"{server.address}{address}?via=no-such")
        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more", timeout=PATIENCE)
        expect(page.get_by_test_id("stSidebar")).to_have_count(0, timeout=PATIENCE)
