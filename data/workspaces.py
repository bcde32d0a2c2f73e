"""Where the teams' spaces are kept: create, rename, archive, delete and take that back."""

from datetime import datetime

from access.actors import Actor
from access.permissions import is_stranger
from access.places import Place
from data.desk import Desk, Part, allowed
from data.engine import Row, Session, first
from data.errors import UnknownId
from data.model import Workspace
from data.text import clean_name

FIRST_NAME = "My workspace"
_COLUMNS = "id, name, created_at, archived_at, deleted_at"


class Workspaces(Part):
    """Workspaces; two may share a name, because a copy brought in from elsewhere keeps its own."""

    @allowed("enter")
    def all(self, actor: Actor, archived: bool = False) -> list[Workspace]:
        """The actor's workspaces in use, oldest first; with `archived` those put away instead."""
        which = "is not null" if archived else "is null"
        sql = f"""select {_COLUMNS} from workspaces where deleted_at is null and archived_at {which}
            order by created_at, id"""
        return _own(actor, self._desk.engine.read(lambda session: _workspaces(session.rows(sql))))

    @allowed("enter")
    def deleted(self, actor: Actor) -> list[Workspace]:
        """The workspaces that `undelete` can bring back, last deleted first."""
        sql = f"select {_COLUMNS} from workspaces where deleted_at is not null order by deleted_at desc, id"
        return _own(actor, self._desk.engine.read(lambda session: _workspaces(session.rows(sql))))

    @allowed("browse")
    def get(self, actor: Actor, workspace: str) -> Workspace:
        """`UnknownId` when there is none or it is deleted."""
        return self._desk.engine.read(lambda session: find_workspace(session, workspace))

    @allowed("found")
    def create(self, actor: Actor, name: str) -> Workspace:
        """A new, empty workspace; an account that begins one is its owner."""
        made = Workspace(self._desk.new_id(), clean_name(name), self._desk.now())
        return self._desk.engine.write(lambda session: self._create(session, actor, made))

    @allowed("own")
    def rename(self, actor: Actor, workspace: str, name: str) -> Workspace:
        """The workspace under its new name."""
        wanted = clean_name(name)

        def work(session: Session) -> Workspace:
            before = find_workspace(session, workspace)
            if before.name == wanted:
                return before
            session.run("update workspaces set name = :name where id = :id", name=wanted, id=workspace)
            self._leave_event(session, actor, "rename-workspace", wanted, Place(workspace), before.name, wanted)
            return find_workspace(session, workspace)

        return self._desk.engine.write(work)

    @allowed("own")
    def archive(self, actor: Actor, workspace: str) -> Workspace:
        """Put away; `restore` brings it back."""
        return self._mark(actor, workspace, "archive-workspace", "archived_at", True)

    @allowed("own")
    def restore(self, actor: Actor, workspace: str) -> Workspace:
        """Back from the archive."""
        return self._mark(actor, workspace, "restore-workspace", "archived_at", False)

    @allowed("own")
    def delete(self, actor: Actor, workspace: str) -> Workspace:
        """Out of sight with all its systems, and not gone: `undelete` brings it back."""
        return self._mark(actor, workspace, "delete-workspace", "deleted_at", True)

    @allowed("own")
    def undelete(self, actor: Actor, workspace: str) -> Workspace:
        """Take a deletion back."""
        return self._mark(actor, workspace, "undelete-workspace", "deleted_at", False)

    def _create(self, session: Session, actor: Actor, made: Workspace) -> Workspace:
        session.run(
            "insert into workspaces (id, name, created_at) values (:id, :name, :created)",
            id=made.id,
            name=made.name,
            created=made.created_at,
        )
        admit_founder(session, actor, made.id, made.created_at)
        self._leave_event(session, actor, "create-workspace", made.name, Place(made.id), after=made.name)
        return made

    def _mark(self, actor: Actor, workspace: str, event: str, column: str, on: bool) -> Workspace:
        def work(session: Session) -> Workspace:
            found = find_workspace(session, workspace, even_deleted=event == "undelete-workspace")
            if (getattr(found, column) is not None) == on:
                return found
            time = self._desk.now() if on else None
            session.run(f"update workspaces set {column} = :time where id = :id", time=time, id=workspace)
            self._leave_event(session, actor, event, found.name, Place(workspace))
            return find_workspace(session, workspace, even_deleted=True)

        return self._desk.engine.write(work)


def create_first(desk: Desk, actor: Actor) -> None:
    """A workspace for a store that never had one; of several processes that open it at once, one makes it."""
    made = Workspace(desk.new_id(), FIRST_NAME, desk.now())

    def is_empty(session: Session) -> bool:
        return not session.rows("select count(*) as n from workspaces")[0]["n"]

    def work(session: Session) -> None:
        if is_empty(session):
            Workspaces(desk)._create(session, actor, made)

    if desk.engine.read(is_empty):
        desk.engine.write(work)


def find_workspace(session: Session, workspace: str, even_deleted: bool = False) -> Workspace:
    """The workspace with this id; `UnknownId` when there is none or (unless asked for) it is deleted."""
    row = first(session.rows(f"select {_COLUMNS} from workspaces where id = :id", id=workspace))
    if row is None or (row["deleted_at"] is not None and not even_deleted):
        raise UnknownId("workspace", workspace)
    return Workspace(**row)


def _workspaces(rows: list[Row]) -> list[Workspace]:
    return [Workspace(**row) for row in rows]


def _own(actor: Actor, found: list[Workspace]) -> list[Workspace]:
    return [one for one in found if not is_stranger(actor, Place(one.id))]


def admit_founder(session: Session, actor: Actor, workspace: str, now: datetime) -> None:
    """Who has an account owns the workspace that they began."""
    if not actor.is_everywhere and actor.subject:
        session.run(
            """insert into members (workspace, email, name, role, invited_by, invited_at, joined_at)
            values (:workspace, :email, :name, 'owner', :name, :now, :now)""",
            workspace=workspace, email=actor.subject, name=actor.name, now=now,
        )  # fmt: skip
