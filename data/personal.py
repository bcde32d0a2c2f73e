"""Where all that is stored about one person is found, to be handed out or to be erased."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from access.actors import Actor
from data.deletion import SOMEBODY
from data.desk import Part, allowed, as_json
from data.engine import Row, Session
from data.erasure import erase_names
from data.errors import LastOwner, TextRefused, UnknownId
from data.people import TEAM
from data.schema import TABLES
from data.text import clean_line
from data.transfer import of_workspace
from data.values import to_plain
from data.workspaces import find_workspace

# The columns in which people are named.
NAMED: dict[str, tuple[str, ...]] = {
    "systems": ("owner",),
    "assessments": ("started_by", "made_by"),
    "respondents": ("name", "subject"),
    "responses": ("author",),
    "corrections": ("author",),
    "health_answers": ("author",),
    "fixes": ("owner", "author"),
    "audit_events": ("actor", "subject"),
    "members": ("email", "name", "invited_by"),
    "share_links": ("label", "created_by"),
    "api_tokens": ("created_by",),
}
# What is nobody's to read, not even whom it is about.
SECRET = ("secret_hash", "passphrase_hash")
_AS_WRITTEN = "lower({}) in (select unnest(cast(:names as varchar[])))"
_ANSWERED = ("responses", "health_answers")
_BY_THEM = "respondent in (select unnest(cast(:people as varchar[])))"
_GIVEN = "select respondent, item, evidence from responses where assessment = :id and respondent <> :team"
_AGREED = """
select r.item, r.note, r.evidence from responses r
join agreements a on a.assessment = r.assessment and a.item = r.item
where r.assessment = :id and r.respondent = :team
"""
_SAVE_AGREED = """
update responses set note = :note, evidence = :evidence
where assessment = :id and respondent = :team and item = :item
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """What is stored about one person in a workspace: under which names, and the rows by table."""

    names: tuple[str, ...]
    rows: dict[str, list[Row]]

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())


class Personal(Part):
    """One person's data in a workspace, by name or e-mail address, however these are capitalised."""

    @allowed("own")
    def about(self, actor: Actor, workspace: str, who: str) -> Traces:
        """Every row that names the person, and what they answered; hashes of secrets are left out.

        A name and an address that belong to one member or one form are one person. `UnknownId` when nothing is found.
        """

        def work(session: Session) -> Traces:
            find_workspace(session, workspace)
            return _traces(session, workspace, who)

        return self._desk.engine.read(work)

    @allowed("own")
    def erase(self, actor: Actor, workspace: str, who: str) -> Traces:
        """Forget the person; what was stored about them is returned once more.

        Names and addresses become "Somebody". Of their own forms the notes and links go, submitted ratings stay as
        numbers of nobody's, because the team's results were made of them; a form that was not submitted goes whole.
        Their membership and their own links end. Texts that others wrote are not searched. `LastOwner` for the only
        owner of the workspace.
        """

        def work(session: Session) -> Traces:
            find_workspace(session, workspace)
            found = _traces(session, workspace, who)
            _forget(session, workspace, found)
            erase_names(self._desk, session, actor, workspace, found.names, SOMEBODY, found.count)
            return found

        erased = self._desk.engine.write(work)
        self._desk.engine.scrub()
        return erased


def _traces(session: Session, workspace: str, who: str) -> Traces:
    asked = clean_line(who, "name of the person").lower()
    if not asked or asked == SOMEBODY.lower():
        raise TextRefused("Write the name or the e-mail address of one person.")
    names = _all_names(session, workspace, asked)
    rows = {table: _rows(session, table, columns, workspace, names) for table, columns in NAMED.items()}
    people = [row["id"] for row in rows["respondents"]]
    for table in _ANSWERED:
        theirs = _select(session, table, f"{of_workspace(table)} and {_BY_THEM}", workspace=workspace, people=people)
        rows[table] += [row for row in theirs if row not in rows[table]]
    found = Traces(names, {table: some for table, some in rows.items() if some})
    if not found.count:
        raise UnknownId("person", who)
    return found


def _all_names(session: Session, workspace: str, asked: str) -> tuple[str, ...]:
    """The name with the address it goes with, or the other way round."""
    pairs = session.rows(
        f"""select lower(email) as one, lower(name) as other from members where {of_workspace("members")}
        union select lower(subject), lower(name) from respondents
        where {of_workspace("respondents")} and subject like '%@%'""",
        workspace=workspace,
    )
    names = {asked} | {name for pair in pairs if asked in pair.values() for name in pair.values() if name}
    return tuple(sorted(names))


def _rows(session: Session, table: str, columns: Sequence[str], workspace: str, names: Iterable[str]) -> list[Row]:
    named = " or ".join(_AS_WRITTEN.format(column) for column in columns)
    return _select(session, table, f"{of_workspace(table)} and ({named})", workspace=workspace, names=list(names))


def _select(session: Session, table: str, which: str, **values: Any) -> list[Row]:
    shown = ", ".join(column for column in TABLES[table] if column not in SECRET)
    found = session.rows(f"select {shown} from {table} where {which}", **values)
    return [{column: to_plain(value) for column, value in row.items()} for row in found]


def _forget(session: Session, workspace: str, found: Traces) -> None:
    names, forms = list(found.names), found.rows.get("respondents", [])
    _leave(session, workspace, names)
    people = [row["id"] for row in forms]
    _forget_notes(session, workspace, forms)
    session.run(
        f"delete from link_passes where {_BY_THEM} or link in (select id from share_links where {_BY_THEM})",
        people=people,
    )
    session.run(f"delete from share_links where {_BY_THEM}", people=people)
    own = f"update responses set note = '', evidence = '[]', valid_until = null where {_BY_THEM}"
    session.run(own, people=people)
    session.run(
        "update respondents set role = '' where id in (select unnest(cast(:people as varchar[])))", people=people
    )
    _rename(session, workspace, names)
    unfinished = [row["id"] for row in forms if row["submitted_at"] is None]
    for table in _ANSWERED:
        session.run(f"delete from {table} where {_BY_THEM}", people=unfinished)
    session.run("delete from respondents where id in (select unnest(cast(:people as varchar[])))", people=unfinished)


def _leave(session: Session, workspace: str, names: list[str]) -> None:
    """The membership ends, unless nobody would be left to own the workspace."""
    owners = session.rows(
        "select email from members where workspace = :workspace and role = 'owner' and joined_at is not null",
        workspace=workspace,
    )
    if owners and all(row["email"].lower() in names for row in owners):
        raise LastOwner("They are the only owner; make somebody else an owner first.")
    session.run(
        f"delete from members where workspace = :workspace and ({_AS_WRITTEN.format('email')})",
        workspace=workspace, names=names,
    )  # fmt: skip


def _rename(session: Session, workspace: str, names: list[str]) -> None:
    """Wherever they are named outside of the trail."""
    for table, columns in NAMED.items():
        for column in columns:
            if (table, column) in (("members", "email"), ("audit_events", "actor"), ("audit_events", "subject")):
                continue
            session.run(
                f"""update {table} set {column} = :who
                where {of_workspace(table)} and {_AS_WRITTEN.format(column)}""",
                workspace=workspace, names=names, who=SOMEBODY,
            )  # fmt: skip


def _forget_notes(session: Session, workspace: str, forms: Sequence[Row]) -> None:
    """A milestone keeps what people agreed on with the notes and links of each; theirs are taken out."""
    for assessment in {row["assessment"] for row in forms}:
        people = {row["id"]: row["name"] for row in forms if row["assessment"] == assessment}
        everybody = session.rows("select name from respondents where assessment = :id", id=assessment)
        given = session.rows(_GIVEN, id=assessment, team=TEAM)
        for row in session.rows(_AGREED, id=assessment, team=TEAM):
            note = without_notes_of(row["note"], people.values(), (one["name"] for one in everybody))
            links = _links_without(people, row, given)
            session.run(_SAVE_AGREED, note=note, evidence=as_json(links), id=assessment, team=TEAM, item=row["item"])


def _links_without(people: Collection[str], agreed: Row, given: Sequence[Row]) -> list[str]:
    """The links that were agreed on, but for those that nobody besides these people gave."""
    answers = [row for row in given if row["item"] == agreed["item"]]
    theirs, others = (
        {link for row in answers if (row["respondent"] in people) is is_theirs for link in json.loads(row["evidence"])}
        for is_theirs in (True, False)
    )
    return [link for link in json.loads(agreed["evidence"]) if link not in theirs - others]


def without_notes_of(note: str, called: Iterable[str], everybody: Iterable[str]) -> str:
    """A note of several people, each begun by a name and a colon, without what these few said."""
    begins = re.compile(f"^(?=(?:{'|'.join(map(re.escape, sorted(everybody)))}): )", re.MULTILINE)
    parts = [part for part in begins.split(note) if part]
    return "".join(part for part in parts if not part.startswith(tuple(f"{name}: " for name in called))).strip()
