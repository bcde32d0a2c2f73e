"""Where one drawing of a page keeps what it has read, so that it asks the database once for each thing it shows."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

R = TypeVar("R")
_HELD: ContextVar[dict[Hashable, object] | None] = ContextVar("recall", default=None)


@contextmanager
def recalling() -> Iterator[None]:
    """Inside, a call that reads is answered from memory when it was made before, until this thread changes something.

    So one drawing shows one state, and a change by somebody else is seen by the next. What such calls return is
    shared: read it, do not change it.
    """
    if _HELD.get() is not None:
        yield
        return
    token = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(token)


def recalled(call: Hashable, read: Callable[[], R]) -> R:
    """What `call` returned before within `recalling`, else what `read` returns now."""
    held = _HELD.get()
    if held is None:
        return read()
    if call not in held:
        held[call] = read()
    return held[call]  # type: ignore[return-value]  # kept under the call that returned it


def forget() -> None:
    """After a change, the next call reads again."""
    held = _HELD.get()
    if held is not None:
        held.clear()
