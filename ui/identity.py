"""Who uses this session: whoever uses this machine, as long as nobody has to sign in."""

from access.actors import Actor
from ui import visits

# One machine, one team: whoever can open the app owns every workspace.
LOCAL_ACTOR = Actor("You", "owner")


def actor() -> Actor:
    """Who acts in this run. It is asked anew in each, so that a role that was taken away is gone at once."""
    if visits.is_here():
        return visits.actor()
    return LOCAL_ACTOR
