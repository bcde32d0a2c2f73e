"""What the store asks of a database engine: sessions that run `:name` texts, inside a read or a write."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar

Row = dict[str, Any]
T = TypeVar("T")
_NAMED = re.compile(r"(?<![:\w]):([a-z_]+)")


class Session(Protocol):
    """One transaction. Values are always bound, never written into the text."""

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows, each by column name; times are aware and in UTC."""

    def run(self, sql: str, **values: Any) -> None:
        """Run a statement for what it does."""


class Engine(Protocol):
    """A database that remembers; every fault leaves as a `StoreError`."""

    path: str

    def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one consistent snapshot; what it writes is thrown away."""

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction, all of it or nothing; again from the start when it lost a race."""

    def checkpoint(self) -> None:
        """Move everything acknowledged from the log into the database itself."""

    def copy_to(self, target: str) -> None:
        """A consistent copy of the whole database under this path, readable by its owner only."""

    def close(self) -> None:
        """Let go of the database; a second call does nothing."""


def first(rows: list[Row]) -> Row | None:
    """The only row there is, or None."""
    return rows[0] if rows else None


@lru_cache(maxsize=1000)
def in_dialect(sql: str, sign: str) -> str:
    """The text with each `:name` written as the engine's own, `sign` being a pattern for `re.sub`.

    That is so inside literals too: bind a text that has a colon before a letter, or put a space between them.
    """
    return _NAMED.sub(sign, sql)
