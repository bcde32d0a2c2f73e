"""How the database's shape moves forward: numbered texts, each in one transaction with its record."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from data.duckdb_file import MEMORY
from data.engine import Engine, Session
from data.errors import DatabaseDamaged, DatabaseNewer
from data.ids import Clock

FOLDER = Path(__file__).parent / "migrations"
COPIES = 3
RECORDS = """
create table if not exists schema_migrations (
    number integer primary key,
    name varchar not null,
    applied_at timestamptz not null
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; its number and name are those of its file, `NNNN_name.sql`."""

    number: int
    name: str
    sql: str


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """All steps in their order."""
    return [_migration(file) for file in sorted(folder.glob("[0-9]*.sql"))]


def migrate(engine: Engine, now: Clock, folder: Path = FOLDER) -> None:
    """Bring the database to the newest shape, after copying an existing one aside.

    `DatabaseNewer` when it is ahead of this app, `DatabaseDamaged` when it holds tables that are not ours.
    """
    steps = migrations(folder)
    done = engine.read(_applied)
    newest = steps[-1].number
    if done and max(done) > newest:
        raise DatabaseNewer(
            f'The database "{engine.path}" has schema {max(done)}, this app knows schemas up to {newest}. '
            "Update the app, or open another database."
        )
    pending = [step for step in steps if step.number not in done]
    if done and pending:
        copy_aside(engine, pending[0].number)
    for step in pending:
        engine.write(partial(_apply, step=step, now=now))
        engine.checkpoint()


def copy_aside(engine: Engine, number: int) -> None:
    """Keep the database as it is before a step, beside itself; the last three such copies stay."""
    if engine.path == MEMORY:
        return
    path = Path(engine.path)
    engine.copy_to(str(path.with_name(f"{path.stem}.before-{number:04d}{path.suffix}")))
    for old in sorted(path.parent.glob(f"{path.stem}.before-*{path.suffix}"))[:-COPIES]:
        old.unlink()


def _migration(file: Path) -> Migration:
    number, _, name = file.stem.partition("_")
    return Migration(int(number), name, file.read_text(encoding="utf-8"))


def _applied(session: Session) -> set[int]:
    rows = session.rows("select table_name from information_schema.tables where table_schema = current_schema()")
    tables = {row["table_name"] for row in rows}
    if tables and "schema_migrations" not in tables:
        raise DatabaseDamaged("This database holds tables of another program; name another file for this app.")
    if not tables:
        return set()
    return {row["number"] for row in session.rows("select number from schema_migrations")}


def _apply(session: Session, step: Migration, now: Clock) -> None:
    session.run(RECORDS)
    session.run(step.sql)
    session.run(
        "insert into schema_migrations (number, name, applied_at) values (:number, :name, :applied)",
        number=step.number,
        name=step.name,
        applied=now(),
    )
