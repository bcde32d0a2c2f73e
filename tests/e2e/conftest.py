"""What browser tests share: one Chromium a process, one fresh browser profile a test, and the servers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, ViewportSize, sync_playwright

from data.store import Store
from tests.e2e.browsers import launch
from tests.e2e.person import TRACEBACK, Person
from tests.e2e.server import Server

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
AT_HOME = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")

NewPerson = Callable[..., Person]
Fill = Callable[[Store], object]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with a_profile(browser) as profile:
        yield profile


@contextmanager
def a_profile(browser: Browser) -> Iterator[BrowserContext]:
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


@pytest.fixture
def ids(server: Server) -> Mapping[str, str]:
    """What the function that filled the server's database gave names to."""
    return server.ids


# How a test file says what its server begins with: `server = own_server(fill)` or `server = shared_server(fill)`.


def own_server(fill: Fill | None = None) -> Any:
    """The fixture of a server for each test; a test that is parametrized with another `fill` begins with that."""

    @pytest.fixture
    def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
        with a_server(tmp_path, getattr(request, "param", fill)) as running:
            yield running

    return server


def shared_server(fill: Fill | None = None) -> Any:
    """The fixture of one server for all tests of a file, of which each has a system of its own or changes nothing."""

    @pytest.fixture(scope="module")
    def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
        with a_server(tmp_path_factory.mktemp("server"), fill) as running:
            yield running

    return server


@contextmanager
def a_server(folder: Path, fill: Fill | None = None) -> Iterator[Server]:
    """A running server, its database filled first; at the end it is stopped and its log must be clean."""
    server = Server(folder)
    try:
        if fill:
            named = server.with_store(fill)
            server.ids = named if isinstance(named, Mapping) else {}
        server.start()
        yield server
    finally:
        server.end()
    assert TRACEBACK not in server.log, f"The server has logged a fault:\n{server.log}"
