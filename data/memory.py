"""What this process has read stays known until it changes one of the tables that it was read from.

Only an engine whose database nobody else can change has a memory: the DuckDB file belongs to one process.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from data.engine import Row, Session
from data.schema import TABLES

R = TypeVar("R")
ENTRIES = 8192
# An answer with more rows than this is for an export, and too big to keep.
MOST_ROWS = 200
# The tables that change with every answer: a change for one assessment leaves what was read of another one known.
OF_AN_ASSESSMENT = frozenset({"responses", "health_answers"})
# A stored value can be shared by everybody who reads it, apart from these, of which each gets a shallow copy.
CONTAINERS = (dict, list, set)
_CHANGED = re.compile(r"\b(?:insert\s+into|update|delete\s+from)\s+(\w+)", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NARROW = re.compile(r"\bassessment = :assessment\b|\b(?:values \(|select ):assessment,")

# A table and the assessment whose rows are meant: one, all of them at once, or any.
Rows = tuple[str, str]
# Which text was asked with which values.
Question = tuple[str, str, tuple[tuple[str, Any], ...]]
ALL, ANY = "all", "any"


@dataclass(slots=True)
class Notes:
    """What a piece of work asked for: the rows that it read, and whether it looked at the clock."""

    rows: set[Rows] = field(default_factory=set)
    timeless: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """A value, the rows that it was read from, and the number of the last change before it was read."""

    begun: int
    rows: frozenset[Rows]
    value: object


_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)


class Memory:
    """Values by the call that read them, each known as long as its rows are as they were; the oldest go first."""

    def __init__(self, entries: int = ENTRIES) -> None:
        self._entries = entries
        self._lock = threading.Lock()
        self._changes = 0
        self._changed_at: dict[Rows, int] = {}
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    @property
    def changes(self) -> int:
        """How often something became old; an odd number while a change is being committed."""
        return self._changes

    def known(self, call: Hashable, read: Callable[[], R]) -> R:
        """What `read` returned for this call before, or what it returns now."""
        # What changes from here on, even while it is read, makes this value an old one.
        begun = self.changes
        kept, outer = self.kept(call, begun), _NOTES.get()
        if kept is None:
            notes = Notes()
            token = _NOTES.set(notes)
            try:
                value = read()
            finally:
                _NOTES.reset(token)
            kept = Kept(begun, frozenset(notes.rows), value)
            if notes.timeless:
                self.keep(call, kept)
            elif outer is not None:
                outer.timeless = False
        if outer is not None:
            outer.rows |= kept.rows
        return _own(kept.value)  # type: ignore[return-value]  # kept under the call that returned it

    def kept(self, call: Hashable, begun: int) -> Kept | None:
        """What is kept under this call, if it was so when `begun` changes were committed and still is."""
        with self._lock:
            kept = self._kept.get(call)
            if kept is None or any(self._changed_at.get(one, 0) > min(kept.begun, begun) for one in kept.rows):
                return None
            self._kept.move_to_end(call)
            return kept

    def keep(self, call: Hashable, kept: Kept) -> None:
        """Remember this; what was not asked for longest goes when there is too much."""
        with self._lock:
            self._kept[call] = kept
            self._kept.move_to_end(call)
            if len(self._kept) > self._entries:
                self._kept.popitem(last=False)

    @contextmanager
    def changing(self, rows: set[Rows]) -> Iterator[None]:
        """Around the commit of these rows. From before it nobody mixes what is remembered with what is committed;
        after it, what was read in between is old. One at a time.
        """
        self._make_old(rows)
        try:
            yield
        finally:
            self._make_old(rows)

    def forget(self) -> None:
        """Nothing is known any more."""
        with self._lock:
            self._changes += 2
            self._kept.clear()

    def _make_old(self, rows: set[Rows]) -> None:
        with self._lock:
            self._changes += 1
            for table, part in rows:
                self._changed_at[table, part] = self._changed_at[table, ANY] = self._changes


class ChangesNothing(Exception):
    """A reading tried to change something."""


class Noting:
    """A transaction's session that notes what it reads and changes, and asks a question again only when it has to."""

    def __init__(self, session: Session, memory: Memory, only_reads: bool = False) -> None:
        self._session = session
        self._memory = memory
        self._only_reads = only_reads
        # Begin the transaction after this: what is committed in between is then read, and not remembered as older.
        self._begun = memory.changes
        self._asked = 0
        self._foreseen: dict[Question, tuple[frozenset[Rows], list[Row]]] = {}
        self.changed: set[Rows] = set()

    def saw_one_state(self) -> bool:
        """Whether all that was read, also without a transaction, was there at one moment."""
        return self._asked < 2 or (self._memory.changes == self._begun and self._begun % 2 == 0)

    def rows(self, sql: str, **values: Any) -> list[Row]:
        read, changed, part = self._note(sql, values)
        self._asked += 1
        own = {table for table, _ in self.changed}
        if changed and self._only_reads:
            raise ChangesNothing
        if changed or own & read or any(isinstance(value, list) for value in values.values()):
            return self._session.rows(sql, **values)
        question = _question(sql, values)
        kept = self._memory.kept(question, self._begun)
        if kept is None:
            found = self._session.rows(sql, **values)
            if len(found) > MOST_ROWS:
                return found
            kept = Kept(self._begun, frozenset(_asked(read, part)), found)
            self._memory.keep(question, kept)
        # Who asks may take columns out of their rows.
        return [dict(row) for row in kept.value]  # type: ignore[attr-defined]  # rows are kept under their question

    def run(self, sql: str, **values: Any) -> None:
        if self._only_reads:
            raise ChangesNothing
        self._note(sql, values)
        self._session.run(sql, **values)

    def foresee(self, rows: list[Row], sql: str, **values: Any) -> None:
        if len(rows) <= MOST_ROWS:
            read, _, is_narrow = _tables_of(sql)
            part = values.get("assessment") if is_narrow else None
            self._foreseen[_question(sql, values)] = frozenset(_asked(read, part)), rows

    def keep_foreseen(self) -> None:
        """Remember what was foreseen. Only after the commit, and before anybody else can commit something."""
        for question, (asked, rows) in self._foreseen.items():
            self._memory.keep(question, Kept(self._memory.changes, asked, rows))

    def _note(self, sql: str, values: dict[str, Any]) -> tuple[frozenset[str], frozenset[str], str | None]:
        read, changed, is_narrow = _tables_of(sql)
        part = values.get("assessment") if is_narrow else None
        self.changed |= {(table, part if part and table in OF_AN_ASSESSMENT else ALL) for table in changed}
        if changed:
            old = [question for question, (asked, _) in self._foreseen.items() if changed & {one for one, _ in asked}]
            for question in old:
                del self._foreseen[question]
        notes = _NOTES.get()
        if notes is not None:
            notes.rows |= _asked(read, part)
        return read, changed, part


def _question(sql: str, values: dict[str, Any]) -> Question:
    return "rows", sql, tuple(values.items())


def _asked(tables: frozenset[str], part: str | None) -> set[Rows]:
    """The rows that a text about these tables depends on."""
    asked: set[Rows] = set()
    for table in tables:
        asked |= {(table, part), (table, ALL)} if part and table in OF_AN_ASSESSMENT else {(table, ANY)}
    return asked


def clock_was_asked() -> None:
    """What is being read depends on when it is read, so it is not kept."""
    notes = _NOTES.get()
    if notes is not None:
        notes.timeless = False


@lru_cache(maxsize=1000)
def _tables_of(sql: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """The tables that a text names, those that it changes, and whether it is about the rows of one assessment."""
    named = frozenset(_NAMED.findall(sql)) | frozenset(_WORD.findall(sql)) & frozenset(TABLES)
    # "on conflict do update set" names no table.
    changed = frozenset(_CHANGED.findall(sql)) - {"set"}
    return named, changed, bool(_NARROW.search(" ".join(sql.split())))


def _own(value: object) -> object:
    return copy(value) if isinstance(value, CONTAINERS) else value
