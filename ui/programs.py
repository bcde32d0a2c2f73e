"""What the settings page asks for about the programs that may come in: their tokens."""

from datetime import timedelta

from access.permissions import may
from access.places import Place
from data.entry import Token, TokenScope
from data.links import Made
from ui import services


def may_admit(workspace_id: str) -> bool:
    """Whether whoever uses this session may give programs access."""
    return may(services.actor(), "admit", Place(workspace_id))


def tokens(workspace_id: str) -> list[Token]:
    """Newest first, those that are over included."""
    return services.open_the_store().tokens.of(services.actor(), workspace_id)


def make_token(workspace_id: str, name: str, scope: TokenScope, days: int | None) -> Made:
    """A new token with its secret, which nobody sees again; it is good for so many days, or until it is revoked."""
    expires = services.now() + timedelta(days=days) if days else None
    return services.open_the_store().tokens.make(services.actor(), workspace_id, name, scope, expires)


def revoke_token(token_id: str) -> Token:
    """It opens nothing from now on."""
    return services.open_the_store().tokens.revoke(services.actor(), token_id)
