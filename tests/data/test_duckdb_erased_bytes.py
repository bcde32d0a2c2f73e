"""What is deleted for good is not in the bytes of the database file any more, and the file is as safe as before."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import StoreError
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, a_store, a_world

NOTE = "The vault's code is under the third flowerpot"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it's here" / "checkup.duckdb"


def _bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def _with_a_note(store: Store) -> str:
    made = store.workspaces.create(OWNER, "Acme")
    draft = store.assessments.start(OWNER, store.systems.create(OWNER, made.id, "Pricing").id, CHECKLIST.version)
    store.responses.save(OWNER, draft.id, "data-1", Response.rated(2, NOTE))
    store.workspaces.delete(OWNER, made.id)
    return made.id


def test_a_note_leaves_the_file_with_its_workspace(path: Path) -> None:
    with a_store(f"duckdb:///{path}") as store:
        world, gone = a_world(store), _with_a_note(store)
        others = store.transfer.dump(OWNER, world.workspace)
        assert NOTE.encode() in _bytes(path)
        store.deletion.workspace(OWNER, gone, "Acme")
        assert NOTE.encode() not in _bytes(path)
        assert store.transfer.dump(OWNER, world.workspace) == others
        store.ping()
    assert NOTE.encode() not in _bytes(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with a_store(f"duckdb:///{path}") as again:
        assert again.transfer.dump(OWNER, world.workspace) == others
        assert again.doctor(OWNER, CHECKLIST).is_healthy


def test_the_words_of_a_person_leave_the_file_with_them(path: Path) -> None:
    with a_store(f"duckdb:///{path}") as store:
        world = a_world(store)
        store.responses.save(OWNER, world.draft, "data-9", Response.rated(2, NOTE), respondent=world.person)
        store.respondents.submit(OWNER, world.person)
        store.personal.erase(OWNER, world.workspace, "Ana")
    assert NOTE.encode() not in _bytes(path)


def test_the_file_stays_locked_after_it_was_written_anew(path: Path) -> None:
    with a_store(f"duckdb:///{path}") as store:
        store.deletion.workspace(OWNER, _with_a_note(store), "Acme")
        program = "import duckdb, sys; duckdb.connect(sys.argv[1])"
        other = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert "lock" in other.stderr


def test_without_room_for_the_new_file_the_old_one_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with a_store(f"duckdb:///{path}") as store:
        gone = _with_a_note(store)
        monkeypatch.setattr("data.duckdb_file.write_anew", no_room)
        with pytest.raises(StoreError, match="Free some space"):
            store.deletion.workspace(OWNER, gone, "Acme")
        monkeypatch.undo()
        # The rows are gone; the next time that something is deleted for good takes their bytes as well.
        store._desk.engine.scrub()
        store.ping()
    assert NOTE.encode() not in _bytes(path)
