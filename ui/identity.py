"""Who uses this session: somebody who signed in, or whoever uses this machine where nobody has to."""

from access.actors import Actor
from ui import accounts

# One machine, one team: whoever can open the app owns every workspace.
LOCAL_ACTOR = Actor("You", "owner")


def actor() -> Actor:
    """Who acts in this run. It is asked anew in each, so that a role that was taken away is gone at once."""
    return accounts.actor() if accounts.are_needed() else LOCAL_ACTOR
