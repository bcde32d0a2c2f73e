"""Where do I find the formats a report can be written in? Each module of this folder is one.

The folder is the registry. A format has `LABEL` (its name for people, short enough for a button), `ABOUT` (what
it is good for), `SUFFIX` (with the dot), `MIME` and `write(report) -> bytes`.
"""

from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Protocol, cast

from reports.document import Report


class Format(Protocol):
    """What every module of this folder offers."""

    LABEL: str
    ABOUT: str
    SUFFIX: str
    MIME: str

    def write(self, report: Report) -> bytes: ...


class UnknownFormat(KeyError):
    """A format that this folder does not have; the sentence says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def available() -> tuple[str, ...]:
    """The names of all formats, in order of the alphabet."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get(name: str) -> Format:
    """The format of this name; `UnknownFormat` when there is none."""
    if name not in available():
        raise UnknownFormat(f'There is no report format "{name}"; choose one of {", ".join(available())}.')
    return cast(Format, import_module(f"{__name__}.{name}"))


def of_file(name: str) -> Format:
    """The format that a file's ending asks for; `UnknownFormat` when none does."""
    formats = {one.SUFFIX: one for one in map(get, available())}
    file = PurePath(name)
    fitting = [suffix for suffix in formats if len(file.name) > len(suffix) and file.name.lower().endswith(suffix)]
    if not fitting:
        ends = f'ends in "{file.suffix}"' if file.suffix else "has no ending"
        raise UnknownFormat(f'"{name}" {ends}, which is no report format; use one of {", ".join(sorted(formats))}.')
    return formats[max(fitting, key=len)]
