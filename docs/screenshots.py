"""Takes the README's pictures anew: the app with the example workspace, in a real browser."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import examples
from access import Actor
from data.store import Store
from tests.e2e.browsers import launch
from tests.e2e.server import Server

FOLDER = Path(__file__).parent / "pictures"
LAPTOP, PHONE = (1280, 800), (390, 844)
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
# Charts and fonts are drawn after the script has ended; a picture is no test, so it may simply wait.
DRAWN_MS = 1500
PICTURES = (
    # name, page, size, dark
    ("home", "/", LAPTOP, False),
    ("health-check", "/health-check", LAPTOP, False),
    ("checklist", "/checklist", LAPTOP, False),
    ("results", "/results", LAPTOP, False),
    ("results-dark", "/results", LAPTOP, True),
    ("results-phone", "/results", PHONE, False),
    ("fixes", "/fixes", LAPTOP, False),
    ("path", "/path?to=4", LAPTOP, False),
    ("history", "/history", LAPTOP, False),
    # Of the last milestone, and against the first one.
    ("compare", "/compare?assessment={last}&with={first}", LAPTOP, False),
    ("report", "/report?assessment={last}", LAPTOP, False),
)


def main() -> None:
    """Write every picture, one line of progress each."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _example_app(Path(folder)) as (address, example),
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for name, path, (width, height), dark in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            there = path.format(last=example.last, first=example.first)
            joint = "&" if "?" in there else "?"
            _open(page, f"{address}{there}" + ("" if path == "/" else f"{joint}system={example.system}"))
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
            sys.stdout.write(f"docs/pictures/{name}.png\n")
        browser.close()


@dataclass(frozen=True, slots=True)
class Example:
    """The system to show, which is in the middle of a new assessment, and its first and last milestone."""

    system: str
    first: str
    last: str


@contextmanager
def _example_app(folder: Path) -> Iterator[tuple[str, Example]]:
    """The running app's address, and what it shows."""
    server = Server(folder)
    example = server.with_store(_fill)
    server.start()
    try:
        yield server.address, example
    finally:
        server.end()


def _fill(store: Store) -> Example:
    actor = Actor("You", "owner")
    workspace = store.workspaces.all(actor)[0].id
    system = examples.fill(store, actor, workspace, datetime.now(UTC).date())[0]
    draft = store.assessments.start(actor, system, "1", from_milestone=True)
    for question, answer in {"reproduce-old-model": "yes", "know-degradation": "yes", "fast-rollback": "no"}.items():
        store.responses.save_health(actor, draft.id, question, answer)
    milestones = store.assessments.milestones(actor, system)
    return Example(system, milestones[-1].id, milestones[0].id)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(SETTLED)
    page.wait_for_timeout(DRAWN_MS)


if __name__ == "__main__":
    main()
