"""Who may do what: actors, roles and their permissions, decided here and nowhere else."""

from access.accounts import Account, NotSignedIn, account_of, as_actor
from access.actors import NOBODY, ROLES, Actor, Grant, Role
from access.permissions import ACTIONS, Action, Forbidden, may, permit
from access.places import EVERYWHERE, Place

__all__ = [
    "ACTIONS", "EVERYWHERE", "NOBODY", "ROLES", "Account", "Action", "Actor", "Forbidden", "Grant", "NotSignedIn",
    "Place", "Role", "account_of", "as_actor", "may", "permit",
]  # fmt: skip
