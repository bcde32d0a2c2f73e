"""Who draws now: a few at a time, answers before pages, and the others wait until one of them has ended."""

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
# A whole page takes several times as long as a part, which is what an answer draws. Two pages at once, or pages that
# go first, would make everybody who answers wait for those who turn a page.
PAGES_AT_ONCE = 1
PAGE = "page"

_DRAWING: ContextVar[bool] = ContextVar("drawing", default=False)


class Turns:
    """Two kinds take the same turns: pages, one at a time and only while no part waits, and parts."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pages = self._parts = self._waiting_parts = 0

    def take(self, part: str, patience_s: float) -> bool:
        """Wait for a turn, `patience_s` seconds at most; whether there was one."""
        with self._changed:
            if part == PAGE:
                has_turn = self._changed.wait_for(self._may_draw_a_page, patience_s)
                self._pages += has_turn
                return has_turn
            self._waiting_parts += 1
            try:
                has_turn = self._changed.wait_for(self._is_one_left, patience_s)
            finally:
                self._waiting_parts -= 1
                # There may be a turn left for a page that gave way to this part.
                self._changed.notify_all()
            self._parts += has_turn
            return has_turn

    def give_back(self, part: str) -> None:
        with self._changed:
            if part == PAGE:
                self._pages -= 1
            else:
                self._parts -= 1
            self._changed.notify_all()

    def _is_one_left(self) -> bool:
        return self._pages + self._parts < AT_ONCE

    def _may_draw_a_page(self) -> bool:
        return self._is_one_left() and self._pages < PAGES_AT_ONCE and not self._waiting_parts


_turns = Turns()


@contextmanager
def drawing(part: str) -> Iterator[None]:
    """Around the drawing of a page, or of a part of it: takes a turn, and is timed with the wait for it.

    A part that is drawn within a page has the turn of the page.
    """
    if _DRAWING.get():
        yield
        return
    with meters.rerun(part):
        mark, has_turn = _DRAWING.set(True), _turns.take(part, PATIENCE_S)
        try:
            yield
        finally:
            _DRAWING.reset(mark)
            if has_turn:
                _turns.give_back(part)
