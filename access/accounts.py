"""Who somebody is who signed in: what a sign-in service says about them, judged anew on each click."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from access.actors import Actor, Grant


class NotSignedIn(Exception):
    """Nobody, or nobody whom the app may trust to be who they say; the message is a sentence for them, or empty."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a verified e-mail address, in small letters, until their sign-in runs out."""

    email: str
    name: str
    until: datetime


def account_of(claims: Mapping[str, object], now: datetime) -> Account:
    """The account behind what the sign-in service said, as long as that holds; else `NotSignedIn`."""
    if claims.get("is_logged_in") is not True:
        raise NotSignedIn
    until = _until(claims.get("exp"), now)
    if until is None or until <= now:
        raise NotSignedIn("Your sign-in has run out. Sign in again to go on; what was saved is kept.")
    email = claims.get("email")
    if not isinstance(email, str) or email.count("@") != 1 or any(sign.isspace() for sign in email):
        raise NotSignedIn(
            "The sign-in service did not say which e-mail address is yours. Ask whoever runs this app to let it pass "
            'the claim "email" on.'
        )
    # Some services write their yes and no as words; who does not speak of it has only addresses of its own.
    if str(claims.get("email_verified", True)).lower() != "true":
        raise NotSignedIn(
            f"The sign-in service has not verified that {email} is yours. Verify it there, then sign in again."
        )
    name = claims.get("name")
    return Account(email.lower(), name.strip() if isinstance(name, str) and name.strip() else email.lower(), until)


def _until(exp: object, now: datetime) -> datetime | None:
    if isinstance(exp, bool) or not isinstance(exp, int | float):
        return None
    try:
        return datetime.fromtimestamp(exp, now.tzinfo)
    except (OverflowError, OSError, ValueError):
        return None


def as_actor(
    account: Account, memberships: Iterable[Grant], owners: Iterable[str] = (), domains: Iterable[str] = ()
) -> Actor:
    """The account with its memberships; who runs the app may operate it, and some may begin workspaces."""
    runs_it = account.email in owners
    founds = runs_it or account.email.rpartition("@")[2] in domains
    of_the_app = ((Grant("operator"),) if runs_it else ()) + ((Grant("founder"),) if founds else ())
    return Actor(account.name, grants=(*memberships, *of_the_app), subject=account.email)
