"""What the app's user may do where somebody else owns the tables: all that the app does, and no more."""

from collections.abc import Iterator

from psycopg import Connection, sql
from psycopg.rows import DictRow

# May be read and added to; what was written stays.
GROWING = ("audit_events",)
READABLE = ("schema_migrations",)
_TABLES = "select tablename from pg_tables where schemaname = current_schema() and tableowner = current_user"
_FUNCTIONS = """
select p.oid::regprocedure::text as signature from pg_proc p
where p.pronamespace = current_schema()::regnamespace and p.prosecdef and p.proowner = current_user::regrole
"""


def grants(connection: Connection[DictRow], user: str) -> Iterator[sql.Composed]:
    """The statements that the owner of the tables runs for `user`, in order; a second time they change nothing."""
    who = sql.Identifier(user)
    schema = connection.execute("select current_schema() as name").fetchall()[0]["name"]
    yield sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(schema), who)
    for row in connection.execute(_TABLES).fetchall():
        table = sql.Identifier(row["tablename"])
        yield sql.SQL("revoke all on {} from {}").format(table, who)
        yield sql.SQL("grant {} on {} to {}").format(_rights(row["tablename"]), table, who)
    for row in connection.execute(_FUNCTIONS).fetchall():
        # Its own words for a function's name and arguments, quoted where they must be.
        yield sql.SQL("grant execute on function {} to {}").format(sql.SQL(row["signature"]), who)


def _rights(table: str) -> sql.SQL:
    if table in READABLE:
        return sql.SQL("select")
    return sql.SQL("select, insert") if table in GROWING else sql.SQL("select, insert, update, delete")
