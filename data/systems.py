"""Where the assessed ML systems are kept: create, rename, archive, delete, undelete, purge."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from access.actors import Actor
from access.places import Place
from data.desk import Part, allowed, as_json
from data.engine import Row, Session, first
from data.errors import NameTaken, UnknownId, ValueRefused
from data.model import System
from data.text import clean_line, clean_name, clean_note, clean_tags, name_key
from data.workspaces import find_workspace

_COLUMNS = """s.id, s.workspace, s.name, s.about, s.created_at, s.archived_at, s.deleted_at, s.tags, s.owner,
    s.rhythm_days"""
RHYTHM_LIMIT = 3650
_EDIT = """
update systems set name = :name, name_key = :key, about = :about, tags = :tags, owner = :owner, rhythm_days = :rhythm
where id = :id
"""
_OF_ASSESSMENT = (
    "respondents",
    "responses",
    "agreements",
    "corrections",
    "health_answers",
    "results",
    "assessment_scores",
)


class Systems(Part):
    """Systems of a workspace; names are unique among the living ones, however they are capitalised."""

    @allowed("browse")
    def all(self, actor: Actor, workspace: str, archived: bool = False) -> list[System]:
        """The systems in use by name; with `archived` those put away instead."""
        which = "is not null" if archived else "is null"
        sql = f"""select {_COLUMNS} from systems s where s.workspace = :workspace and s.deleted_at is null
            and s.archived_at {which} order by s.name_key, s.id"""
        return self._list(sql, workspace)

    @allowed("browse")
    def deleted(self, actor: Actor, workspace: str) -> list[System]:
        """The systems that `undelete` can bring back, last deleted first."""
        sql = f"""select {_COLUMNS} from systems s where s.workspace = :workspace and s.deleted_at is not null
            order by s.deleted_at desc, s.id"""
        return self._list(sql, workspace)

    @allowed("glance")
    def get(self, actor: Actor, system: str) -> System:
        """`UnknownId` when there is none or it is deleted."""
        return self._desk.engine.read(lambda session: find_system(session, system))

    @allowed("arrange")
    def create(self, actor: Actor, workspace: str, name: str, about: str = "") -> System:
        """A new system without assessments; `NameTaken` when a living one has the name."""
        wanted, words = clean_name(name), clean_note(about, "description")
        made = System(self._desk.new_id(), workspace, wanted, words, self._desk.now())

        def work(session: Session) -> System:
            find_workspace(session, workspace)
            _refuse_taken(session, workspace, wanted)
            session.run(
                """insert into systems (id, workspace, name, name_key, about, created_at)
                values (:id, :workspace, :name, :key, :about, :created)""",
                id=made.id,
                workspace=workspace,
                name=wanted,
                key=name_key(wanted),
                about=words,
                created=made.created_at,
            )
            self._leave_event(session, actor, "create-system", wanted, _place(made), after=wanted)
            return made

        return self._desk.engine.write(work)

    @allowed("arrange")
    def rename(self, actor: Actor, system: str, name: str) -> System:
        """The system under its new name; `NameTaken` when another living one has it."""
        wanted = clean_name(name)

        def work(session: Session) -> System:
            before = find_system(session, system)
            if before.name == wanted:
                return before
            _refuse_taken(session, before.workspace, wanted, but=system)
            session.run(
                "update systems set name = :name, name_key = :key where id = :id",
                name=wanted,
                key=name_key(wanted),
                id=system,
            )
            self._leave_event(session, actor, "rename-system", wanted, _place(before), before.name, wanted)
            return find_system(session, system)

        return self._desk.engine.write(work)

    @allowed("arrange")
    def describe(self, actor: Actor, system: str, about: str) -> System:
        """The system with another description."""
        words = clean_note(about, "description")

        def work(session: Session) -> System:
            before = find_system(session, system)
            if before.about == words:
                return before
            session.run("update systems set about = :about where id = :id", about=words, id=system)
            self._leave_event(session, actor, "describe-system", before.name, _place(before), before.about, words)
            return find_system(session, system)

        return self._desk.engine.write(work)

    @allowed("arrange")
    def edit(
        self,
        actor: Actor,
        system: str,
        name: str | None = None,
        about: str | None = None,
        tags: Iterable[str] | None = None,
        owner: str | None = None,
        rhythm_days: int | None = None,
    ) -> System:
        """The system with all of these changed, or none of them; None leaves a thing as it is.

        At most 10 tags of at most 40 characters, each once however it is capitalised; a rhythm of 0 days is none.
        `NameTaken`, `TextRefused` or `ValueRefused` with a sentence.
        """
        wanted: dict[str, Any] = {
            "name": None if name is None else clean_name(name),
            "about": None if about is None else clean_note(about, "description"),
            "tags": None if tags is None else clean_tags(tags),
            "owner": None if owner is None else clean_line(owner, "owner"),
            "rhythm_days": None if rhythm_days is None else clean_rhythm(rhythm_days),
        }

        def work(session: Session) -> System:
            before = find_system(session, system)
            given = {field: value for field, value in wanted.items() if value is not None}
            changed = {field: value for field, value in given.items() if getattr(before, field) != value}
            if not changed:
                return before
            if "name" in changed:
                _refuse_taken(session, before.workspace, changed["name"], but=system)
            after = replace(before, **changed)
            session.run(_EDIT, id=system, **_values(after))
            was = {field: getattr(before, field) for field in changed}
            self._leave_event(session, actor, "edit-system", after.name, _place(before), was, changed)
            return after

        return self._desk.engine.write(work)

    @allowed("arrange")
    def archive(self, actor: Actor, system: str) -> System:
        """Put away; `restore` brings it back."""
        return self._mark(actor, system, "archive-system", "archived_at", True)

    @allowed("arrange")
    def restore(self, actor: Actor, system: str) -> System:
        """Back from the archive."""
        return self._mark(actor, system, "restore-system", "archived_at", False)

    @allowed("arrange")
    def delete(self, actor: Actor, system: str) -> System:
        """Out of sight and not gone: `undelete` brings it back, `purge` ends it."""
        return self._mark(actor, system, "delete-system", "deleted_at", True)

    @allowed("arrange")
    def undelete(self, actor: Actor, system: str) -> System:
        """Take a deletion back; `NameTaken` when another system has the name by now."""
        return self._mark(actor, system, "undelete-system", "deleted_at", False)

    @allowed("purge")
    def purge(self, actor: Actor, system: str) -> None:
        """Everything of a system goes for good, deleted or not; the audit trail stays and says so."""

        def work(session: Session) -> None:
            found = find_system(session, system, even_deleted=True)
            # What refers to others goes before them.
            session.run(
                "delete from link_passes where link in (select id from share_links where system = :system)",
                system=system,
            )
            session.run("delete from share_links where system = :system", system=system)
            for table in _OF_ASSESSMENT:
                session.run(
                    f"""delete from {table}
                    where assessment in (select id from assessments where system = :system)""",
                    system=system,
                )
            for table in ("system_latest", "fixes", "assessments"):
                session.run(f"delete from {table} where system = :system", system=system)
            session.run("delete from systems where id = :system", system=system)
            self._leave_event(session, actor, "purge-system", found.name, _place(found), before=found.name)

        self._desk.engine.write(work)

    def _mark(self, actor: Actor, system: str, event: str, column: str, on: bool) -> System:
        def work(session: Session) -> System:
            undeletes = event == "undelete-system"
            found = find_system(session, system, even_deleted=undeletes)
            if (getattr(found, column) is not None) == on:
                return found
            if undeletes:
                _refuse_taken(session, found.workspace, found.name, but=system)
            time = self._desk.now() if on else None
            session.run(f"update systems set {column} = :time where id = :id", time=time, id=system)
            self._leave_event(session, actor, event, found.name, _place(found))
            return find_system(session, system, even_deleted=True)

        return self._desk.engine.write(work)

    def _list(self, sql: str, workspace: str) -> list[System]:
        def work(session: Session) -> list[System]:
            find_workspace(session, workspace)
            return [_system(row) for row in session.rows(sql, workspace=workspace)]

        return self._desk.engine.read(work)


def find_system(session: Session, system: str, even_deleted: bool = False) -> System:
    """The system with this id; `UnknownId` when there is none or it (or its workspace) is deleted."""
    sql = f"""select {_COLUMNS}, w.deleted_at as workspace_deleted_at from systems s
        join workspaces w on w.id = s.workspace where s.id = :id"""
    row = first(session.rows(sql, id=system))
    if row is None or row.pop("workspace_deleted_at") is not None or (row["deleted_at"] and not even_deleted):
        raise UnknownId("system", system)
    return _system(row)


def living_systems(session: Session, workspace: str) -> list[System]:
    """The systems of a workspace that are neither deleted nor archived, by name."""
    find_workspace(session, workspace)
    sql = f"""select {_COLUMNS} from systems s where s.workspace = :workspace and s.deleted_at is null
        and s.archived_at is null order by s.name_key, s.id"""
    return [_system(row) for row in session.rows(sql, workspace=workspace)]


def _system(row: Row) -> System:
    tags, owner, rhythm = (row.pop(name) for name in ("tags", "owner", "rhythm_days"))
    return System(tags=tuple(json.loads(tags or "[]")), owner=owner or "", rhythm_days=rhythm or 0, **row)


def _values(system: System) -> dict[str, Any]:
    return {
        "name": system.name,
        "key": name_key(system.name),
        "about": system.about,
        "tags": as_json(system.tags),
        "owner": system.owner,
        "rhythm": system.rhythm_days,
    }


def clean_rhythm(days: int) -> int:
    """A rhythm in days, 0 for none; `ValueRefused` when it is negative or longer than ten years."""
    if isinstance(days, bool) or not 0 <= days <= RHYTHM_LIMIT:
        raise ValueRefused(f"A rhythm of {days} days does not work; choose 1 to {RHYTHM_LIMIT:,} days, or 0 for none.")
    return days


def _refuse_taken(session: Session, workspace: str, name: str, but: str = "") -> None:
    sql = """select name from systems
        where workspace = :workspace and name_key = :key and deleted_at is null and id <> :but"""
    taken = first(session.rows(sql, workspace=workspace, key=name_key(name), but=but))
    if taken is not None:
        raise NameTaken(f'This workspace already has a system "{taken["name"]}"; choose another name.')


def _place(system: System) -> Place:
    return Place(system.workspace, system.id)
