import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from data.errors import BackupFailed
from data.store import open_store
from scoring.model import Response
from tests.data.builders import CHECKLIST, MEMORY, OWNER, a_draft, a_milestone, a_store, a_world


def test_a_backup_opens_as_a_store_with_every_row(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        world = a_world(store)
        copy = store.backup(OWNER, tmp_path / "backups")
        counts, dump = store.size().counts, store.transfer.dump(OWNER, world.workspace)
    with open_store(f"duckdb:///{copy}") as restored:
        assert restored.size().counts == counts
        assert restored.transfer.dump(OWNER, world.workspace) == dump
        assert restored.doctor(OWNER, CHECKLIST).is_healthy


def test_a_backup_is_named_by_its_time_and_closed_to_others(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        copy = store.backup(OWNER, tmp_path / "backups")
    assert copy.name.startswith("checkup-2026-01-05T09-00-")
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_the_store_goes_on_while_and_after_it_is_copied(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path}/checkup.duckdb"
    with a_store(url) as store:
        draft = a_draft(store).id
        saved: list[str] = []

        def write() -> None:
            for number in range(40):
                store.responses.save(OWNER, draft, f"item-{number}", Response.rated(3))
                saved.append(f"item-{number}")

        writer = threading.Thread(target=write)
        writer.start()
        for _ in range(3):
            store.backup(OWNER, tmp_path / "backups")
        writer.join()
    with a_store(url) as store:
        assert sorted(store.responses.of(OWNER, draft)) == sorted(saved)
        assert len(saved) == 40


def test_the_file_stays_locked_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "checkup.duckdb"
    with a_store(f"duckdb:///{path}") as store:
        store.backup(OWNER, tmp_path / "backups")
        program = "import duckdb, sys; duckdb.connect(sys.argv[1])"
        other = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert "lock" in other.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        with pytest.raises(BackupFailed, match="choose another"):
            store.backup(OWNER, tmp_path / "taken")
        with pytest.raises(BackupFailed, match="Choose another folder"):
            store.backup(OWNER, Path("/proc/self"))
        store.ping()


def test_a_store_in_memory_has_no_file_to_copy(tmp_path: Path) -> None:
    with a_store(MEMORY) as store:
        a_milestone(store)
        with pytest.raises(BackupFailed, match="export the workspace"):
            store.backup(OWNER, tmp_path)
