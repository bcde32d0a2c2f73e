"""How long does a person wait in a real Chromium from a click of the what-if to the new number?"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import AT_REST, OWNER, chromium, seconds_to_see
from benchmarks.line import Line, line_of
from benchmarks.scoring import all_rated
from benchmarks.server import Server, running
from checklist.loader import the_checklist
from data.store import open_store

CLICKS = 30
GOAL_MS = 150.0


def run() -> list[Line]:
    """One line: raise and lower an item in turn, each click seen as another score."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checkup.duckdb"
        system = _prepare(database)
        with running(database) as server, chromium() as browser:
            server.wait_until_it_answers()
            server.wait_until_idle()
            seconds = _clicks(browser, server, system)
    return [line_of("Chromium: what-if clicked to new number seen", seconds, GOAL_MS)]


def _prepare(database: Path) -> str:
    with open_store(f"duckdb:///{database}") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        system = store.systems.create(OWNER, workspace, "Churn model").id
        draft = store.assessments.start(OWNER, system, the_checklist().version)
        store.responses.save_many(OWNER, draft.id, all_rated(the_checklist()).responses)
        return system


def _clicks(browser: Browser, server: Server, system: str) -> list[float]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://{server.host}/path?system={system}")
        page.get_by_role("tab", name="What if").click()
        item = the_checklist().items[0]
        page.wait_for_selector(AT_REST)
        page.locator(".st-key-what-if-item").get_by_role("combobox").click()
        page.get_by_role("option").first.click()
        page.wait_for_selector(f".st-key-what-if-raise-{item.id}")
        return [_click(page, item.id, "raise" if turn % 2 == 0 else "lower") for turn in range(CLICKS)]


def _click(page: Page, item_id: str, verb: str) -> float:
    page.wait_for_selector(AT_REST)
    return seconds_to_see(page, ".mc-what-if", page.locator(f".st-key-what-if-{verb}-{item_id} button"))
