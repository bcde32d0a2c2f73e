"""The commands that work on a store: what they leave in it, and the sentence when it cannot be used."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import cli
from data.store import open_store
from tests.commands import done, refused

ROOT = Path(__file__).parents[1]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store will be; nothing is there yet."""
    path = tmp_path / "var" / "checkup.duckdb"
    monkeypatch.setenv("CHECKUP_DATABASE_URL", f"duckdb:///{path}")
    return path


def test_the_example_workspace_is_added_once(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "with 3 systems" in done(capsys, "demo")[1]
    before = _counts(database)
    assert done(capsys, "demo") == ("", 'The workspace "Example workspace" is there already; nothing was added.\n')
    assert _counts(database) == before
    assert before["systems"] == 3


def test_an_example_that_breaks_off_leaves_no_half_of_itself(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("examples.workspace.fill", interrupt)
        assert cli.main(["demo"]) == 130
    assert "with 3 systems" in done(capsys, "demo")[1]


def test_a_workspace_moves_to_another_store_as_a_file(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done(capsys, "demo")
    file = str(tmp_path / "example.zip")
    assert file in done(capsys, "export", file, "--workspace", "Example workspace")[1]
    assert "is here already" in refused(capsys, "import", file)
    monkeypatch.setenv("CHECKUP_DATABASE_URL", f"duckdb:///{tmp_path / 'other.duckdb'}")
    assert 'The workspace "Example workspace" is here; systems: 3' in done(capsys, "import", file)[1]


def test_the_only_workspace_is_exported_without_being_named(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store(f"duckdb:///{database}").close()
    assert 'The workspace "My workspace" is in' in done(capsys, "export", str(tmp_path / "x.zip"))[1]


def test_which_workspace_is_asked_for_and_never_guessed(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(f"duckdb:///{database}") as store:
        for name in ("Twice", "Twice", "Old"):
            made = store.workspaces.create(cli.ACTOR, name)
        store.workspaces.archive(cli.ACTOR, made.id)
    file = str(tmp_path / "x.zip")
    assert '--workspace: "My workspace", "Twice", "Twice".' in refused(capsys, "export", file)
    assert '2 workspaces are called "Twice"' in refused(capsys, "export", file, "--workspace", "Twice")
    assert 'There is no workspace "Tw"' in refused(capsys, "export", file, "--workspace", "Tw")
    assert not Path(file).exists()
    assert '"Old"' in done(capsys, "export", file, "--workspace", "Old")[1]


def test_a_backup_is_a_copy_that_opens(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done(capsys, "demo")
    done(capsys, "backup", str(tmp_path / "backups"))
    (copy,) = (tmp_path / "backups").iterdir()
    assert _counts(copy) == _counts(database)


def test_the_doctor_finds_nothing_in_a_healthy_store_and_ends_with_1_otherwise(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done(capsys, "demo")
    assert done(capsys, "doctor")[0].startswith("The store is healthy")
    with duckdb.connect(str(database)) as connection:
        connection.execute("update assessment_scores set score = 5 where part = 'overall'")
    assert cli.main(["doctor"]) == 1
    out, said = capsys.readouterr()
    assert "differ from what its answers give" in out
    assert out.splitlines()[-1].startswith("Findings: ")
    assert said == ""


@pytest.mark.parametrize("argv", [("export", "x.zip"), ("backup", "backups"), ("doctor",)])
def test_what_reads_a_store_does_not_make_an_empty_one(
    argv: tuple[str, ...], database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f'There is no database "{database}"' in refused(capsys, *argv)
    assert not database.parent.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 100_000])
def test_a_damaged_database_is_a_sentence(content: bytes, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database.parent.mkdir()
    database.write_bytes(content)
    for argv in (("doctor",), ("demo",)):
        assert "is damaged" in refused(capsys, *argv)
    assert database.read_bytes() == content


def test_a_newer_database_is_a_sentence(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done(capsys, "demo")
    with duckdb.connect(str(database)) as future:
        future.execute("insert into schema_migrations values (9000, 'future', now())")
    assert "Update the app" in refused(capsys, "doctor")


def test_a_database_that_the_app_holds_is_a_sentence(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = (
        "import sys; from data.store import open_store; store = open_store(sys.argv[1]); print(); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, f"duckdb:///{database}"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as app:
        program_is_ready(app)
        said = refused(capsys, "doctor")
        app.communicate(b"")
    assert "is in use by another process" in said
    assert "PostgreSQL" in said


def program_is_ready(app: subprocess.Popen[bytes]) -> None:
    assert app.stdout is not None
    assert app.stdout.read(1) == b"\n"


def test_a_folder_that_cannot_hold_a_database_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "var").write_text("no folder")
    for path in (tmp_path / "var" / "checkup.duckdb", Path("/proc/checkup/checkup.duckdb")):
        monkeypatch.setenv("CHECKUP_DATABASE_URL", f"duckdb:///{path}")
        assert "CHECKUP_DATABASE_URL" in refused(capsys, "demo")


def test_an_unusable_address_is_named(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHECKUP_DATABASE_URL", "mysql://host/db")
    assert "CHECKUP_DATABASE_URL" in refused(capsys, "doctor")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_workspace_is_a_sentence(
    content: bytes, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    assert "no zip file" in refused(capsys, "import", str(file))
    assert "cannot be read" in refused(capsys, "import", str(tmp_path / "none.zip"))


def test_an_export_or_backup_that_cannot_be_written_is_a_sentence(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store(f"duckdb:///{database}").close()
    (tmp_path / "file").write_text("no folder")
    assert "cannot be written" in refused(capsys, "export", str(tmp_path / "file" / "x.zip"))
    assert "cannot be made" in refused(capsys, "backup", str(tmp_path / "file"))


def _counts(path: Path) -> dict[str, int]:
    with open_store(f"duckdb:///{path}") as store:
        return dict(store.size().counts)
