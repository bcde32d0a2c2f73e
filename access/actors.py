"""Who acts: a name and what they were granted where, handed to every call of the store."""

from dataclasses import dataclass
from typing import Literal

from access.places import EVERYWHERE, Place

Role = Literal["owner", "editor", "viewer"]
# Of the members of a workspace: every one may do what those before it may do.
ROLES: tuple[Role, ...] = ("viewer", "editor", "owner")
# Of everybody else: who opened a link to look, and sees the name of what it belongs to; who was asked to answer, and
# who has given a name; what shows a badge; programs with a token; who may begin a workspace; who runs the app.
OTHER_ROLES = ("guest", "onlooker", "invited", "respondent", "badge", "reader", "writer", "founder", "operator")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a place and everywhere below it; with `items` only for these questions."""

    role: str
    at: Place = EVERYWHERE
    items: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.role not in (*ROLES, *OTHER_ROLES):
            raise ValueError(f'"{self.role}" is no role; give one of {", ".join((*ROLES, *OTHER_ROLES))}.')


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts; the name stands in the audit trail. `ValueError` for an unknown role.

    `role` holds in every workspace: that of who uses the app alone. `grants` hold where they say. `subject` tells two
    people of one name apart (an e-mail address, or the link that somebody came through), and `via` names the link or
    token that was used.
    """

    name: str
    role: Role | None = None
    grants: tuple[Grant, ...] = ()
    subject: str = ""
    via: str = ""

    def __post_init__(self) -> None:
        if self.role is not None and self.role not in ROLES:
            raise ValueError(f'"{self.role}" is no role; give one of {", ".join(ROLES)}.')

    @property
    def is_everywhere(self) -> bool:
        """Whether one role holds in every workspace."""
        return self.role is not None

    def granted(self, place: Place) -> tuple[Grant, ...]:
        """Every grant that holds at this place."""
        everywhere = (Grant(self.role),) if self.role else ()
        return tuple(grant for grant in (*everywhere, *self.grants) if place.lies_in(grant.at))

    def role_at(self, place: Place) -> str:
        """The strongest role at this place, for the audit trail and for what a page offers; "" for none."""
        order = (*OTHER_ROLES, *ROLES)
        return max((grant.role for grant in self.granted(place)), key=order.index, default="")


NOBODY = Actor("Nobody")
