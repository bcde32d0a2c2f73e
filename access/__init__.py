"""Who may do what: actors, roles and their permissions, decided here and nowhere else."""

from access.actors import ROLES, Actor, Role
from access.permissions import ACTIONS, Action, Forbidden, may, permit

__all__ = ["ACTIONS", "ROLES", "Action", "Actor", "Forbidden", "Role", "may", "permit"]
