"""Who calls the API: the token in the request becomes an actor, or the request ends here."""

from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request

from access.actors import Actor
from api.pace import Pace
from api.problems import Problem
from data.door import token_actor
from data.entry import Token
from data.errors import StoreError
from data.store import Store

REALM = 'Bearer realm="MLOps Checkup"'


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a token, at the store that knows it."""

    store: Store
    token: Token

    @property
    def actor(self) -> Actor:
        return token_actor(self.token)


def caller_of(request: Request, store: Store, pace: Pace) -> Caller:
    """Who has sent this; a `Problem` without a token that is open. It asks the store: call it in a thread."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if not secret.strip() or kind.lower() != "bearer":
        raise _without_token("Send a token: Authorization: Bearer TOKEN. Owners make one on the settings page.", REALM)
    token = store.door.token(secret.strip())
    if token is None:
        said = "This token opens nothing: it may be mistyped, revoked or over. Owners make one on the settings page."
        raise _without_token(said, f'{REALM}, error="invalid_token"')
    pace.count("token", token.id)
    if request.method == "POST":
        pace.count("write", token.id)
    with suppress(StoreError):  # a full disk is no reason not to be read
        store.door.used(token)
    return Caller(store, token)


def _without_token(detail: str, challenge: str) -> Problem:
    return Problem("no-token", detail, {"WWW-Authenticate": challenge})
