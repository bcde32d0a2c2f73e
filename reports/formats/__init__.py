"""Where do I find the formats a report can be written in? Each module of this folder is one.

The folder is the registry. A format has `LABEL` (its name for people), `SUFFIX` (with the dot), `MIME` and
`write(report) -> bytes`.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from reports.document import Report


class Format(Protocol):
    """What every module of this folder offers."""

    LABEL: str
    SUFFIX: str
    MIME: str

    def write(self, report: Report) -> bytes: ...


class UnknownFormat(KeyError):
    """A format that this folder does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f'There is no report format "{name}"; choose one of {", ".join(available())}.')

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def available() -> tuple[str, ...]:
    """The names of all formats, in order of the alphabet."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get(name: str) -> Format:
    """The format of this name; `UnknownFormat` when there is none."""
    if name not in available():
        raise UnknownFormat(name)
    return cast(Format, import_module(f"{__name__}.{name}"))
