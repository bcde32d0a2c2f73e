"""Where do I find one line of the benchmark table, and how a repeated piece of work becomes one?"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


class BenchmarkFailed(RuntimeError):
    """There is no figure, because the app did not do its work; the message says what happened."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured, and its goal: a bound on the p95 where `goal_of` says so.

    Figures are milliseconds, or of another `unit`. `p95_ms` is None where a figure is the median of a few runs.
    `notes` are sentences to print below.
    """

    what: str
    median_ms: float
    p95_ms: float | None
    goal_ms: float
    goal_of: str = "median"
    notes: tuple[str, ...] = ()
    unit: str = "ms"

    @property
    def is_met(self) -> bool:
        judged = self.p95_ms if self.goal_of == "p95" else self.median_ms
        return judged is not None and judged <= self.goal_ms


def line_of(what: str, seconds: Sequence[float], goal_ms: float, goal_of: str = "median", *notes: str) -> Line:
    """The line of these durations in seconds; below 20 of them there is no p95 worth printing."""
    p95 = None if len(seconds) < 20 else percentile(seconds, 95) * 1000
    return Line(what, statistics.median(seconds) * 1000, p95, goal_ms, goal_of, notes)


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` percent of the values do not exceed."""
    in_order = sorted(values)
    return in_order[max(0, -(-len(in_order) * share // 100) - 1)]


def repeated(work: Callable[[], object], times: int) -> list[float]:
    """How long each of `times` runs took, in seconds, after one that is not counted."""
    work()
    return [_seconds(work) for _ in range(times)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
