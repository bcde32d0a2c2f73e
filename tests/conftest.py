"""What holds for every test: nothing that a developer has set for the app reaches one."""

import pytest


@pytest.fixture(autouse=True)
def a_plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a developer's own database or address."""
    for name in ("CHECKUP_DATABASE_URL", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
