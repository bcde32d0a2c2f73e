"""An app in which people sign in, without a provider: who uses the next visit's session is what a test says."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from access.actors import Role
from data.store import Store
from settings import Settings
from sign_in import SignIn
from tests.e2e.stories import OWNER, the_workspace
from tests.pages.builders import NOW
from ui import accounts

SignsIn = Callable[..., None]
RUNS_IT = "olga@example.org"


def claims_of(email: str, name: str, **claims: object) -> dict[str, object]:
    until = (NOW + timedelta(hours=1)).timestamp()
    return {"is_logged_in": True, "email": email, "email_verified": True, "name": name, "exp": until, **claims}


def people_sign_in(patch: pytest.MonkeyPatch) -> None:
    """From now on people have to; nobody has yet."""
    patch.setattr(accounts, "_chosen", Settings(sign_in=SignIn(("",)), owners=frozenset({RUNS_IT})))
    patch.setattr(accounts, "claims", dict)


def signed_in(patch: pytest.MonkeyPatch, email: str = RUNS_IT, name: str = "Olga", **claims: object) -> None:
    """Who uses the session from the next run on."""
    people_sign_in(patch)
    patch.setattr(accounts, "claims", lambda: claims_of(email, name, **claims))


def as_member(patch: pytest.MonkeyPatch, store: Store, role: Role) -> None:
    """A member of the first workspace, in this role, uses the session."""
    store.members.invite(OWNER, the_workspace(store), f"{role}@example.org", role)
    signed_in(patch, f"{role}@example.org", role.capitalize())
