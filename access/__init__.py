"""Who may do what: actors, roles and their permissions, decided here and nowhere else."""

from access.actors import NOBODY, ROLES, Actor, Grant, Role
from access.permissions import ACTIONS, Action, Forbidden, may, permit
from access.places import EVERYWHERE, Place

__all__ = [
    "ACTIONS", "EVERYWHERE", "NOBODY", "ROLES", "Action", "Actor", "Forbidden", "Grant", "Place", "Role", "may",
    "permit",
]  # fmt: skip
