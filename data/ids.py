"""Where ids come from: UUIDs of version 7, ordered by time and never repeated within a process."""

import secrets
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
IdMaker = Callable[[], str]
RANDOM_BITS = 74


def utc_now() -> datetime:
    """The wall clock, aware and in UTC."""
    return datetime.now(UTC)


def id_maker(now: Clock) -> IdMaker:
    """A function that makes ids by this clock: each is greater than the one before it."""
    lock = threading.Lock()
    last = 0

    def new_id() -> str:
        nonlocal last
        milliseconds = int(now().timestamp() * 1000)
        with lock:
            last = max(milliseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS), last + 1)
            return _as_uuid(last)

    return new_id


def _as_uuid(number: int) -> str:
    """Spread time (48 bits) and random (12 + 62 bits) around the version and the variant."""
    low = number & ((1 << 62) - 1)
    middle = number >> 62 & 0xFFF
    time = number >> RANDOM_BITS & ((1 << 48) - 1)
    return str(uuid.UUID(int=time << 80 | 7 << 76 | middle << 64 | 2 << 62 | low))
