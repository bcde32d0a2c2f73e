"""Who did what when: the audit trail, which only ever grows."""

import json

from access.actors import Actor
from data.desk import Part, allowed
from data.engine import Row, Session
from data.model import Event

_EVENTS = """
select id, happened_at, actor, role, event, subject, workspace, system, assessment, before_value, after_value,
    via
from audit_events
where {which}
order by happened_at desc, id desc
limit :most
"""


class Audit(Part):
    """Reading the trail; every other part writes it."""

    @allowed("review")
    def events(
        self, actor: Actor, workspace: str | None = None, system: str | None = None, limit: int = 100
    ) -> list[Event]:
        """The events of a system or else of a workspace, newest first. Name one of the two."""
        if (workspace is None) == (system is None):
            raise ValueError("Name a workspace or a system, not both.")
        which = "workspace = :wanted" if system is None else "system = :wanted"

        def work(session: Session) -> list[Row]:
            return session.rows(_EVENTS.format(which=which), wanted=system or workspace, most=limit)

        return [_event(row) for row in self._desk.engine.read(work)]


def _event(row: Row) -> Event:
    before, after = json.loads(row.pop("before_value")), json.loads(row.pop("after_value"))
    return Event(at=row.pop("happened_at"), before=before, after=after, **row)
