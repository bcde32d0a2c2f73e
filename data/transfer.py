"""How a whole workspace leaves the store and comes into one: every row of it, as plain JSON values."""

from collections.abc import Mapping, Sequence
from typing import Any

from access.actors import Actor
from access.places import Place
from data.desk import Part, allowed
from data.engine import Row, Session, first
from data.errors import ImportRefused
from data.incoming import checked_tables
from data.migrate import migrations
from data.model import Workspace
from data.older import brought_up
from data.schema import ACCESS, KEYS, TABLES
from data.values import SQL_TYPES, from_plain, kind_of, to_plain
from data.workspaces import admit_founder, find_workspace

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
CHUNK = 5_000
_SYSTEMS = "select id from systems where workspace = :workspace"
_ASSESSMENTS = f"select id from assessments where system in ({_SYSTEMS})"


class Transfer(Part):
    """Taking a workspace out and bringing one in."""

    @property
    def schema(self) -> int:
        """The number of the newest migration: which shape rows have."""
        return migrations()[-1].number

    @allowed("take-out")
    def dump(self, actor: Actor, workspace: str, with_access: bool = False) -> dict[str, list[Row]]:
        """Every row of the workspace by table, deleted systems and audit trail too, in a fixed order.

        Members, links and tokens are in it only `with_access`: for a move to another store, not to hand over.
        """

        def work(session: Session) -> dict[str, list[Row]]:
            find_workspace(session, workspace)
            left_out = () if with_access else ACCESS
            return {table: [] if table in left_out else _dumped(session, table, workspace) for table in TABLES}

        return self._desk.engine.read(work)

    @allowed("bring-in")
    def load(self, actor: Actor, tables: Tables, schema: int | None = None, with_access: bool = False) -> Workspace:
        """Bring in what `dump` gave, with all its ids and times, whole or not at all.

        `schema` is the one that the rows were dumped with, where it is an older one. Members, links and tokens come
        in only `with_access`: who wrote the file may still hold their secrets.
        `ImportRefused` with a sentence when rows do not fit together, or the workspace is here already.
        """
        checked = checked_tables(brought_up(tables, self.schema if schema is None else schema))
        checked = checked if with_access else {**checked, **dict.fromkeys(ACCESS, ())}
        workspace = str(checked["workspaces"][0]["id"])

        def work(session: Session) -> Workspace:
            _refuse_present(session, checked)
            for table, rows in checked.items():
                for start in range(0, len(rows), CHUNK):
                    _insert(session, table, rows[start : start + CHUNK])
            found = find_workspace(session, workspace, even_deleted=True)
            admit_founder(session, actor, workspace, self._desk.now())
            self._leave_event(session, actor, "import-workspace", found.name, Place(workspace))
            return found

        return self._desk.engine.write(work)


def _dumped(session: Session, table: str, workspace: str) -> list[Row]:
    columns, order = ", ".join(TABLES[table]), ", ".join(KEYS[table])
    sql = f"select {columns} from {table} where {of_workspace(table)} order by {order}"
    rows = session.rows(sql, workspace=workspace)
    return [{name: to_plain(value) for name, value in row.items()} for row in rows]


def of_workspace(table: str) -> str:
    """What is true of a row of this table that belongs to `:workspace`."""
    if table == "workspaces":
        return "id = :workspace"
    if "workspace" in TABLES[table]:
        return "workspace = :workspace"
    if "system" in TABLES[table]:
        return f"system in ({_SYSTEMS})"
    return f"assessment in ({_ASSESSMENTS})"


def _refuse_present(session: Session, tables: Tables) -> None:
    here = "select name, deleted_at from workspaces where id = :id"
    present = first(session.rows(here, id=tables["workspaces"][0]["id"]))
    if present is not None:
        state = "deleted but can be brought back" if present["deleted_at"] else "in use"
        raise ImportRefused(f'This workspace is here already ("{present["name"]}", {state}); nothing was imported.')
    for table in ("systems", "assessments", "respondents", "audit_events"):
        ids = [row["id"] for row in tables[table]]
        sql = f"select count(*) as n from {table} where id in (select unnest(cast(:ids as varchar[])))"
        if session.rows(sql, ids=ids)[0]["n"]:
            raise ImportRefused(f"Some ids of {table} are in use by another workspace here; nothing was imported.")


def _insert(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = TABLES[table]
    lists = {name: [from_plain(kind_of(kind), row[name]) for row in rows] for name, kind in columns.items()}
    values = ", ".join(f"unnest(cast(:{name} as {SQL_TYPES[kind_of(kind)]}[]))" for name, kind in columns.items())
    session.run(f"insert into {table} ({', '.join(columns)}) select {values}", **lists)
