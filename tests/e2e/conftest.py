"""What browser tests share: one Chromium a process, one fresh browser profile a test, a server a module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, ViewportSize, sync_playwright

from data.store import Store
from tests.e2e.browsers import launch
from tests.e2e.person import TRACEBACK, Person
from tests.e2e.server import Server

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
AT_HOME = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")

NewPerson = Callable[..., Person]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile in which leaving this machine fails the test, as does a script that breaks."""
    profile = browser.new_context(viewport=LAPTOP, locale="en-GB", timezone_id="Europe/Berlin")
    strangers: list[str] = []
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    profile.on("request", lambda request: None if request.url.startswith(AT_HOME) else strangers.append(request.url))
    profile.on("dialog", dismissed)
    yield profile
    profile.close()
    assert not strangers, f"The browser asked for something outside of this machine: {strangers}"
    assert not dialogs, f"Text of a person ran as a script: {dialogs}"


@pytest.fixture
def new_person(context: BrowserContext, server: Server) -> NewPerson:
    """Another tab of the same browser, at the module's server."""
    return lambda: Person(context.new_page(), server.address)


@pytest.fixture
def person(new_person: NewPerson) -> Person:
    return new_person()


@contextmanager
def a_server(folder: Path, fill: Callable[[Store], object] | None = None) -> Iterator[Server]:
    """A running server, its database filled first; at the end it is stopped and its log must be clean."""
    server = Server(folder)
    try:
        if fill:
            server.with_store(fill)
        server.start()
        yield server
    finally:
        server.end()
    assert TRACEBACK not in server.log, f"The server has logged a fault:\n{server.log}"
