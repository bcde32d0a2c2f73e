"""Who draws now: a few at a time, answers before pages, and the others wait until one of them has ended."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import meters

# Python runs one thread at a time. Many that draw at once hold each other up at every question to the database, and
# whoever saves an answer in the middle of them holds up all who want to save one: seconds, where in turn it is
# milliseconds. Two, because one of them may be waiting for the disk or for PostgreSQL.
AT_ONCE = 2
# A whole page takes two to three times as long as a part, which is what an answer draws. Two pages at once, or pages
# that go first, would make everybody who answers wait for those who turn a page.
PAGES_AT_ONCE = 1
PAGE = "page"
# When this many parts that came after a page have been given a turn, the next turn that a page may have is its own.
LETS_PASS = 20
# Whoever has waited this long, in which none of those ended for whom they wait, goes on without a turn: a drawing that
# is stuck must not hold up everybody else. As long as others end, waiting is quicker for all than drawing at once.
PATIENCE_S = 1.0
# But not without end: where drawings wait for a slow database, they might as well wait together.
MOST_LOOKS = 5

_DRAWING: ContextVar[bool] = ContextVar("drawing", default=False)


class _Waiting:
    """Somebody who waits for a turn, and how many parts were there before them."""

    def __init__(self, parts_before: int) -> None:
        self.parts_before = parts_before
        self.has_turn = threading.Event()


class Turns:
    """Pages get them in the order in which they come, and so do parts; parts pass pages, but not without end.

    Each waits for itself, so that one turn that is given back wakes one who waits and not all of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: deque[_Waiting] = deque()
        self._parts: deque[_Waiting] = deque()
        self._drawn_pages = self._drawn = self._given_to_parts = 0
        # How many have ended for whom a page may have waited (True), or a part.
        self._ended = {True: 0, False: 0}

    def take(self, part: str, patience_s: float) -> bool:
        """Wait for a turn; False when none of those before ended for `patience_s` seconds, or after some such times."""
        is_page, looks = part == PAGE, 0
        waiting = self._pages if is_page else self._parts
        with self._lock:
            one = _Waiting(self._given_to_parts + len(self._parts))
            waiting.append(one)
            self._hand_out()
            ended = self._ended[is_page]
        while not one.has_turn.wait(patience_s):
            with self._lock:
                if one.has_turn.is_set():
                    break
                looks += 1
                if ended == self._ended[is_page] or looks == MOST_LOOKS:
                    waiting.remove(one)
                    return False
                ended = self._ended[is_page]
        return True

    def give_back(self, part: str) -> None:
        with self._lock:
            self._drawn -= 1
            self._drawn_pages -= part == PAGE
            self._ended[False] += 1
            # A page that waits for another page is not helped by parts that end.
            self._ended[True] += part == PAGE or not self._drawn_pages
            self._hand_out()

    def _hand_out(self) -> None:
        while self._drawn < AT_ONCE:
            if self._parts and not self._is_a_page_due():
                one = self._parts.popleft()
                self._given_to_parts += 1
            elif self._pages and self._drawn_pages < PAGES_AT_ONCE:
                one = self._pages.popleft()
                self._drawn_pages += 1
            else:
                return
            self._drawn += 1
            one.has_turn.set()

    def _is_a_page_due(self) -> bool:
        if not self._pages or self._drawn_pages >= PAGES_AT_ONCE:
            return False
        return self._given_to_parts - self._pages[0].parts_before >= LETS_PASS


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
        has_turn = _turns.take(part, PATIENCE_S)
        mark = _DRAWING.set(True)
        try:
            yield
        finally:
            if has_turn:
                _turns.give_back(part)
            _DRAWING.reset(mark)
