"""Where it is kept what a program has sent before: one request under one key is carried out once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.engine import Session
from data.errors import KeyReused

KEPT = timedelta(days=30)
_CLAIM = """
insert into idempotency_keys (token, key, digest, assessment, created_at)
values (:token, :key, :digest, :assessment, :now)
on conflict (token, key) do nothing
returning key
"""


@dataclass(frozen=True, slots=True)
class Once:
    """A request as its sender names it (`key`, of the token that it came with), and a digest of what it asks for."""

    token: str
    key: str
    digest: str


def claim(session: Session, once: Once, assessment: str, now: datetime) -> str | None:
    """None for who comes first, and then this assessment is theirs to make; else the one that was made before.

    `KeyReused` when the same key came with another request. A key is free again after 30 days.
    """
    session.run("delete from idempotency_keys where created_at <= :over", over=now - KEPT)
    own = {"token": once.token, "key": once.key}
    # Written before it is looked up: of two at once, the database lets one through and makes the other wait for it.
    if session.rows(_CLAIM, **own, digest=once.digest, assessment=assessment, now=now):
        return None
    held = session.rows("select digest, assessment from idempotency_keys where token = :token and key = :key", **own)[0]
    if held["digest"] != once.digest:
        raise KeyReused("This Idempotency-Key came before, with another request; send that again, or another key.")
    return str(held["assessment"])
