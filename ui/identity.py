"""Who uses this session: somebody who signed in, or whoever uses this machine where nobody has to."""

from collections.abc import Callable
from typing import TypeVar

from access.actors import Actor
from ui import accounts, visits

R = TypeVar("R")
# One machine, one team: whoever can open the app owns every workspace.
LOCAL_ACTOR = Actor("You", "owner")


def actor() -> Actor:
    """Who acts in this run. It is asked anew in each, so that a role that was taken away is gone at once."""
    if visits.is_here():
        return visits.actor()
    return accounts.actor() if accounts.are_needed() else LOCAL_ACTOR


def for_later(work: Callable[[], R]) -> Callable[[], R]:
    """`work` for when a download is clicked: outside of the session by then, and still for who asks here."""
    asked = visits.for_later(work)
    return accounts.for_later(asked) if accounts.are_needed() else asked
