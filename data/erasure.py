"""How the audit trail gives up what must really be gone: a deleted workspace, the names of a person who was removed."""

import json

from access.actors import Actor
from data.desk import Desk, as_json
from data.engine import Row, Session, first
from data.errors import UnknownId, ValueRefused

_RENAMES = """
select before_value, after_value from audit_events
where assessment = :assessment and event = 'rename-person' order by happened_at desc, id desc
"""
_PERSON = """
select p.name, p.removed_at, p.assessment, a.system, s.workspace from respondents p
join assessments a on a.id = p.assessment join systems s on s.id = a.system
where p.id = :person
"""
_TOUCHED = """
select count(*) as n from audit_events where assessment = :assessment
    and (actor in (select unnest(cast(:names as varchar[]))) or subject in (select unnest(cast(:names as varchar[]))))
"""
_LEAVE = """
insert into audit_events (id, workspace, system, assessment, actor, role, event, subject, before_value, after_value,
    happened_at)
values (:id, :workspace, :system, :assessment, :actor, :role, :event, '', :before, 'null', :happened)
"""
_BLANK = """
update audit_events set
    actor = case when actor = :name then 'Somebody' else actor end,
    before_value = case when subject = :name then 'null' else before_value end,
    after_value = case when subject = :name then 'null' else after_value end,
    subject = case when subject = :name then 'Somebody' else subject end
where assessment = :assessment and (actor = :name or subject = :name)
"""
# On PostgreSQL the app's own user cannot change the trail: functions of its owner do it, and look themselves whether
# they may (data/migrations/postgresql/0005_audit.sql).
_OWNER_ERASES_TRAIL = "select erase_audit(:workspace, :id, :actor, :role, :happened)"
_OWNER_ERASES_PERSON = "select erase_person(:person, cast(:names as varchar[]), :id, :actor, :role, :happened)"


def erase_trail(desk: Desk, session: Session, actor: Actor, workspace: str) -> None:
    """Every event of a deleted workspace goes for good; one stays and says who did that, when, and to how many.

    Part of a transaction that ends a workspace: call it while the workspace's own row is there. `ValueRefused` when
    it is not deleted.
    """
    row = first(session.rows("select deleted_at from workspaces where id = :id", id=workspace))
    if row is None:
        raise UnknownId("workspace", workspace)
    if row["deleted_at"] is None:
        raise ValueRefused("This workspace is in use, and its trail stays; delete the workspace first.")
    told = _told(desk, actor)
    if desk.engine.dialect == "postgresql":
        session.rows(_OWNER_ERASES_TRAIL, workspace=workspace, **told)
        return
    count = session.rows("select count(*) as n from audit_events where workspace = :id", id=workspace)[0]["n"]
    session.run("delete from audit_events where workspace = :id", id=workspace)
    _leave(session, "erase-trail", count, told, {"workspace": workspace, "system": None, "assessment": None})


def erase_person(desk: Desk, session: Session, actor: Actor, person: str) -> None:
    """The names of somebody who was removed become "Somebody" in the trail of their assessment, earlier names too.

    What they did stays. Call it while their own row is there; `ValueRefused` when they were not removed.
    """
    row = first(session.rows(_PERSON, person=person))
    if row is None:
        raise UnknownId("respondent", person)
    if row["removed_at"] is None:
        raise ValueRefused(f"{row['name']} still answers; take them off the assessment first.")
    names, told = _names(session, row), _told(desk, actor)
    if desk.engine.dialect == "postgresql":
        session.rows(_OWNER_ERASES_PERSON, person=person, names=names, **told)
        return
    count = session.rows(_TOUCHED, assessment=row["assessment"], names=names)[0]["n"]
    for name in names:
        session.run(_BLANK, assessment=row["assessment"], name=name)
    _leave(session, "erase-person", count, told, row)


def _names(session: Session, person: Row) -> list[str]:
    """Every name that the person had, by way of the renames that led to the present one."""
    names = [person["name"]]
    for row in session.rows(_RENAMES, assessment=person["assessment"]):
        before, after = json.loads(row["before_value"]), json.loads(row["after_value"])
        if before and after and after["name"] == names[-1]:
            names.append(before["name"])
    return sorted(set(names))


def _told(desk: Desk, actor: Actor) -> dict[str, object]:
    return {"id": desk.new_id(), "actor": actor.name, "role": actor.role, "happened": desk.now()}


def _leave(session: Session, event: str, count: int, told: dict[str, object], place: Row) -> None:
    where = {name: place[name] for name in ("workspace", "system", "assessment")}
    session.run(_LEAVE, event=event, before=as_json(count), **told, **where)
