"""What tests of the API share: a store with a system, and programs with tokens that call it."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.pace import Pace
from api.routes import routes
from data.store import Store, open_store
from tests.data.builders import MEMORY, a_clock
from tests.e2e.stories import OWNER, a_system, the_workspace
from tests.pages.builders import NOW

Program = Callable[..., TestClient]


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(MEMORY, now=a_clock(NOW)) as opened:
        yield opened


@pytest.fixture
def system(store: Store) -> str:
    return a_system(store).id


@pytest.fixture
def stranger(store: Store) -> TestClient:
    """Somebody without a token."""
    return a_client(store)


@pytest.fixture
def program(store: Store) -> Program:
    """A program with a new token: `program("read")`."""

    def with_token(scope: str = "write", workspace: str = "", name: str = "CI") -> TestClient:
        made = store.tokens.make(OWNER, workspace or the_workspace(store), name, scope)  # type: ignore[arg-type]
        return a_client(store, made.secret)

    return with_token


@pytest.fixture
def ci(program: Program) -> TestClient:
    """A program that may read and write."""
    return program()


def a_client(store: Store, secret: str = "", pace: Pace | None = None) -> TestClient:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return TestClient(Starlette(routes=routes(lambda: store, pace)), headers=headers, follow_redirects=False)
