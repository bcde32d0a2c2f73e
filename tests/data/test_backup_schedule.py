"""Backups that are made by the clock: when one is due, which of them stay, and how one is brought back."""

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.backup import Rounds, last_made
from data.store import Store, as_of, open_store
from tests.data.builders import CHECKLIST, OWNER, START, a_store, a_world

DAY = timedelta(hours=24)


def _on_day(store: Store, day: int) -> Path | None:
    return as_of(store, START + timedelta(days=day, minutes=day)).backup_when_due(OWNER, DAY, keep=3)


def test_one_is_made_when_the_last_is_older_than_a_day(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        first = _on_day(store, 0)
        assert first
        assert first.parent == tmp_path / "backups"
        assert as_of(store, START + timedelta(hours=23)).backup_when_due(OWNER, DAY, keep=3) is None
        assert _on_day(store, 1)


def test_the_newest_stay_and_what_a_person_made_is_never_thrown_away(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        by_hand = as_of(store, START - DAY * 9).backup(OWNER, tmp_path / "backups")
        made = [_on_day(store, day) for day in range(5)]
    left = set((tmp_path / "backups").iterdir())
    assert left == {by_hand, *made[-3:]}


def test_a_copy_that_a_person_made_counts_as_well(tmp_path: Path) -> None:
    with a_store(f"duckdb:///{tmp_path}/checkup.duckdb") as store:
        as_of(store, START).backup(OWNER, tmp_path / "backups")
        assert as_of(store, START + timedelta(hours=1)).backup_when_due(OWNER, DAY, keep=3) is None
        assert store.size().backed_up_at == START


def test_files_of_others_are_no_backups(tmp_path: Path) -> None:
    (tmp_path / "checkup-of-the-year.duckdb").touch()
    assert last_made(tmp_path) is None
    assert last_made(tmp_path / "no-such") is None


def test_a_backup_is_brought_back_by_putting_it_in_the_databases_place(tmp_path: Path) -> None:
    """As the settings page says: stop, move the file away, copy the backup there, start."""
    path = tmp_path / "checkup.duckdb"
    with a_store(f"duckdb:///{path}") as store:
        world = a_world(store)
        kept = store.transfer.dump(OWNER, world.workspace)
        copy = store.backup_when_due(OWNER, DAY, keep=3)
        store.systems.purge(OWNER, world.system)
    assert copy
    path.rename(tmp_path / "aside.duckdb")
    shutil.copyfile(copy, path)
    with open_store(f"duckdb:///{path}") as restored:
        assert restored.transfer.dump(OWNER, world.workspace) == kept
        assert restored.doctor(OWNER, CHECKLIST).is_healthy


def test_a_round_that_fails_is_followed_by_the_next() -> None:
    turns, done = [], threading.Event()

    def work() -> None:
        turns.append(datetime.now(UTC))
        if len(turns) < 3:
            raise OSError("the disk is away")
        done.set()

    rounds = Rounds(work, pause_s=0)
    rounds.start()
    assert done.wait(20)
    rounds.stop()
    count = len(turns)
    assert count >= 3
    rounds.stop()
    assert len(turns) == count
