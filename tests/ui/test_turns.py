"""Pages are drawn a few at a time, and one that is stuck does not hold up the others."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

import meters
from ui import turns

LONG = 60.0


class Turns(threading.Semaphore):
    """The turns of this test; `asked` is set when somebody comes while none is left."""

    def __init__(self) -> None:
        super().__init__(turns.AT_ONCE)
        self.asked = threading.Event()

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        if super().acquire(blocking=False):
            return True
        self.asked.set()
        return super().acquire(blocking, timeout)


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(turns, "_turns", Turns())
    monkeypatch.setattr(turns, "PATIENCE_S", LONG)
    return turns._turns  # type: ignore[return-value]  # it was just put there


@contextmanager
def _somebody_draws() -> Iterator[None]:
    """Another session draws a page until the end of the block."""
    begun, over = threading.Event(), threading.Event()

    def draws() -> None:
        with turns.drawing("page"):
            begun.set()
            assert over.wait(LONG)

    thread = threading.Thread(target=draws)
    thread.start()
    assert begun.wait(LONG)
    try:
        yield
    finally:
        over.set()
        thread.join(LONG)


def _draws(done: list[str], who: str) -> threading.Thread:
    def draw() -> None:
        with turns.drawing("part"):
            done.append(who)

    thread = threading.Thread(target=draw)
    thread.start()
    return thread


def test_who_comes_while_enough_draw_waits_for_one_of_them(shared: Turns) -> None:
    done: list[str] = []
    with ExitStack() as others:
        for _ in range(turns.AT_ONCE - 1):
            others.enter_context(_somebody_draws())
        with _somebody_draws():
            waiting = _draws(done, "waiting")
            assert shared.asked.wait(LONG)
            assert done == []
        waiting.join(LONG)
        assert done == ["waiting"]


def test_who_has_waited_long_enough_draws_without_a_turn(shared: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0.001)
    done: list[str] = []
    with ExitStack() as stuck:
        for _ in range(turns.AT_ONCE):
            stuck.enter_context(_somebody_draws())
        _draws(done, "impatient").join(LONG)
        assert done == ["impatient"]
        assert not shared.acquire(blocking=False), "a turn that was not taken is not given back"


def test_a_part_that_is_drawn_within_its_page_has_the_turn_of_the_page(shared: Turns) -> None:
    before = [_counted("page"), _counted("part")]
    with ExitStack() as others:
        for _ in range(turns.AT_ONCE - 1):
            others.enter_context(_somebody_draws())
        with turns.drawing("page"), turns.drawing("part"):
            assert not shared.asked.is_set()
    assert [_counted("page"), _counted("part")] == [before[0] + turns.AT_ONCE, before[1]]


def test_a_page_that_fails_gives_its_turn_back(shared: Turns) -> None:
    for _ in range(turns.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.drawing("page"):
            _ = 1 / 0
    assert not shared.asked.is_set()


def _counted(part: str) -> float:
    return meters.REGISTRY.get_sample_value("checkup_rerun_seconds_count", {"part": part}) or 0.0
