"""What the check promises: ready only with a recent, quick drill and a filled runbook."""

import json
import shutil
from pathlib import Path

import pytest
from rehearsal import FIND, FOLDER, SWITCH, Drill, python

from rollback.plan import load


def lines(drill: Drill, capsys: pytest.CaptureFixture[str], now: str, code: int) -> list[str]:
    capsys.readouterr()
    assert drill.run("check", now=now) == code
    said: str = capsys.readouterr().out
    return said.splitlines()


def test_a_recent_drill_and_a_filled_runbook_are_ready(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    (line,) = lines(drill, capsys, "2026-11-24T09:00:00+01:00", 0)
    assert line.startswith("Ready")


def test_without_a_drill_it_is_not_ready(drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = lines(drill, capsys, "2026-11-24T09:00:00+01:00", 1)
    assert line.startswith("There has been no drill")


def test_a_real_rollback_is_no_drill(drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    drill.run("run", "--by", "Ada")
    (line,) = lines(drill, capsys, "2026-11-24T09:00:00+01:00", 1)
    assert line.startswith("There has been no drill")


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2027-02-21T08:00:00+00:00", 0),  # ninety days later to the second, in another zone
        ("2027-02-21T09:00:01+01:00", 1),
    ],
)
def test_a_drill_holds_for_ninety_days(
    now: str, code: int, drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    (line,) = lines(drill, capsys, now, code)
    assert code == 0 or line == "The last drill was 90 days ago; one is due every 90."


def test_the_last_drill_counts_whether_it_failed_or_was_slow(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    drill.run("drill", "--by", "Ada", minutes=2, now="2026-11-24T09:00:00+01:00")
    later = "2026-11-26T09:00:00+01:00"
    assert lines(drill, capsys, later, 1) == [
        "The last drill, on 2026-11-24, took 6 min, more than the goal of 5."
    ]
    drill.plan([{**FIND, "command": python("raise SystemExit(1)")}, SWITCH])
    drill.run("drill", "--by", "Ada", now="2026-11-25T09:00:00+01:00")
    assert lines(drill, capsys, later, 1) == ["The last drill, on 2026-11-25, failed."]


def test_every_blank_of_the_runbook_is_named(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    drill.runbook("# Rollback of churn\n\nWho decides: ____\n\n| by hand | ____ |\n")
    assert lines(drill, capsys, "2026-11-24T09:00:00+01:00", 1) == [
        "RUNBOOK.md:3 has a blank: Who decides: ____",
        "RUNBOOK.md:5 has a blank: | by hand | ____ |",
    ]


def test_an_empty_runbook_is_not_filled_in(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    drill.runbook("\n")
    assert lines(drill, capsys, "2026-11-24T09:00:00+01:00", 1) == ["RUNBOOK.md is empty."]


ENTRY = {
    "kind": "drill",
    "start": "2026-11-23T09:00:00+01:00",
    "by": "Ada",
    "outcome": "done",
    "minutes": 3,
    "goal_minutes": 5,
}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"kind": "dri', "drills.jsonl:1 is no entry of a drill"),
        ("[]", "drills.jsonl:1 is no entry of a drill"),
        (json.dumps({**ENTRY, "start": "2026-11-23T09:00:00"}), "a time without a zone"),
        (json.dumps({**ENTRY, "start": "2031-01-01T00:00:00Z"}), "has an entry in the future"),
        (json.dumps({**ENTRY, "minutes": None}), "drills.jsonl:1 is no entry of a drill"),
    ],
)
def test_a_log_that_cannot_be_believed_is_bad_input(
    text: str, sentence: str, drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.write("drills.jsonl", text + "\n")
    assert drill.run("check") == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_runbook_is_bad_input(drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    (drill.folder / "RUNBOOK.md").unlink()
    assert drill.run("check") == 2
    assert "RUNBOOK.md cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("goal_minutes = 5", "goal_minutes = 0", '"goal_minutes" must be a number of minutes'),
        ("goal_minutes = 5", "goal_minutes = true", '"goal_minutes" must be a number of minutes'),
        ("goal_minutes = 5", "goal = 5", '"goal" is no setting of the file'),
        ("goal_minutes = 5", "goal_minutes = 5\ndrill_every_days = 0", "must be a whole number"),
        ('saves = "version"', "", 'the step "switch" needs <version>, which no step before it'),
        ('saves = "version"', 'saves = "The Version"', "must be lower-case letters"),
        ('name = "find"', 'name = ""', '"name" must be a text.'),
        ('name = "find"', 'name = "find"\nretries = 3', '"retries" is no setting of the step'),
        ("command =", "comand =", '"comand" is no setting of the step'),
        ("[[steps]]", "[[step]]", '"step" is no setting of the file'),
        ("[[steps]]", "[[steps]", "is not valid TOML"),
    ],
)
def test_plans_that_cannot_be_carried_out_are_refused(
    old: str, new: str, sentence: str, drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (drill.folder / "rollback.toml").read_text(encoding="utf-8")
    assert old in text
    drill.write("rollback.toml", text.replace(old, new))
    assert drill.run("drill", "--by", "Ada") == 2
    assert sentence in capsys.readouterr().err
    assert not (drill.folder / "drills.jsonl").exists()


def test_a_plan_that_is_not_there_is_bad_input(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    (drill.folder / "rollback.toml").unlink()
    assert drill.run("check") == 2
    assert "rollback.toml cannot be read: No such file or directory." in capsys.readouterr().err


def test_the_shipped_plan_is_valid_and_the_shipped_runbook_is_all_blanks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = Drill(tmp_path)
    for name in ("rollback.toml", "RUNBOOK.md"):
        shutil.copy(FOLDER / name, tmp_path / name)
    plan = load(tmp_path / "rollback.toml")
    assert [step.name for step in plan.steps][-1] == "Smoke test"
    found = lines(shipped, capsys, "2026-11-24T09:00:00+01:00", 1)
    assert len([line for line in found if "has a blank" in line]) >= 12
