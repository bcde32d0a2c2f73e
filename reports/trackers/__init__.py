"""Where do I find the issue trackers that fixes can be taken along to? Each module of this folder is one.

The folder is the registry. A tracker has `LABEL` (what it hands over, for people), `SUFFIX` (with the dot), `MIME` and
`write(tickets) -> bytes`.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from reports.ticket import Ticket


class Tracker(Protocol):
    """What every module of this folder offers."""

    LABEL: str
    SUFFIX: str
    MIME: str

    def write(self, tickets: Sequence[Ticket]) -> bytes: ...


@cache
def available() -> tuple[str, ...]:
    """The names of all trackers, in order of the alphabet."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get(name: str) -> Tracker:
    """The tracker of this name, which is one of `available()`."""
    return cast(Tracker, import_module(f"{__name__}.{name}"))
