"""What the store hands out about who may come in: members, links and tokens, never with their secrets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from access.actors import Role

Scope = Literal["view", "respond", "badge"]
SCOPES: tuple[Scope, ...] = ("view", "respond", "badge")
TokenScope = Literal["read", "write"]
TOKEN_SCOPES: tuple[TokenScope, ...] = ("read", "write")


@dataclass(frozen=True, slots=True)
class Member:
    """Who belongs to a workspace; without `joined_at` they were invited and have not come yet."""

    workspace: str
    email: str
    name: str
    role: Role
    invited_by: str
    invited_at: datetime
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A share link. Without an assessment it shows the system as it stands; no areas means all of them.

    `respondent` makes it one person's own way back to their form, made after coming through `parent`.
    """

    id: str
    workspace: str
    system: str
    assessment: str | None
    respondent: str | None
    scope: Scope
    label: str
    areas: tuple[str, ...]
    has_passphrase: bool
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None
    used_count: int
    last_used_at: datetime | None
    parent: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it still opens something."""
        return self.revoked_at is None and not is_over(self.expires_at, now)


@dataclass(frozen=True, slots=True)
class Token:
    """What a program calls the HTTP API with."""

    id: str
    workspace: str
    name: str
    scope: TokenScope
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it still opens something."""
        return self.revoked_at is None and not is_over(self.expires_at, now)


def is_over(expires_at: datetime | None, now: datetime) -> bool:
    """Whether this time has come; None never does."""
    return expires_at is not None and expires_at <= now
