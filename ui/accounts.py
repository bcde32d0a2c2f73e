"""Who signed in to this session, and what they were granted: asked anew in each run, so that a change holds at once."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

import streamlit as st

import settings
from access.accounts import Account, NotSignedIn, account_of, as_actor
from access.actors import NOBODY, Actor
from data.recall import recalled
from ui import services

R = TypeVar("R")
# What Streamlit keeps a sign-in in.
COOKIE = "_streamlit_user"
# So long before a sign-in ends, the side bar says so.
SOON = timedelta(minutes=5)
_chosen: settings.Settings | None = None
_asking: ContextVar[Mapping[str, object]] = ContextVar("asking", default=MappingProxyType({}))


def chosen() -> settings.Settings:
    """What the operator has chosen, read once a process; `SettingsError` with a sentence when it is unusable."""
    global _chosen
    if _chosen is None:
        _chosen = settings.read()
    return _chosen


def are_needed() -> bool:
    """Whether people sign in to this app."""
    return chosen().sign_in is not None


def claims() -> Mapping[str, object]:
    """What the sign-in service said about who uses this session; nothing before they signed in."""
    return _asking.get() or st.user.to_dict()


def for_later(work: Callable[[], R]) -> Callable[[], R]:
    """`work` for when somebody clicks a download, which Streamlit makes outside of the session: it knows who asked.

    Whether they are still signed in, and what they may by then, is found out anew.
    """
    who = claims()

    def later() -> R:
        asking = _asking.set(who)
        try:
            return work()
        finally:
            _asking.reset(asking)

    return later


def account() -> Account:
    """Who uses this session; `NotSignedIn` with a sentence when that is nobody, or nobody any more."""
    return account_of(claims(), services.now())


def actor() -> Actor:
    """Who acts in this run: nobody as long as they are not signed in."""
    try:
        who = account()
    except NotSignedIn:
        return NOBODY
    return recalled(("actor", who.email), lambda: _actor(who))


def _actor(who: Account) -> Actor:
    owners, door = chosen().owners, services.open_the_store().door
    if who.email in owners:
        door.take_charge(owners)
    return as_actor(who, door.memberships(who.email, who.name), owners, chosen().domains)


def has_unreadable_cookie() -> bool:
    """Whether the browser holds a sign-in that was changed, cut off or made elsewhere."""
    return COOKIE in st.context.cookies and claims().get("is_logged_in") is not True
