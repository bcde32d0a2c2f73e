"""How long does a person wait in a real Chromium: for the first page, and from a click to "saved"?"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from access.actors import Actor
from benchmarks.line import BenchmarkFailed, Line, line_of
from benchmarks.server import Server, running
from checklist.loader import the_checklist
from data.store import open_store
from tests.e2e.browsers import launch

VISITS = 10
CLICKS = 40
FIRST_PAGE_MS = 1200.0
ANSWER_MS = 120.0
OWNER = Actor("Benchmark", "owner")
SYSTEMS = ("Churn model", "Fraud scoring", "Delivery time forecast")
# Both clocks run inside the page and stop at the frame that shows what was waited for.
HEADING_SEEN = """
window.headingSeen = new Promise(resolve => {
  const eyes = new MutationObserver(() => {
    const heading = document.querySelector("h1");
    if (!heading || !heading.getClientRects().length || !heading.textContent.trim()) return;
    eyes.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  });
  eyes.observe(document, {subtree: true, childList: true, characterData: true});
});
"""
WATCH = """watched => {
  const shown = () => document.querySelector(watched)?.textContent;
  const before = shown();
  let clicked = 0;
  document.addEventListener("click", event => { clicked = event.timeStamp; }, {capture: true, once: true});
  window.changeSeen = new Promise(resolve => {
    const eyes = new MutationObserver(() => {
      if (!clicked || !shown() || shown() === before) return;
      eyes.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - clicked));
    });
    eyes.observe(document.body, {subtree: true, childList: true, characterData: true});
    setTimeout(() => { eyes.disconnect(); resolve(null); }, 20000);
  });
}"""
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


class NothingChanged(BenchmarkFailed):
    """A click changed nothing that a person could see; the message says where."""


class ClicksLost(BenchmarkFailed):
    """The store does not hold what the page showed as saved."""


def run() -> list[Line]:
    """Two lines: the list of systems in a fresh browser profile on a warm server, and 40 answers by click."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checkup.duckdb"
        assessment, system = _prepare(database)
        with running(database) as server, chromium() as browser:
            server.wait_until_it_answers()
            server.wait_until_idle()
            visits = [_visit(browser, server) for _ in range(VISITS + 2)][2:]
            clicks = _answers(browser, server, system)
        _check(database, assessment)
    return [
        line_of("Chromium: first page, empty cache", visits, FIRST_PAGE_MS),
        line_of("Chromium: answer clicked to progress seen", clicks, ANSWER_MS),
    ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the browser tests."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser
        finally:
            browser.close()


def seconds_to_see(page: Page, watched: str, click: Locator) -> float:
    """From a click to the frame in which the text of `watched` is another one; `NothingChanged` after 20 seconds."""
    page.evaluate(WATCH, watched)
    click.click()
    seen = page.evaluate("window.changeSeen")
    if seen is None:
        raise NothingChanged(f"A click on {click} changed nothing in {watched} within 20 s.")
    return float(seen) / 1000


def _prepare(database: Path) -> tuple[str, str]:
    with open_store(f"duckdb:///{database}") as store:
        workspace = store.workspaces.all(OWNER)[0].id
        system, *_ = [store.systems.create(OWNER, workspace, name).id for name in SYSTEMS]
        return store.assessments.start(OWNER, system, the_checklist().version).id, system


def _visit(browser: Browser, server: Server) -> float:
    """Seconds from the start of the navigation to the frame with the page's heading."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(HEADING_SEEN)
        page.goto(f"http://{server.host}/", wait_until="commit")
        return float(page.evaluate("window.headingSeen")) / 1000


def _answers(browser: Browser, server: Server, system: str) -> list[float]:
    """Seconds from each click to the frame that counts it, section after section."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://{server.host}/checklist?system={system}")
        page.wait_for_selector(".mc-saved")
        seconds: list[float] = []
        for _ in the_checklist().sections:
            page.wait_for_selector(AT_REST)
            radios = page.locator("[class*=st-key-answer-]").count()
            for place in range(min(radios, CLICKS - len(seconds))):
                seconds.append(_click(page, place, option=len(seconds) % 5))
            if len(seconds) == CLICKS:
                return seconds
            page.locator(".st-key-next button").click()
            page.wait_for_selector(AT_REST)
            # The next section is there when its first question is not answered yet.
            page.wait_for_function("() => !document.querySelector('[class*=st-key-answer-] input:checked')")
    raise ClicksLost(f"The checklist page showed only {len(seconds)} questions over all its sections.")


def _click(page: Page, place: int, option: int) -> float:
    page.wait_for_selector(AT_REST)
    choice = page.locator("[class*=st-key-answer-]").nth(place).get_by_test_id("stRadioOption").nth(option)
    choice.scroll_into_view_if_needed()
    return seconds_to_see(page, ".mc-saved b", choice)


def _check(database: Path, assessment: str) -> None:
    with open_store(f"duckdb:///{database}") as store:
        kept = store.responses.of(OWNER, assessment)
    if len(kept) != CLICKS:
        raise ClicksLost(f"{CLICKS} answers were clicked and shown as saved, the store holds {len(kept)}.")
