"""What holds for every test: nothing that a developer has set for the app reaches one; one PostgreSQL for all."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.kits.summary import pytest_terminal_summary as pytest_terminal_summary  # hooks are found by their name
from tests.postgres import Server

# Made-up cases are the same in every run, and no test fails for taking long on a crowded machine.
settings.register_profile("same everywhere", deadline=None, derandomize=True, database=None)
settings.load_profile("same everywhere")


@pytest.fixture(autouse=True)
def a_plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a developer's own database or address."""
    for name in (
        "CHECKUP_DATABASE_URL",
        "CHECKUP_MIGRATE_URL",
        "CHECKUP_LOG",
        "CHECKUP_METRICS_TOKEN",
        "CHECKUP_BACKUP_EVERY_HOURS",
        "CHECKUP_BACKUP_KEEP",
        "HOST",
        "PORT",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The one PostgreSQL of this test process; it starts with the first test that asks for it."""
    with Server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> str:
    """The address of a database in the newest shape with nothing in it: swept before each test, never shared."""
    postgres.sweep(postgres.shared)
    return postgres.url(postgres.shared)


@pytest.fixture
def own_database(postgres: Server) -> Iterator[str]:
    """The name of a database that a test may also break."""
    name = postgres.database()
    yield name
    postgres.drop(name)
