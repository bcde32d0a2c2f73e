"""Who did what when: the audit trail, which only ever grows."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.actors import Actor
from data.desk import Part, allowed
from data.engine import Row, Session, first
from data.model import Event

_EVENTS = """
select e.id, e.happened_at, e.actor, e.role, e.event, e.subject, e.workspace, e.system, e.assessment, e.before_value,
    e.after_value, e.via, s.name as system_name, coalesce(nullif(l.label, ''), t.name) as via_name
from audit_events e
left join systems s on s.id = e.system
left join share_links l on 'link ' || l.id = e.via
left join api_tokens t on 'token ' || t.id = e.via
where {which}
order by e.happened_at desc, e.id desc
limit :most
"""
_PEOPLE = "select distinct actor from audit_events where workspace = :workspace order by actor"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; what is not named here may be anything. `until` is the first moment too late."""

    who: str | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


ANY = Wanted()


class Audit(Part):
    """Reading the trail; every other part writes it."""

    @allowed("review")
    def events(
        self,
        actor: Actor,
        workspace: str | None = None,
        system: str | None = None,
        limit: int = 100,
        wanted: Wanted = ANY,
        older_than: str | None = None,
    ) -> list[Event]:
        """The events of a system or else of a workspace, newest first. Name one of the two.

        `older_than` is the id of an event: those before it. Pages that are asked for by it neither repeat nor skip
        one, whatever happens meanwhile.
        """
        if (workspace is None) == (system is None):
            raise ValueError("Name a workspace or a system, not both.")
        which: list[str] = ["e.workspace = :workspace" if system is None else "e.system = :system"]
        place: dict[str, Any] = {"workspace": workspace} if system is None else {"system": system}

        def work(session: Session) -> list[Row]:
            conditions, values = _conditions(wanted)
            mark = _mark(session, older_than)
            if mark:
                conditions.append("(e.happened_at < :at_mark or (e.happened_at = :at_mark and e.id < :mark))")
            sql = _EVENTS.format(which=" and ".join((*which, *conditions)))
            return session.rows(sql, most=limit, **place, **values, **mark)

        return [_event(row) for row in self._desk.engine.read(work)]

    @allowed("review")
    def people(self, actor: Actor, workspace: str) -> list[str]:
        """The names of everybody who did something here."""
        return self._desk.engine.read(
            lambda session: [row["actor"] for row in session.rows(_PEOPLE, workspace=workspace)]
        )


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """The parts of `where`, and what is bound in them."""
    parts: dict[str, tuple[str, Any]] = {
        "who": ("e.actor = :who", wanted.who),
        "kinds": ("e.event in (select unnest(cast(:kinds as varchar[])))", list(wanted.kinds)),
        "since": ("e.happened_at >= :since", wanted.since),
        "until": ("e.happened_at < :until", wanted.until),
    }
    asked = {name: part for name, part in parts.items() if part[1]}
    return [text for text, _ in asked.values()], {name: value for name, (_, value) in asked.items()}


def _mark(session: Session, older_than: str | None) -> dict[str, Any]:
    """Where a page begins; nothing for an event that is not there."""
    if older_than is None:
        return {}
    row = first(session.rows("select happened_at from audit_events where id = :id", id=older_than))
    return {"at_mark": row["happened_at"], "mark": older_than} if row else {}


def _event(row: Row) -> Event:
    before, after = json.loads(row.pop("before_value")), json.loads(row.pop("after_value"))
    return Event(at=row.pop("happened_at"), before=before, after=after, **row)
