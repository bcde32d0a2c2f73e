"""How changes that met are tried again: from the start, after a moment of chance, and not for ever."""

import random
from collections.abc import Callable
from typing import TypeVar

from data.errors import StoreBusy, StoreError

T = TypeVar("T")
ATTEMPTS = 10


class LostRace(StoreError):
    """Two changes met; the one that raises this may simply be tried again."""


def until_won(attempt: Callable[[], T], wait: Callable[[float], None]) -> T:
    """What `attempt` returns, made again while it loses races; `StoreBusy` when it loses every one of them."""
    for number in range(ATTEMPTS):
        try:
            return attempt()
        except LostRace:
            # Jitter, so that two losers do not meet again; at most about a second in all.
            wait(random.uniform(0, 0.002 * 2**number))  # noqa: S311 - no secret depends on it
    raise StoreBusy("Too many changes at the same time; this one was not saved. Try again in a moment.")
