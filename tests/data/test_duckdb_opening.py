import signal
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data.duckdb_faults import while_opening
from data.duckdb_file import DuckDBFile
from data.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseNewer,
    EngineUnknown,
    FolderUnusable,
    StoreError,
    StoreStopped,
)
from data.store import open_store
from tests.data.builders import OWNER, a_store, a_system, the_workspace

ROOT = Path(__file__).parents[2]


def url_of(path: Path) -> str:
    return f"duckdb:///{path}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database with one system in it."""
    path = tmp_path / "var" / "checkup.duckdb"
    with a_store(url_of(path)) as store:
        a_system(store, "Churn model")
    return path


def refused(path: Path, kind: type[StoreError]) -> str:
    """The sentence with which a database does not open; it never shows where in the code that was."""
    with pytest.raises(kind) as refusal:
        open_store(url_of(path))
    sentence = str(refusal.value)
    assert "Traceback" not in sentence
    assert "Exception" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_what_was_saved_is_there_after_closing_and_opening(path: Path) -> None:
    with a_store(url_of(path)) as store:
        assert [system.name for system in store.systems.all(OWNER, the_workspace(store).id)] == ["Churn model"]
        assert len(store.workspaces.all(OWNER)) == 1


def test_a_relative_address_is_relative_to_the_folder_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with a_store("duckdb:///var/relative.duckdb") as store:
        store.ping()
    assert (tmp_path / "var" / "relative.duckdb").exists()


def test_a_store_in_memory_leaves_no_file_and_knows_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with a_store() as store:
        store.ping()
        a_system(store)
        assert store.size().bytes == 0
        assert store.size().counts["systems"] == 1
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_of_the_process_can_read_the_database(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_a_second_process_holds_is_refused_with_a_way_out(path: Path) -> None:
    program = (
        "import sys; from data.store import open_store; "
        "store = open_store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, url_of(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        sentence = refused(path, DatabaseLocked)
        other.communicate("")
    assert "in use by another process" in sentence
    assert "PostgreSQL" in sentence
    a_store(url_of(path)).close()


def test_a_file_that_is_open_in_this_process_is_not_opened_twice(path: Path) -> None:
    with a_store(url_of(path)) as store:
        assert "already open in this process" in refused(path, DatabaseLocked)
        store.ping()


@pytest.mark.parametrize(("place", "length"), [(0, 8), (8, 4), (4096, 8192)])
def test_a_file_with_flipped_bytes_in_its_header_is_damaged(path: Path, place: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[place : place + length] = bytes(byte ^ 0xFF for byte in content[place : place + length])
    path.write_bytes(content)
    assert "put the latest backup in its place" in refused(path, DatabaseDamaged)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 100_000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_bytes(content)
    refused(path, DatabaseDamaged)
    assert path.read_bytes() == content


def test_a_file_that_was_cut_off_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])
    refused(path, DatabaseDamaged)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as theirs:
        theirs.execute("create table customers (id integer)")
    assert "tables of another program" in refused(path, DatabaseDamaged)


def test_a_database_of_a_newer_app_is_refused_with_both_numbers(path: Path) -> None:
    with duckdb.connect(str(path)) as future:
        future.execute("insert into schema_migrations values (9000, 'future', now())")
    sentence = refused(path, DatabaseNewer)
    assert "has schema 9000" in sentence
    assert "Update the app" in sentence


def test_a_file_of_a_newer_engine_asks_for_an_update() -> None:
    words = "IO Error: Trying to read a database file with version number 999, but we can only read versions 64 to 68."
    fault = while_opening(duckdb.IOException(words), "checkup.duckdb")
    assert isinstance(fault, DatabaseNewer)
    assert "update the app" in str(fault)


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no folder")
    sentence = refused(tmp_path / "var" / "checkup.duckdb", FolderUnusable)
    assert "CHECKUP_DATABASE_URL" in sentence


def test_a_folder_that_nobody_can_write_is_named() -> None:
    assert "cannot be used" in refused(Path("/proc/checkup/checkup.duckdb"), FolderUnusable)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "checkup.duckdb").mkdir()
    refused(tmp_path / "checkup.duckdb", StoreError)


@pytest.mark.parametrize("url", ["mysql://host/db", "sqlite:///x.db", "checkup.duckdb", "", "duckdb:///"])
def test_an_address_that_no_engine_understands_is_explained(url: str) -> None:
    with pytest.raises(EngineUnknown, match=r"duckdb:///folder/name\.duckdb"):
        open_store(url)


def test_a_closed_store_says_so_and_closes_twice(path: Path) -> None:
    store = a_store(url_of(path))
    store.close()
    store.close()
    with pytest.raises(StoreStopped, match="restart the app"):
        store.ping()


def test_no_sql_text_can_reach_files_or_loosen_the_settings(path: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    engine = DuckDBFile(str(path))
    attempts = (
        f"from read_csv('{tmp_path}/secret.csv')",
        f"copy systems to '{tmp_path}/out.csv'",
        f"attach '{tmp_path}/other.duckdb'",
        "set enable_external_access = true",
        "install httpfs",
    )
    for attempt in attempts:
        with pytest.raises(StoreError):
            engine.write(lambda session, sql=attempt: session.run(sql))  # type: ignore[misc]
    engine.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["secret.csv", "var"]


def test_an_older_release_of_the_engine_can_read_the_file(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as connection:
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'checkup'").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"].startswith("v1.5.0")


def test_a_full_disk_says_so_and_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "checkup.duckdb"
    program = Path(__file__).parent / "fill_the_disk.py"
    command = [sys.executable, str(program), url_of(path)]
    run = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr
    *sentences, before, after = run.stdout.splitlines()
    assert sentences == ["The disk is full; the change was not saved. Free some space, then try again."] * 3
    assert 0 < int(before) < int(after)
    with a_store(url_of(path)) as store:
        assert store.size().counts["systems"] == int(after)
