"""What each role may do: one readable table, and the one function that refuses."""

from dataclasses import dataclass

from access.actors import ROLES, Actor
from access.places import EVERYWHERE, Place


@dataclass(frozen=True, slots=True)
class Action:
    """Something an actor may do: who may, and its words after "may not"."""

    roles: tuple[str, ...]
    words: str


_OWNER = ("owner",)
_EDITOR = ("editor", "owner")
_VIEWER = ("viewer", "editor", "owner")

ACTIONS = {
    "glance": Action((*_VIEWER, "guest", "onlooker", "invited", "reader", "writer"), "see this system"),
    "see-draft": Action((*_VIEWER, "invited", "reader", "writer"), "see the draft"),
    "read": Action((*_VIEWER, "guest", "reader", "writer"), "look at these results"),
    "badge": Action((*_VIEWER, "badge"), "see this level"),
    "browse": Action((*_VIEWER, "reader", "writer"), "look at this workspace"),
    "read-form": Action((*_VIEWER, "respondent"), "read these answers"),
    "meet": Action((*_VIEWER, "respondent"), "see who answers"),
    "enter": Action((*_VIEWER, "founder"), "see workspaces"),
    "rescore": Action((*_VIEWER, "guest", "reader", "writer"), "have milestones scored under a newer checklist"),
    "answer": Action((*_EDITOR, "respondent", "writer"), "change answers"),
    "submit": Action((*_EDITOR, "respondent"), "submit answers"),
    "come-back": Action((*_EDITOR, "respondent"), "make a way back to this form"),
    "join": Action((*_EDITOR, "invited"), "add people who answer"),
    "invite": Action(_EDITOR, "change or remove people who answer"),
    "assess": Action((*_EDITOR, "writer"), "start, mark or discard assessments"),
    "plan": Action(_EDITOR, "change the state of fixes"),
    "arrange": Action(_EDITOR, "create, rename, archive or delete systems"),
    "share": Action(_EDITOR, "make or revoke links"),
    "take-out": Action(_EDITOR, "export the workspace as a file"),
    "review": Action(_EDITOR, "read who changed what"),
    "purge": Action(_OWNER, "delete anything for good"),
    "own": Action(_OWNER, "rename, archive or delete workspaces"),
    "admit": Action(_OWNER, "say who is a member, or give programs access"),
    "found": Action((*_OWNER, "founder"), "create workspaces"),
    "bring-in": Action((*_OWNER, "founder"), "import a workspace"),
    "operate": Action((*_OWNER, "operator"), "back up or check the database"),
}
# Decided for the whole app: a role in one workspace does not carry them.
OF_THE_APP = ("found", "bring-in", "operate")
# What opens no workspace, although it holds everywhere.
FOR_THE_APP = ("founder", "operator")
# What nobody else may do with a form that is somebody's own, until they submit it.
OF_THE_AUTHOR = ("read-form", "answer", "submit", "come-back")
# What others have marked as finished; who came through a link to look sees nothing else.
SEEN_BY_GUESTS = ("milestone",)


class Forbidden(Exception):
    """An actor may not do what they tried; the message is a sentence for that person."""


def may(actor: Actor, action: str, place: Place = EVERYWHERE, item: str | None = None) -> bool:
    """Whether the actor may do this there; `KeyError` for an action that `ACTIONS` does not name."""
    # The team's own answers are what its results are made of.
    needed = ACTIONS["read" if action == "read-form" and place.respondent is None else action]
    if place.private_to is not None and place.private_to != actor.subject and action in OF_THE_AUTHOR:
        return False
    where = EVERYWHERE if action in OF_THE_APP else place
    for grant in actor.granted(where):
        if grant.role in ("guest", "onlooker") and place.status not in (None, *SEEN_BY_GUESTS):
            continue
        # Who was asked about some questions answers one of these by its name, never several at once.
        if grant.role in needed.roles and (grant.items is None or action != "answer" or item in grant.items):
            return True
    return False


def may_anywhere(actor: Actor, action: str) -> bool:
    """Whether there is any place where the actor may do this: for lists that hold only what is theirs."""
    roles = ACTIONS[action].roles
    return actor.role in roles or any(grant.role in roles for grant in actor.grants)


def is_stranger(actor: Actor, place: Place) -> bool:
    """Whether nothing was granted here at all: to such an actor the place is not there.

    Who runs the app, or may begin workspaces, does not see into those of others.
    """
    return all(grant.role in FOR_THE_APP for grant in actor.granted(place))


def permit(actor: Actor, action: str, place: Place = EVERYWHERE, item: str | None = None) -> None:
    """Do nothing when the actor may; raise `Forbidden` with a sentence when not."""
    if may(actor, action, place, item):
        return
    words = ACTIONS[action].words
    if place.private_to is not None and place.private_to != actor.subject:
        raise Forbidden("These answers are their author's alone until they submit them.")
    role = actor.role_at(place)
    if role not in ROLES and actor.via:
        raise Forbidden(f"This link or token does not allow to {words}; ask who gave it to you.")
    article = {"viewer": "A viewer", "editor": "An editor", "owner": "An owner"}.get(role, "You")
    helpers = (
        "an editor or owner of the workspace" if "editor" in ACTIONS[action].roles else "an owner of the workspace"
    )
    if action in OF_THE_APP:
        helpers = "whoever runs this app"
    raise Forbidden(f"{article} may not {words}; ask {helpers} to do it.")
