"""Who draws now: a few at a time, and the others wait until one of them has ended."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import meters

# Python runs one thread at a time. Many that draw at once hold each other up at every question to the database, and
# whoever saves an answer in the middle of them holds up all who want to save one: seconds, where in turn it is
# milliseconds. Two, because one of them may be waiting for the disk or for PostgreSQL.
AT_ONCE = 2
# Whoever waits longer goes on without a turn: a drawing that is stuck must not hold up everybody else.
PATIENCE_S = 1.0

_turns = threading.Semaphore(AT_ONCE)
_DRAWING: ContextVar[bool] = ContextVar("drawing", default=False)


@contextmanager
def drawing(part: str) -> Iterator[None]:
    """Around the drawing of a page, or of a part of it: takes a turn, and is timed with the wait for it.

    A part that is drawn within a page has the turn of the page.
    """
    if _DRAWING.get():
        yield
        return
    with meters.rerun(part):
        mark, has_turn = _DRAWING.set(True), _turns.acquire(timeout=PATIENCE_S)
        try:
            yield
        finally:
            _DRAWING.reset(mark)
            if has_turn:
                _turns.release()
