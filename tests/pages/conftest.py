"""What page tests share: an empty store on one morning, and the way to its pages."""

from collections.abc import Iterator

import pytest

from data.store import Store, open_store
from settings import Settings
from tests.data.builders import MEMORY, a_clock
from tests.pages.builders import NOW
from tests.pages.visitor import Visit, opens
from ui import accounts, services


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The app's own store, in memory, empty, on a morning in June; nobody has to sign in."""
    monkeypatch.setattr(accounts, "_chosen", Settings())
    services.close_the_store()
    opened = open_store(MEMORY, now=a_clock(NOW))
    monkeypatch.setattr(services, "_store", opened)
    monkeypatch.setattr(services, "now", lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def visit(store: Store) -> Visit:
    """Open a page of that store at an address, as a fresh visitor: `visit("results", system=system.id)`."""
    return opens
