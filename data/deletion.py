"""Where a workspace is deleted for good: every row of it, and its trail but for one line that says so."""

from access.actors import Actor
from data.desk import Part, allowed
from data.engine import Session
from data.erasure import erase_trail
from data.errors import ValueRefused
from data.schema import TABLES
from data.text import name_key
from data.transfer import of_workspace
from data.workspaces import find_workspace

SOMEBODY = "Somebody"
# What hangs on links and tokens, and never leaves this store.
_PASSES = "delete from link_passes where link in (select id from share_links where workspace = :workspace)"
_KEYS = "delete from idempotency_keys where token in (select id from api_tokens where workspace = :workspace)"


class Deletion(Part):
    """Deleting for good, so that nothing of it is in the database any more."""

    @allowed("own")
    def workspace(self, actor: Actor, workspace: str, name: str) -> int:
        """Everything of a deleted workspace goes, and how many rows that were; one event of nobody's stays.

        `name` is the workspace's, typed by whoever wants this. `ValueRefused` when it is another one, or the
        workspace is still in use. Backups that were made before still hold it.
        """

        def work(session: Session) -> int:
            found = find_workspace(session, workspace, even_deleted=True)
            if found.deleted_at is None:
                raise ValueRefused(f'"{found.name}" is still in use; delete it first, then delete it for good.')
            if name_key(name.strip()) != name_key(found.name):
                raise ValueRefused(f'That is not its name; type "{found.name}" to delete it for good.')
            erased = _count(session, "audit_events", workspace)
            # The trail goes while the workspace is still there to be asked whether it is deleted; by nobody's name.
            erase_trail(self._desk, session, Actor(SOMEBODY, "owner"), workspace)
            return erased + _erase_rows(session, workspace)

        erased = self._desk.engine.write(work)
        self._desk.engine.scrub()
        return erased


def _erase_rows(session: Session, workspace: str) -> int:
    """What refers to something goes before it."""
    erased = 0
    session.run(_PASSES, workspace=workspace)
    session.run(_KEYS, workspace=workspace)
    for table in reversed(TABLES):
        if table != "audit_events":
            erased += _count(session, table, workspace)
            session.run(f"delete from {table} where {of_workspace(table)}", workspace=workspace)
    return erased


def _count(session: Session, table: str, workspace: str) -> int:
    sql = f"select count(*) as n from {table} where {of_workspace(table)}"
    return int(session.rows(sql, workspace=workspace)[0]["n"])
