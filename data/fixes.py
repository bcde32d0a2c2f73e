"""What a team does about its fixes: owner, due date, state, or an accepted risk with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from access.actors import Actor
from access.places import Place
from data.desk import Part, allowed
from data.engine import Row, Session
from data.errors import Conflict, ValueRefused
from data.model import FIX_STAGES, FixState
from data.systems import find_system
from data.text import clean_key, clean_line, clean_note

COLUMNS = "item, owner, due, state, reason, review, version, author, saved_at as at_time, done_at"
_SAVE = """
insert into fixes (system, item, owner, due, state, reason, review, version, author, saved_at, done_at)
values (:system, :item, :owner, :due, :state, :reason, :review, 1, :author, :saved, :done)
on conflict (system, item) do update set owner = excluded.owner, due = excluded.due, state = excluded.state,
    reason = excluded.reason, review = excluded.review, author = excluded.author,
    saved_at = excluded.saved_at, done_at = excluded.done_at, version = fixes.version + 1
where fixes.version = :expected
returning version
"""


class Fixes(Part):
    """The state of fixes belongs to the system and outlives its assessments."""

    @allowed("read")
    def of(self, actor: Actor, system: str) -> dict[str, FixState]:
        """By item id; an item that is not there was never touched."""

        def work(session: Session) -> dict[str, FixState]:
            find_system(session, system)
            return fix_states(session, system)

        return self._desk.engine.read(work)

    @allowed("plan")
    def save(self, actor: Actor, system: str, item: str, fix: FixState) -> FixState:
        """Store the state if the store still holds `fix.version`, else `Conflict` with both.

        Saving what is already stored changes nothing. `ValueRefused` for an accepted risk without a reason.
        """
        return self._save(actor, system, {item: fix})[item]

    @allowed("plan")
    def save_many(self, actor: Actor, system: str, fixes: Mapping[str, FixState]) -> dict[str, FixState]:
        """Store several states as `save` does, all of them or, when one is refused, none; what is stored now."""
        return self._save(actor, system, fixes)

    def _save(self, actor: Actor, system: str, fixes: Mapping[str, FixState]) -> dict[str, FixState]:
        wanted = {clean_key(item, "checklist item"): _checked(fix) for item, fix in fixes.items()}

        def work(session: Session) -> dict[str, FixState]:
            place = Place(find_system(session, system).workspace, system)
            known = fix_states(session, system)
            return {item: self._put(session, actor, place, item, fix, known.get(item)) for item, fix in wanted.items()}

        return self._desk.engine.write(work)

    def _put(
        self, session: Session, actor: Actor, place: Place, item: str, wanted: FixState, stored: FixState | None
    ) -> FixState:
        if stored is not None and _plain(stored) == _plain(wanted):
            return stored
        now = self._desk.now()
        done_at = _done_at(stored, wanted, now)
        saved = replace(wanted, version=wanted.version + 1, author=actor.name, at=now, done_at=done_at)
        values = {
            "author": saved.author, "saved": now, "done": done_at, "expected": wanted.version, **_columns(saved)
        }  # fmt: skip
        held = stored.version if stored else 0
        if held != wanted.version or not session.rows(_SAVE, system=place.system, item=item, **values):
            raise Conflict(
                f'The fix of "{item}" has changed since you opened it. Choose which one stays.',
                stored,
                wanted,
            )
        before = _plain(stored) if stored else None
        self._leave_event(session, actor, "plan-fix", item, place, before, _plain(saved))
        return saved


def fix_states(session: Session, system: str) -> dict[str, FixState]:
    """The stored states by item id."""
    sql = f"select {COLUMNS} from fixes where system = :system order by item"
    return {row.pop("item"): fix_state(row) for row in session.rows(sql, system=system)}


def fix_state(row: Row) -> FixState:
    """The state in a row of `COLUMNS` without its item."""
    return FixState(at=row.pop("at_time"), **row)


def accepted_items(session: Session, system: str) -> frozenset[str]:
    """The items of a system whose risk somebody accepted."""
    sql = "select item from fixes where system = :system and state = 'accepted'"
    return frozenset(row["item"] for row in session.rows(sql, system=system))


def _checked(fix: FixState) -> FixState:
    if fix.state not in FIX_STAGES:
        raise ValueRefused(f'"{fix.state}" is no state of a fix; choose one of {", ".join(FIX_STAGES)}.')
    reason = clean_note(fix.reason, "reason")
    if fix.state == "accepted" and not reason:
        raise ValueRefused("An accepted risk needs a reason; write in a sentence why it may stay.")
    return replace(fix, owner=clean_line(fix.owner, "owner"), reason=reason)


def _done_at(stored: FixState | None, wanted: FixState, now: datetime) -> datetime | None:
    """When it was marked done: now, or before, where it was done already."""
    if wanted.state != "done":
        return None
    return stored.done_at if stored is not None and stored.done_at is not None else now


def _columns(fix: FixState) -> dict[str, Any]:
    return {
        "owner": fix.owner,
        "due": fix.due,
        "state": fix.state,
        "reason": fix.reason,
        "review": fix.review,
    }


def _plain(fix: FixState) -> dict[str, Any]:
    return {name: str(value) for name, value in _columns(fix).items() if value}
