"""What runs beside the pages in this process: backups by the clock, and how many browser tabs are connected."""

from datetime import timedelta

from streamlit import runtime

import settings
from data.backup import Rounds
from data.store import SETUP
from ui import services


def keep_backups() -> Rounds | None:
    """Begin to copy the database whenever that is due; None where nothing is to be copied."""
    chosen, store = settings.read(), services.open_the_store()
    if not chosen.backup_every_hours or not store.size().bytes or store.size().no_copy:
        return None
    every, keep = timedelta(hours=chosen.backup_every_hours), chosen.backup_keep
    rounds = Rounds(lambda: services.open_the_store().backup_when_due(SETUP, every, keep))
    rounds.start()
    return rounds


def open_sessions() -> int:
    """How many browser tabs are connected."""
    return runtime.get_instance()._session_mgr.num_active_sessions() if runtime.exists() else 0


def backup_plan() -> tuple[int, int]:
    """Every how many hours a backup is made by itself (0: never), and how many of them are kept."""
    chosen = settings.read()
    return chosen.backup_every_hours, chosen.backup_keep
