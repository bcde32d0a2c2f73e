"""How the audit trail gives up what must really be gone: a deleted workspace, the names of a person."""

from collections.abc import Sequence

from access.actors import Actor
from access.places import Place
from data.desk import Desk, as_json
from data.engine import Session, first
from data.errors import UnknownId, ValueRefused

_LEAVE = """
insert into audit_events (id, workspace, actor, role, event, subject, before_value, after_value, happened_at)
values (:id, :workspace, :actor, :role, :event, '', :before, 'null', :happened)
"""
_AS_WRITTEN = "lower({}) in (select unnest(cast(:names as varchar[])))"
_BLANK = f"""
update audit_events set
    before_value = case when {_AS_WRITTEN.format("subject")} then 'null' else before_value end,
    after_value = case when {_AS_WRITTEN.format("subject")} then 'null' else after_value end,
    actor = case when {_AS_WRITTEN.format("actor")} then :instead else actor end,
    subject = case when {_AS_WRITTEN.format("subject")} then :instead else subject end
where workspace = :workspace and ({_AS_WRITTEN.format("actor")} or {_AS_WRITTEN.format("subject")})
"""
# On PostgreSQL the app's own user cannot change the trail: functions of its owner do it, look themselves whether they
# may, and leave an event (data/migrations/postgresql/0005_audit.sql and 0008_ops.sql).
_OWNER_ERASES_TRAIL = "select erase_audit(:workspace, :id, :actor, :role, :happened)"
_OWNER_ERASES_NAMES = """
select erase_names(:workspace, cast(:names as varchar[]), :instead, :found, :id, :actor, :role, :happened)
"""


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
    told = {**_told(desk, actor, workspace), "workspace": workspace}
    if desk.engine.dialect == "postgresql":
        session.rows(_OWNER_ERASES_TRAIL, **told)
        return
    count = session.rows("select count(*) as n from audit_events where workspace = :id", id=workspace)[0]["n"]
    session.run("delete from audit_events where workspace = :id", id=workspace)
    _leave(session, "erase-trail", count, told)


def erase_names(
    desk: Desk, session: Session, actor: Actor, workspace: str, names: Sequence[str], instead: str, found: int
) -> None:
    """These names (in small letters) go from the trail of a workspace, and what it tells about them.

    What they did stays, as done by `instead`. One event says so, and that `found` rows about them were there.
    """
    told = {**_told(desk, actor, workspace), "workspace": workspace}
    if desk.engine.dialect == "postgresql":
        session.rows(_OWNER_ERASES_NAMES, **told, names=list(names), instead=instead, found=found)
        return
    session.run(_BLANK, workspace=workspace, names=list(names), instead=instead)
    _leave(session, "erase-person", found, told)


def _told(desk: Desk, actor: Actor, workspace: str) -> dict[str, object]:
    role = actor.role_at(Place(workspace))
    return {"id": desk.new_id(), "actor": actor.name, "role": role, "happened": desk.now()}


def _leave(session: Session, event: str, count: int, told: dict[str, object]) -> None:
    session.run(_LEAVE, event=event, before=as_json(count), **told)
