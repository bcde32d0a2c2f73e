"""How a long list is handed out in pages: each names the last one on it, so that changes meanwhile move nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.problems import Problem
from data.model import System
from data.text import name_key

PER_PAGE, MOST_PER_PAGE = 50, 100
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some systems in their order; `more` when others follow."""

    systems: Sequence[System]
    per_page: int
    more: bool


def page_of(systems: Sequence[System], asked: Mapping[str, str]) -> Page:
    """The page that the query asks for with `cursor` and `per_page`; a `Problem` when it makes no sense."""
    count = _count(asked.get("per_page", str(PER_PAGE)))
    after = _place(asked.get("cursor", ""))
    following = [one for one in sorted(systems, key=_place_of) if _place_of(one) > after]
    return Page(following[:count], count, len(following) > count)


def link_to_next(path: str, page: Page) -> str | None:
    """The address of the page after this one."""
    if not page.more:
        return None
    cursor = " ".join(_place_of(page.systems[-1]))
    return f"{path}?{urlencode({'cursor': cursor, 'per_page': page.per_page})}"


def _place_of(system: System) -> Place:
    return name_key(system.name), system.id


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST_PER_PAGE:
        return int(text)
    raise Problem("bad-request", f'"per_page" must be a whole number from 1 to {MOST_PER_PAGE}.')


def _place(cursor: str) -> Place:
    """Any text names a place in the order, so a cursor cannot be wrong, only far from every name."""
    name, _, system = cursor.rpartition(" ")
    return name, system
