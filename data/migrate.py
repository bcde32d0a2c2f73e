"""How the database's shape moves forward: numbered texts, each in one transaction with its record."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

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
    """One step of the schema; its number and name are those of its file, `NNNN_name.sql`.

    Its text goes on with the files of that number in the folder that is named after the engine, if there are any.
    """

    number: int
    name: str
    sql: str


def migrations(folder: Path = FOLDER, dialect: str = "") -> list[Migration]:
    """All steps in their order, with what only this engine gets."""
    return [_migration(file, dialect) for file in sorted(folder.glob("[0-9]*.sql"))]


def migrate(engine: Engine, now: Clock, folder: Path = FOLDER) -> None:
    """Bring the database to the newest shape, after copying an existing one aside where the engine can.

    Several processes may do so at once: one takes a step, the others wait and find it taken.
    `DatabaseNewer` when it is ahead of this app, `DatabaseDamaged` when it holds tables that are not ours.
    """
    steps = migrations(folder, engine.dialect)
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
        engine.reshape(partial(_apply, step=step, now=now))
    engine.hand_over()
    if pending and not {step.number for step in pending} <= engine.read(_applied):
        raise DatabaseDamaged(
            "CHECKUP_MIGRATE_URL and CHECKUP_DATABASE_URL name two databases (or schemas); make them name the same one."
        )


def copy_aside(engine: Engine, number: int) -> None:
    """Keep the database as it is before a step, beside itself; the last three such copies stay."""
    if engine.no_copy:
        return
    path = Path(engine.path)
    engine.copy_to(str(path.with_name(f"{path.stem}.before-{number:04d}{path.suffix}")))
    for old in sorted(path.parent.glob(f"{path.stem}.before-*{path.suffix}"))[:-COPIES]:
        old.unlink()


def _migration(file: Path, dialect: str) -> Migration:
    number, _, name = file.stem.partition("_")
    more = sorted((file.parent / dialect).glob(f"{number}_*.sql")) if dialect else []
    return Migration(int(number), name, "\n".join(one.read_text(encoding="utf-8") for one in (file, *more)))


def _applied(session: Session) -> set[int]:
    # Views are left aside: an operator's extensions bring some.
    rows = session.rows(
        """select table_name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE'"""
    )
    tables = {row["table_name"] for row in rows}
    if tables and "schema_migrations" not in tables:
        raise DatabaseDamaged("This database holds tables of another program; name another one for this app.")
    if not tables:
        return set()
    return {row["number"] for row in session.rows("select number from schema_migrations")}


def _apply(session: Session, step: Migration, now: Clock) -> None:
    if step.number in _applied(session):
        return
    session.run(RECORDS)
    session.run(step.sql)
    session.run(
        "insert into schema_migrations (number, name, applied_at) values (:number, :name, :applied)",
        number=step.number,
        name=step.name,
        applied=now(),
    )
