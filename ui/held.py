"""What a session holds of an address, until the browser has shown that it knows what was set here."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the form, and whether the browser has sent it back as its address since."""

    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class View:
    """How the home page is arranged, and whether the browser has sent it back as its address since."""

    values: Mapping[str, str]
    known: bool
