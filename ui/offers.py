"""What a page offers to whoever is here. It only spares people a refusal: the store decides anew when it is done."""

from access import permissions
from access.places import EVERYWHERE, Place
from data.recall import recalled
from ui import guards, services, visits, widgets


def may(action: str) -> bool:
    """Whether they may do this in the open system, else in the open workspace; who came through a link, in theirs.

    A form asks for every question it draws, so it is found out once for each drawing.
    """
    return recalled(("offers", action), lambda: _may(action))


def may_in(action: str, workspace_id: str) -> bool:
    """Whether they may do this in this workspace."""
    return permissions.may(services.actor(), action, Place(workspace_id))


def may_in_the_app(action: str) -> bool:
    """Whether they may do what is for the whole app: begin or import workspaces, look after the database."""
    return permissions.may(services.actor(), action, EVERYWHERE)


def role_in(workspace_id: str) -> str:
    """What they are there: viewer, editor or owner."""
    return services.actor().role_at(Place(workspace_id))


def say_who_can(what: str) -> None:
    """In the place of what is not offered: who can do it."""
    widgets.small(f"You may look at everything here. An editor or owner of the workspace can {what}.")


def _may(action: str) -> bool:
    if visits.is_here():
        return visits.may(action)
    system = guards.open_system()
    place = Place(system.workspace, system.id) if system else Place(guards.workspace().id)
    return permissions.may(services.actor(), action, place)
