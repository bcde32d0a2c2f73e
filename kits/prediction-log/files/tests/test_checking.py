"""Silence, damage and unrecorded deployments are findings; a half line costs no other."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOON

from predlog import PredictionLog
from predlog.__main__ import main
from predlog.reader import predictions

DAY = "predictions-2026-11-23.jsonl"


def check(folder: Path, *words: str, minutes: int = 10) -> int:
    always = ["check", "--model", "churn", "--log", str(folder)]
    return main([*always, *words], now=NOON + timedelta(minutes=minutes))


def deployed(folder: Path, version: str = "1", minutes: int = -1) -> None:
    moment = (NOON + timedelta(minutes=minutes)).isoformat()
    entry = {"time": moment, "model": "churn", "version": version, "by": "Ada", "run_id": "r"}
    with (folder / "deployments.jsonl").open("a") as file:
        file.write(json.dumps(entry) + "\n")


@pytest.fixture
def filled(log: PredictionLog, folder: Path) -> Path:
    for number in range(3):
        log.record(f"r-{number}", {"age": 41}, "no", 1.0, NOON)
    return folder


def test_a_log_in_order(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deployed(filled)
    assert check(filled) == 0
    assert capsys.readouterr().out == "3 predictions are in order.\n"


def test_silence_is_a_finding(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deployed(filled)
    assert check(filled, "--silence", "9m") == 1
    assert "0:10:00 old (limit 0:09:00)" in capsys.readouterr().out
    assert check(filled, "--silence", "10m") == 0


def test_a_clock_that_runs_ahead_hides_no_silence(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(filled)
    assert check(filled, minutes=-30) == 1
    assert "0:30:00 in the future" in capsys.readouterr().out


def test_a_half_last_line_is_reported_and_the_next_writer_goes_on(
    filled: Path, log: PredictionLog, capsys: pytest.CaptureFixture[str]
) -> None:
    deployed(filled)
    with (filled / DAY).open("a") as file:
        file.write('{"request_id": "r-')
    assert check(filled) == 1
    assert f"{DAY}:4 cannot be read (the last one" in capsys.readouterr().out
    log.record("r-9", {"age": 41}, "no", 1.0, NOON)
    found = predictions(filled)
    assert [entry["request_id"] for entry in found.entries] == ["r-0", "r-1", "r-2", "r-9"]
    assert [(one.line, one.last) for one in found.damage] == [(4, False)]


@pytest.mark.parametrize("line", ["[]", "3", "{}", '{"time": "noon"}', "\xff"])
def test_lines_that_are_no_entries_are_damage(line: str, filled: Path) -> None:
    with (filled / DAY).open("a", encoding="latin-1") as file:
        file.write(line + "\n")
    assert (len(predictions(filled).entries), len(predictions(filled).damage)) == (3, 1)


def test_a_version_that_nobody_deployed_is_a_finding(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(filled) == 1
    assert "3 predictions name version 1 of churn, with no deployment" in capsys.readouterr().out
    deployed(filled, minutes=1)
    assert check(filled) == 1
    deployed(filled, minutes=-1)
    assert check(filled) == 0


def test_a_model_without_predictions_is_a_finding(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--model", "fraud", "--log", str(filled)], now=NOON) == 1
    assert "There is no prediction of fraud" in capsys.readouterr().out


def test_no_log_cannot_be_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path) == 2
    assert "holds no prediction log" in capsys.readouterr().err


@pytest.mark.parametrize("span", ["soon", "0m", "5", "-1h"])
def test_a_silence_that_is_no_span(span: str, filled: Path) -> None:
    with pytest.raises(SystemExit):
        check(filled, f"--silence={span}")
