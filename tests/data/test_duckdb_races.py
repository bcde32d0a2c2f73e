from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.duckdb_faults import while_working
from data.duckdb_file import DuckDBFile
from data.engine import Session, in_dialect
from data.errors import StoreBusy, StoreError, StoreStopped, ValueRefused
from data.migrate import migrate
from data.races import ATTEMPTS
from tests.data.builders import a_clock


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(tmp_path: Path, waits: list[float]) -> Iterator[DuckDBFile]:
    engine = DuckDBFile(str(tmp_path / "checkup.duckdb"), wait=waits.append)
    migrate(engine, a_clock())
    yield engine
    engine.close()


def beat(session: Session, value: str) -> None:
    session.run(
        "insert into pulses (name, beat) values ('x', :beat) on conflict (name) do update set beat = excluded.beat",
        beat=value,
    )


def beats(engine: DuckDBFile) -> list[str]:
    return [row["beat"] for row in engine.read(lambda session: session.rows("select beat from pulses"))]


def test_a_change_that_loses_a_race_is_tried_again_from_the_start(engine: DuckDBFile, waits: list[float]) -> None:
    attempts: list[int] = []

    def work(session: Session) -> None:
        attempts.append(1)
        beat(session, f"attempt {len(attempts)}")
        if len(attempts) < 3:
            raise duckdb.TransactionException("Conflict on update")

    engine.write(work)
    assert beats(engine) == ["attempt 3"]
    assert len(waits) == 2
    assert all(0 <= wait < 1 for wait in waits)


def test_a_change_that_always_loses_is_given_up_with_a_sentence(engine: DuckDBFile, waits: list[float]) -> None:
    def work(session: Session) -> None:
        beat(session, "never")
        raise duckdb.TransactionException("Conflict on update")

    with pytest.raises(StoreBusy, match="was not saved"):
        engine.write(work)
    assert len(waits) == ATTEMPTS
    assert beats(engine) == []


def test_a_dying_instance_is_opened_again_for_the_next_call(engine: DuckDBFile) -> None:
    engine.write(lambda session: beat(session, "before"))

    def die(session: Session) -> None:
        beat(session, "lost")
        raise duckdb.FatalException("FATAL Error: instance invalidated")

    with pytest.raises(StoreError, match="is opened again"):
        engine.write(die)
    assert beats(engine) == ["before"]


def test_an_instance_that_dies_twice_in_a_row_stops_serving(engine: DuckDBFile) -> None:
    def die(session: Session) -> None:
        raise duckdb.FatalException("FATAL Error: instance invalidated")

    with pytest.raises(StoreError, match="is opened again"):
        engine.write(die)
    with pytest.raises(StoreStopped, match="failed twice"):
        engine.write(die)
    with pytest.raises(StoreStopped):
        beats(engine)


def test_a_fault_in_the_work_itself_leaves_nothing_behind(engine: DuckDBFile) -> None:
    def work(session: Session) -> None:
        beat(session, "half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.write(work)
    assert beats(engine) == []


def test_a_value_that_the_tables_refuse_is_said_in_a_sentence() -> None:
    fault = while_working(duckdb.ConstraintException("Constraint Error: CHECK constraint failed"))
    assert isinstance(fault, ValueRefused)
    assert "nothing was saved" in str(fault)


def test_names_become_the_engines_own_and_nothing_else_does() -> None:
    sql = "select cast(:when as timestamptz), x::text, '12:30' from t where a = :a_b and b=:when"
    expected = "select cast($when as timestamptz), x::text, '12:30' from t where a = $a_b and b=$when"
    assert in_dialect(sql, r"$\1") == expected
