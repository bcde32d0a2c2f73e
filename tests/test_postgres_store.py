"""The commands and the settings page on PostgreSQL: what they do there, and the sentence where they cannot."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.commands import done, refused
from tests.postgres import PASSWORD, Server
from ui import services

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def database(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the store, as the app and its commands find it."""
    monkeypatch.setenv("CHECKUP_DATABASE_URL", postgres_url)
    return postgres_url


@pytest.fixture
def settings_page(database: str) -> Iterator[AppTest]:
    services.close_the_store()
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    yield app.run().switch_page("../pages/about/settings.py").run()
    services.close_the_store()


def test_a_workspace_moves_from_a_file_to_postgresql_and_back(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, back = str(tmp_path / "example.zip"), str(tmp_path / "back.zip")
    example = ("--workspace", "Example workspace")
    monkeypatch.setenv("CHECKUP_DATABASE_URL", f"duckdb:///{tmp_path}/first.duckdb")
    done(capsys, "demo")
    done(capsys, "export", file, *example)
    monkeypatch.setenv("CHECKUP_DATABASE_URL", database)
    assert "systems: 3" in done(capsys, "import", file)[1]
    assert "is here already" in refused(capsys, "import", file)
    assert done(capsys, "doctor")[0].startswith("The store is healthy; milestones scored again: ")
    done(capsys, "export", back, *example)
    monkeypatch.setenv("CHECKUP_DATABASE_URL", f"duckdb:///{tmp_path}/second.duckdb")
    assert "systems: 3" in done(capsys, "import", back)[1]
    assert done(capsys, "doctor")[0].startswith("The store is healthy")


def test_the_example_workspace_is_added_once(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "with 3 systems" in done(capsys, "demo")[1]
    assert "nothing was added" in done(capsys, "demo")[1]


def test_a_backup_is_left_to_the_programs_of_postgresql(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "pg_dump" in refused(capsys, "backup", str(tmp_path / "backups"))
    assert list(tmp_path.iterdir()) == []


def test_the_tables_are_brought_up_to_date_by_a_command_of_their_owner(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = postgres.empty_database()
    postgres.admin(f"create role apps_user login password '{PASSWORD}'")
    monkeypatch.setenv("CHECKUP_DATABASE_URL", postgres.url(name, user="apps_user"))
    assert "start the app once with CHECKUP_MIGRATE_URL" in refused(capsys, "migrate")
    monkeypatch.setenv("CHECKUP_MIGRATE_URL", postgres.url(name))
    said = done(capsys, "migrate")[1]
    assert f"The database postgresql://apps_user@127.0.0.1:{postgres.port}/{name} has the tables of" in said
    monkeypatch.delenv("CHECKUP_MIGRATE_URL")
    assert "with 3 systems" in done(capsys, "demo")[1]
    postgres.drop(name)
    postgres.admin("drop role apps_user")


def test_a_server_that_is_not_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHECKUP_DATABASE_URL", f"postgresql://app:{PASSWORD}@127.0.0.1:1/checkup")
    for command in ("doctor", "demo", "migrate"):
        said = refused(capsys, command)
        assert "does not answer at postgresql://app@127.0.0.1:1/checkup" in said
        assert PASSWORD not in said


def test_a_missing_driver_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "data.postgres", None)
    assert "pip install -r requirements-hosting.txt" in refused(capsys, "doctor")


def test_the_settings_page_names_the_database_and_how_to_back_it_up(settings_page: AppTest, postgres: Server) -> None:
    said = " ".join(element.value for element in settings_page.html)
    assert not settings_page.exception
    assert f"postgresql://postgres@127.0.0.1:{postgres.port}/{postgres.shared}" in said
    assert "pg_dump" in said
    assert PASSWORD not in said
    assert "Back up now" not in [button.label for button in settings_page.button]
