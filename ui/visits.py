"""Who came to the pages /shared and /respond through a link; no other page knows of these visits."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import streamlit as st

from access import permissions
from access.actors import NOBODY, Actor
from access.permissions import Forbidden
from access.places import Place
from data.door import Visit, visitor
from data.recall import recalled
from ui import marks, services, state, widgets

# The page of each scope, and the parameter that names the link.
PAGES = {"shared": "view", "respond": "respond"}
VIA = "via"
COOKIE = "checkup-link-"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Knock:
    """What a visit is known by: the page, the link that its address names, and the pass that the browser holds."""

    page: str
    link: str
    held: str


_later: ContextVar[Knock | None] = ContextVar("knock", default=None)


def _knock() -> Knock:
    return _later.get() or Knock(state.page() or "", state.parameter(VIA) or "", pass_held())


def for_later(work: Callable[[], T]) -> Callable[[], T]:
    """`work` for when a download is clicked, outside of the session by then: the visit is found out anew."""
    knock = _knock()

    def later() -> T:
        token = _later.set(knock)
        try:
            return work()
        finally:
            _later.reset(token)

    return later


def is_here() -> bool:
    """Whether the open page is for those who came through a link."""
    knock = _later.get()
    return (knock.page if knock else state.page()) in PAGES


def actor() -> Actor:
    """Who came through the link that the address names; somebody who may do nothing where it opens nothing."""
    found = visit()
    return visitor(found, asked_items(found)) if found else NOBODY


def visit() -> Visit | None:
    """The visit of this browser through that link. Asked anew in each run: a link that was revoked is shut at once."""
    knock = _knock()
    if not knock.link or not knock.held:
        return None
    found = recalled(knock, lambda: services.open_the_store().door.visit(knock.link, knock.held))
    return found if found and found.link.scope == PAGES.get(knock.page) else None


def pass_held() -> str:
    """What this browser got when it opened the link."""
    return st.context.cookies.get(f"{COOKIE}{state.parameter(VIA)}") or ""


def asked_items(found: Visit) -> frozenset[str] | None:
    """The questions that a link asks; None for all of them."""
    if not found.link.areas:
        return None
    areas = (area for area in services.checklist().areas if area.id in found.link.areas)
    return frozenset(item.id for area in areas for item in area.items)


def may(action: str) -> bool:
    """Whether who came through the link may do this where it leads: in their own form, with what it asks."""
    found = visit()
    if found is None:
        return False
    link, items = found.link, asked_items(found)
    place = Place(link.workspace, link.system, link.assessment, found.respondent)
    return permissions.may(visitor(found, items), action, place, next(iter(items), None) if items else None)


def need() -> Visit:
    """The visit; or a sentence, the same whatever the reason, and nothing else."""
    found = visit()
    if found:
        return found
    nothing_here(
        "This link does not work any more",
        "It was revoked or has expired, or it was opened in another browser. Open the link itself again; if that does "
        "not help, ask whoever gave it to you for a new one.",
    )


def nothing_here(title: str, sentence: str, has_head: bool = True) -> NoReturn:
    """A page that only says why there is nothing on it, below the head of a visit or with the app’s name."""
    if not has_head:
        widgets.html(marks.brand())
    st.title(title, anchor=False)
    widgets.say(sentence)
    st.stop()


def if_seen(ask: Callable[[], T]) -> T | None:
    """What `ask` returns, None for somebody who may not know."""
    try:
        return ask()
    except Forbidden:
        return None
