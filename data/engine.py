"""What the store asks of a database engine: sessions that run `:name` texts, inside a read or a write."""

import re
from collections.abc import Callable, Hashable
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

    def foresee(self, rows: list[Row], sql: str, **values: Any) -> None:
        """Say that this text with these values finds `rows` from now on, so that an engine that remembers need not ask.

        Only of what this work has read and changed itself; when it changes a table of the text again, this is void.
        """


class Remembers(Protocol):
    """Where values that were read are kept until what they were read from changes."""

    def known(self, call: Hashable, read: Callable[[], T]) -> T:
        """What `read` returned for this call before, or what it returns now."""


class Engine(Protocol):
    """A database that remembers; every fault leaves as a `StoreError`.

    `path` is where it lies, without any password. `no_copy` says why `copy_to` is not for it, "" when it is.
    `memory` holds what was read of it, None where other processes change it as well.
    """

    dialect: str
    path: str
    no_copy: str

    @property
    def memory(self) -> Remembers | None: ...

    def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one consistent snapshot; what it writes is refused or thrown away."""

    def write(self, work: Callable[[Session], T], alone: bool = True) -> T:
        """Run `work` in one transaction, all of it or nothing; again from the start when it lost a race.

        Nobody else writes meanwhile, so what `work` has looked up stays true. Without `alone` others that are not
        alone either may write beside it: for frequent work that changes only rows whose keys it names.
        """

    def reshape(self, work: Callable[[Session], None]) -> None:
        """Run `work`, which changes the tables themselves, in one transaction that no other process shares."""

    def hand_over(self) -> None:
        """Let the app's user work with the tables, where somebody else owns them."""

    def taken(self) -> int:
        """The bytes that it takes on disk, 0 in memory."""

    def copy_to(self, target: str) -> None:
        """A consistent copy of the whole database under this path, readable by its owner only."""

    def scrub(self) -> None:
        """What was deleted before is not in the database's own file any more, as far as the engine can see to that."""

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
