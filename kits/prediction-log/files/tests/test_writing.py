"""A line says which model answered what and when, and nothing that identifies a person."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import KEY, NOON

from predlog import PredictionLog, WriteProblem
from predlog.problem import Problem
from predlog.reader import predictions

PERSON = {"email": "ada@example.org", "age": 41, "plan": "pro"}


def lines(folder: Path) -> list[dict[str, Any]]:
    return predictions(folder).entries


def test_a_prediction_is_one_line(log: PredictionLog, folder: Path) -> None:
    ticks = iter([1.0, 1.25])
    answer = log.predict(lambda row: row["age"] > 30, PERSON, "r-1", clock=lambda: next(ticks))
    (entry,) = lines(folder)
    assert answer is True
    assert (entry["request_id"], entry["model"], entry["version"]) == ("r-1", "churn", "1")
    assert (entry["prediction"], entry["latency_ms"]) == (True, 250.0)


def test_the_time_is_utc_and_names_the_file(log: PredictionLog, folder: Path) -> None:
    late = datetime(2026, 11, 24, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    log.record("r-1", PERSON, "no", 1.0, late)
    assert lines(folder)[0]["time"] == "2026-11-23T22:30:00.000+00:00"
    assert [path.name for path in folder.iterdir()] == ["predictions-2026-11-23.jsonl"]
    with pytest.raises(Problem, match="without a time zone"):
        log.record("r-2", PERSON, "no", 1.0, datetime(2026, 11, 24))


def test_inputs_leave_only_a_hash_unless_allowed(folder: Path) -> None:
    PredictionLog(folder, "churn", "1", KEY).record("r-1", PERSON, "no", 1.0, NOON)
    PredictionLog(folder, "churn", "1", KEY, fields=("plan",)).record(
        "r-2", PERSON, "no", 1.0, NOON
    )
    closed, opened = lines(folder)
    assert "inputs" not in closed
    assert opened["inputs"] == {"plan": "pro"}
    assert "ada" not in json.dumps([closed, opened])


def test_equal_inputs_have_one_hash_and_another_key_gives_another(folder: Path) -> None:
    log, other = (PredictionLog(folder, "churn", "1", key) for key in (KEY, KEY[::-1]))
    turned = {name: PERSON[name] for name in reversed(PERSON)} | {"age": np.float64(41)}
    hashes = [
        one.record(f"r-{number}", inputs, "no", 1.0, NOON)["inputs_hash"]
        for number, (one, inputs) in enumerate(
            [(log, PERSON), (log, turned), (log, PERSON | {"age": 42}), (other, PERSON)]
        )
    ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


@pytest.mark.parametrize(
    ("prediction", "kept"),
    [
        (np.array([0.25, 0.75]), [0.25, 0.75]),
        (np.int64(3), 3),
        (float("nan"), "nan"),
        ({"label": "no"}, {"label": "no"}),
    ],
)
def test_predictions_of_many_kinds_are_json(
    prediction: Any, kept: Any, log: PredictionLog, folder: Path
) -> None:
    log.record("r-1", PERSON, prediction, 1.0, NOON)
    assert lines(folder)[0]["prediction"] == kept


@pytest.mark.parametrize("request_id", ["", "ada@example.org", "two words", "x" * 129, "a\nb"])
def test_a_request_id_cannot_be_an_address_or_break_a_line(
    request_id: str, log: PredictionLog
) -> None:
    with pytest.raises(Problem, match="request id"):
        log.record(request_id, PERSON, "no", 1.0, NOON)


@pytest.mark.parametrize("version", ["latest", "champion", "", "0", "1.5"])
def test_a_version_is_a_number(version: str, folder: Path) -> None:
    with pytest.raises(Problem, match="no version number"):
        PredictionLog(folder, "churn", version, KEY)


def test_a_short_key_and_an_unknown_type_are_refused(folder: Path, log: PredictionLog) -> None:
    with pytest.raises(Problem, match="at least 16 bytes"):
        PredictionLog(folder, "churn", "1", b"short")
    with pytest.raises(Problem, match="type object cannot be logged"):
        log.record("r-1", PERSON, object(), 1.0, NOON)


def test_a_log_that_cannot_be_written_says_so(log: PredictionLog, folder: Path) -> None:
    (folder / "predictions-2026-11-23.jsonl").mkdir()
    with pytest.raises(WriteProblem, match="not on record"):
        log.record("r-1", PERSON, "no", 1.0, NOON)


def test_writers_of_several_processes_keep_every_line_whole(folder: Path) -> None:
    program = Path(__file__).with_name("writer.py")
    words = [sys.executable, str(program), str(folder)]
    place = {**os.environ, "PYTHONPATH": str(program.parent.parent)}
    writers = [
        subprocess.Popen(
            [*words, name, KEY.decode()],
            env=place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    found = predictions(folder)
    assert found.damage == []
    assert len({entry["request_id"] for entry in found.entries}) == 1200
