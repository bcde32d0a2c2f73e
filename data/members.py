"""Where it is kept who belongs to a workspace: invite, change the role, remove."""

from access.actors import ROLES, Actor, Role
from access.places import Place
from data.desk import Part, allowed
from data.engine import Row, Session, first
from data.entry import Member
from data.errors import LastOwner, NameTaken, UnknownId, ValueRefused
from data.text import clean_email, clean_line
from data.workspaces import find_workspace

_COLUMNS = "workspace, email, name, role, invited_by, invited_at, joined_at"
_ADD = f"""
insert into members ({_COLUMNS}) values (:workspace, :email, :name, :role, :by, :at, :joined)
"""


class Members(Part):
    """Members by e-mail address. A workspace that has members keeps at least one owner."""

    @allowed("browse")
    def all(self, actor: Actor, workspace: str) -> list[Member]:
        """The members and who was invited, by address."""
        return self._desk.engine.read(lambda session: members_of(session, workspace))

    @allowed("admit")
    def invite(self, actor: Actor, workspace: str, email: str, role: Role, name: str = "") -> Member:
        """Let somebody in from their next sign-in on; `NameTaken` when they are here already."""
        address, called = clean_email(email), clean_line(name, "name")
        _check_role(role)

        def work(session: Session) -> Member:
            find_workspace(session, workspace)
            if find_member(session, workspace, address):
                raise NameTaken(f"{address} is a member or invited already; change the role in the list instead.")
            add_member(session, Member(workspace, address, called, role, actor.name, self._desk.now()))
            self._leave_event(session, actor, "invite-member", address, Place(workspace), after=role)
            return _needed(session, workspace, address)

        return self._desk.engine.write(work)

    @allowed("admit")
    def change(self, actor: Actor, workspace: str, email: str, role: Role) -> Member:
        """The same member in another role; `LastOwner` when nobody else would be owner."""
        _check_role(role)

        def work(session: Session) -> Member:
            before = _needed(session, workspace, email)
            if before.role == role:
                return before
            _keep_an_owner(session, before)
            session.run(
                "update members set role = :role where workspace = :workspace and email = :email",
                role=role, workspace=workspace, email=before.email,
            )  # fmt: skip
            self._leave_event(
                session, actor, "change-member", before.email, Place(workspace), before.role, role
            )  # fmt: skip
            return _needed(session, workspace, email)

        return self._desk.engine.write(work)

    @allowed("admit")
    def remove(self, actor: Actor, workspace: str, email: str) -> Member:
        """Nothing is open to them from their next click on; who they were is returned, to take it back."""

        def work(session: Session) -> Member:
            before = _needed(session, workspace, email)
            _keep_an_owner(session, before)
            session.run(
                "delete from members where workspace = :workspace and email = :email",
                workspace=workspace, email=before.email,
            )  # fmt: skip
            self._leave_event(session, actor, "remove-member", before.email, Place(workspace), before=before.role)
            return before

        return self._desk.engine.write(work)


def members_of(session: Session, workspace: str) -> list[Member]:
    """The members and who was invited, by address."""
    rows = session.rows(f"select {_COLUMNS} from members where workspace = :id order by email", id=workspace)
    return [_member(row) for row in rows]


def find_member(session: Session, workspace: str, email: str) -> Member | None:
    """The member with this address, however it is capitalised."""
    sql = f"select {_COLUMNS} from members where workspace = :workspace and email = :email"
    row = first(session.rows(sql, workspace=workspace, email=clean_email(email)))
    return _member(row) if row else None


def add_member(session: Session, member: Member) -> None:
    """Write down a member who is not there yet."""
    session.run(
        _ADD, workspace=member.workspace, email=member.email, name=member.name, role=member.role,
        by=member.invited_by, at=member.invited_at, joined=member.joined_at,
    )  # fmt: skip


def _needed(session: Session, workspace: str, email: str) -> Member:
    found = find_member(session, workspace, email)
    if found is None:
        raise UnknownId("member", email)
    return found


def _keep_an_owner(session: Session, leaving: Member) -> None:
    owners = [one for one in members_of(session, leaving.workspace) if one.role == "owner" and one.joined_at]
    if owners == [leaving]:
        raise LastOwner(f"{leaving.email} is the only owner; make somebody else an owner first.")


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise ValueRefused(f'"{role}" is no role of a member; choose {", ".join(ROLES)}.')


def _member(row: Row) -> Member:
    return Member(**row)
