"""How whoever runs the app hears of the store's calls: the kind of each, how long it took, what it failed with."""

from collections.abc import Callable
from time import perf_counter
from typing import Literal, TypeVar

R = TypeVar("R")
# An answer is saved, anything else is changed, or something is looked at.
Kind = Literal["answer", "change", "look"]
# The kind, the seconds, and the name of the fault's class, "" when all went well. Nothing of what was stored.
Watch = Callable[[Kind, float, str], None]


def unwatched(_kind: Kind, _seconds: float, _fault: str) -> None:
    """Nobody listens."""


def watched(watch: Watch, kind: Kind, work: Callable[[], R]) -> R:
    """What `work` returns or raises; `watch` is told of it."""
    begun, fault = perf_counter(), ""
    try:
        return work()
    except Exception as error:
        fault = type(error).__name__
        raise
    finally:
        watch(kind, perf_counter() - begun, fault)
