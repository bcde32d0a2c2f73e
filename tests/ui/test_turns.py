"""Pages are drawn a few at a time, answers go first, and what is stuck does not hold up the others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, ClassVar

import pytest

import meters
from ui import turns

LONG = 60.0


class Turns(turns.Turns):
    """The turns of this test; `waits` is released whenever somebody has to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = threading.Semaphore(0)

    def _hand_out(self) -> None:
        before = len(self._pages) + len(self._parts)
        super()._hand_out()
        if before and before == len(self._pages) + len(self._parts):
            self.waits.release()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(turns, "_turns", Turns())
    monkeypatch.setattr(turns, "PATIENCE_S", 2 * LONG)
    return turns._turns  # type: ignore[return-value]  # it was just put there


@contextmanager
def _somebody_draws(part: str) -> Iterator[None]:
    """Another session draws until the end of the block."""
    begun, over = threading.Event(), threading.Event()

    def draws() -> None:
        with turns.drawing(part):
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


def _draws(done: list[str], part: str, who: str) -> threading.Thread:
    def draw() -> None:
        with turns.drawing(part):
            done.append(who)

    thread = threading.Thread(target=draw)
    thread.start()
    return thread


def test_who_comes_while_enough_draw_waits_for_one_of_them(shared: Turns) -> None:
    done: list[str] = []
    with ExitStack() as others:
        for _ in range(turns.AT_ONCE - 1):
            others.enter_context(_somebody_draws("part"))
        with _somebody_draws("part"):
            waiting = _draws(done, "part", "waiting")
            assert shared.waits.acquire(timeout=LONG)
            assert done == []
        waiting.join(LONG)
        assert done == ["waiting"]


@pytest.mark.parametrize("lets_pass", [0, turns.LETS_PASS])
def test_an_answer_does_not_wait_for_pages(lets_pass: int, shared: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page at a time: the other turn is left to those who answer, however long a page has waited."""
    monkeypatch.setattr(turns, "LETS_PASS", lets_pass)
    done: list[str] = []
    with _somebody_draws("page"):
        page = _draws(done, "page", "a second page")
        assert shared.waits.acquire(timeout=LONG)
        _draws(done, "part", "an answer").join(LONG)
        assert done == ["an answer"]
    page.join(LONG)
    assert done == ["an answer", "a second page"]


def test_an_answer_goes_before_a_page_that_came_first(shared: Turns) -> None:
    done: list[str] = []
    for _ in range(turns.AT_ONCE):
        assert shared.take("part", LONG)
    page = _draws(done, "page", "a page")
    assert shared.waits.acquire(timeout=LONG)
    answer = _draws(done, "part", "an answer")
    assert shared.waits.acquire(timeout=LONG)
    # One turn for both, so that one of them has ended before the other begins.
    shared.give_back("part")
    for thread in (page, answer):
        thread.join(LONG)
    assert done == ["an answer", "a page"]


@pytest.mark.parametrize("part", ["page", "part"])
def test_who_has_waited_long_enough_draws_without_a_turn(
    part: str, shared: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0.001)
    done: list[str] = []
    with ExitStack() as stuck:
        for _ in range(turns.AT_ONCE):
            stuck.enter_context(_somebody_draws("part"))
        _draws(done, part, "impatient").join(LONG)
        assert done == ["impatient"]
        assert not shared.take("part", 0.001), "a turn that was not taken is not given back"
    for _ in range(turns.AT_ONCE):
        assert shared.take("part", LONG), "nobody gives a turn to who went without"


def test_a_page_lets_some_answers_pass_and_then_it_is_its_turn(shared: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LETS_PASS", 3)
    done: list[str] = []
    for _ in range(turns.AT_ONCE):
        assert shared.take("part", LONG)
    waiting = []
    people = [("part", "an earlier answer"), ("page", "a page"), *(("part", f"answer {number}") for number in range(5))]
    for part, who in people:
        waiting.append(_draws(done, part, who))
        assert shared.waits.acquire(timeout=LONG)
    # One after the other, with the turn that the other one has not given back.
    shared.give_back("part")
    for thread in waiting:
        thread.join(LONG)
    assert done == ["an earlier answer", "answer 0", "answer 1", "answer 2", "a page", "answer 3", "answer 4"]


class Looks(turns._Waiting):
    """Somebody whose time is over at once whenever they wait; before each look, one who draws comes to an end."""

    ends: ClassVar[Callable[[], None]]
    looks: ClassVar[list[bool]]

    def __init__(self, parts_before: int) -> None:
        super().__init__(parts_before)
        self.has_turn.wait = self._look  # type: ignore[method-assign]  # the time of this test

    def _look(self, timeout: float | None = None) -> bool:
        Looks.ends()
        Looks.looks.append(self.has_turn.is_set())
        return Looks.looks[-1]


@pytest.fixture
def looks(shared: Turns, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], list[bool]]:
    """From the call on, whoever waits is one of `Looks`; what they see is in the list."""

    def begins(ends: Callable[[], None]) -> list[bool]:
        monkeypatch.setattr(turns, "_Waiting", Looks)
        Looks.ends, Looks.looks = ends, []
        return Looks.looks

    return begins


def test_as_long_as_others_come_to_an_end_nobody_goes_without_a_turn(shared: Turns, looks: Any) -> None:
    """Else all draw at once as soon as more come than one process can serve, and everything takes longer still."""
    for _ in range(turns.AT_ONCE):
        assert shared.take("part", LONG)
    first = threading.Thread(target=shared.take, args=("part", LONG))
    first.start()
    assert shared.waits.acquire(timeout=LONG)
    seen = looks(lambda: shared.give_back("part"))
    assert shared.take("part", LONG)
    assert seen == [False, True]
    first.join(LONG)


@pytest.mark.parametrize(("stuck", "seen"), [("page", 1), ("part", turns.MOST_LOOKS)])
def test_a_page_that_is_stuck_holds_no_other_page_up_while_people_answer(
    stuck: str, seen: int, shared: Turns, looks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does a page wait for ever while others take the turns that end."""
    monkeypatch.setattr(turns, "LETS_PASS", 1_000)
    assert shared.take(stuck, LONG)
    for _ in range(turns.AT_ONCE - 1):
        assert shared.take("part", LONG)
    with shared._lock:
        answers = [turns._Waiting(0) for _ in range(20)]
        shared._parts.extend(answers)
    found = looks(lambda: shared.give_back("part"))
    assert not shared.take("page", LONG)
    assert found == [False] * seen
    assert sum(one.has_turn.is_set() for one in answers) == seen


def test_a_part_that_is_drawn_within_its_page_has_the_turn_of_the_page(shared: Turns) -> None:
    before = [_counted("page"), _counted("part")]
    with ExitStack() as others:
        for _ in range(turns.AT_ONCE - 1):
            others.enter_context(_somebody_draws("part"))
        with turns.drawing("page"), turns.drawing("part"):
            assert not shared.waits.acquire(blocking=False)
    assert [_counted("page"), _counted("part")] == [before[0] + 1, before[1] + turns.AT_ONCE - 1]


@pytest.mark.parametrize("part", ["page", "part"])
def test_what_fails_gives_its_turn_back(part: str, shared: Turns) -> None:
    for _ in range(turns.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.drawing(part):
            _ = 1 / 0
    assert not shared.waits.acquire(blocking=False)


def _counted(part: str) -> float:
    return meters.REGISTRY.get_sample_value("checkup_rerun_seconds_count", {"part": part}) or 0.0
