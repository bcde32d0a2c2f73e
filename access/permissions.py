"""What each role may do: one readable table, and the one function that refuses."""

from dataclasses import dataclass

from access.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class Action:
    """Something an actor may do: the least role for it, and its words after "may not"."""

    least: Role
    words: str


ACTIONS = {
    "read": Action("viewer", "look at this workspace"),
    "rescore": Action("viewer", "have milestones scored under a newer checklist"),
    "answer": Action("editor", "change answers"),
    "invite": Action("editor", "add or remove people who answer"),
    "assess": Action("editor", "start, mark or discard assessments"),
    "plan": Action("editor", "change the state of fixes"),
    "arrange": Action("editor", "create, rename, archive or delete systems"),
    "take-out": Action("editor", "export the workspace as a file"),
    "purge": Action("owner", "delete a system for good"),
    "own": Action("owner", "create, rename, archive or delete workspaces"),
    "bring-in": Action("owner", "import a workspace"),
    "operate": Action("owner", "back up or check the database"),
}


class Forbidden(Exception):
    """An actor may not do what they tried; the message is a sentence for that person."""


def may(actor: Actor, action: str) -> bool:
    """Whether the actor's role allows the action; `KeyError` for an action that `ACTIONS` does not name."""
    return actor.has_at_least(ACTIONS[action].least)


def permit(actor: Actor, action: str) -> None:
    """Do nothing when the actor may; raise `Forbidden` with a sentence when not."""
    if not may(actor, action):
        needed = ACTIONS[action]
        article = {"viewer": "A viewer", "editor": "An editor", "owner": "An owner"}
        helpers = "an owner" if needed.least == "owner" else "an editor or owner"
        raise Forbidden(f"{article[actor.role]} may not {needed.words}; ask {helpers} of the workspace to do it.")
