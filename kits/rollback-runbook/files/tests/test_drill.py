"""What a drill promises: steps in order, each timed, and a record however it ends."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rehearsal import FIND, FOLDER, NEWEST, NOW, SMOKE, SWITCH, Drill, python

FAILS = {"name": "switch", "command": python("import sys; sys.exit('no such version')")}


def test_a_drill_within_the_goal_is_recorded_with_its_minutes(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill.run("drill", "--by", "Ada") == 0
    (entry,) = drill.entries()
    assert (entry["kind"], entry["by"], entry["start"]) == ("drill", "Ada", NOW)
    assert (entry["outcome"], entry["minutes"], entry["met"]) == ("done", 3.0, True)
    assert [step["seconds"] for step in entry["steps"]] == [60.0, 60.0, 60.0]
    assert "It took 3 min; the goal of 5 min was met." in capsys.readouterr().out


def test_a_drill_over_the_goal_is_a_finding(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill.run("drill", "--by", "Ada", minutes=2) == 1
    assert drill.entries()[0]["met"] is False
    assert "the goal of 5 min was missed" in capsys.readouterr().out


def test_what_a_step_saves_reaches_later_commands_as_one_word(drill: Drill) -> None:
    odd = {**FIND, "command": python("print('first line'); print('v7; touch evil')")}
    writes = python("import sys; open('got', 'w').write(sys.argv[1])")
    drill.plan([odd, {"name": "switch", "command": [*writes, "<version>"]}])
    assert drill.run("drill", "--by", "Ada") == 0
    assert (drill.folder / "got").read_text(encoding="utf-8") == "v7; touch evil"
    assert not (drill.folder / "evil").exists()


def test_a_failure_in_the_middle_is_recorded_as_such(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.plan([FIND, FAILS, SMOKE], after=[NEWEST])
    assert drill.run("drill", "--by", "Ada") == 2
    (entry,) = drill.entries()
    assert (entry["outcome"], entry["met"]) == ("failed", False)
    assert [step["outcome"] for step in entry["steps"]] == ["done", "failed", "not begun"]
    assert entry["steps"][1]["note"] == "exit code 1: no such version"
    assert [step["outcome"] for step in entry["after_drill"]] == ["not begun"]
    assert "It failed after 2 min." in capsys.readouterr().out


def test_after_a_drill_the_newest_version_is_put_back_and_its_time_does_not_count(
    drill: Drill,
) -> None:
    drill.plan(after=[NEWEST])
    assert drill.run("drill", "--by", "Ada") == 0
    (entry,) = drill.entries()
    assert entry["minutes"] == 3.0
    assert [step["outcome"] for step in entry["after_drill"]] == ["done"]


def test_a_drill_that_is_not_cleared_up_is_told_apart(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.plan(after=[FAILS])
    assert drill.run("drill", "--by", "Ada") == 2
    assert drill.entries()[0]["outcome"] == "done"
    assert "not cleared up" in capsys.readouterr().err


def test_a_real_rollback_does_not_put_the_newest_version_back(drill: Drill) -> None:
    drill.plan(after=[NEWEST])
    assert drill.run("run", "--by", "Ada") == 0
    (entry,) = drill.entries()
    assert (entry["kind"], entry["after_drill"]) == ("real", [])


def test_a_real_rollback_that_fails_is_a_finding(drill: Drill) -> None:
    drill.plan([FIND, FAILS, SMOKE])
    assert drill.run("run", "--by", "Ada") == 1
    assert drill.entries()[0]["outcome"] == "failed"


@pytest.mark.parametrize(
    ("step", "note"),
    [
        ({**FIND, "command": python("pass")}, "it printed no version"),
        ({**FIND, "command": ["no-such-program"]}, "no-such-program cannot be started: No such"),
        ({**FIND, "command": python("raise SystemExit(3)")}, "exit code 3: it says nothing"),
    ],
)
def test_the_reason_of_a_failure_is_kept(step: dict[str, object], note: str, drill: Drill) -> None:
    drill.plan([step, SWITCH])
    assert drill.run("drill", "--by", "Ada") == 1
    assert drill.entries()[0]["steps"][0]["note"].startswith(note)


HANGS = """
import subprocess, sys
line = open("line", "w")
waits = f"import os, threading; os.write({line.fileno()}, b'started'); threading.Event().wait()"
subprocess.run([sys.executable, "-c", waits], pass_fds=[line.fileno()])
"""


def test_a_command_that_hangs_is_ended_with_all_it_started(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line closes once nobody holds its other end: neither the command nor its child."""
    os.mkfifo(drill.folder / "line")
    line = os.open(drill.folder / "line", os.O_RDONLY | os.O_NONBLOCK)
    communicate = subprocess.Popen.communicate

    def over_time(process: subprocess.Popen[str], timeout: float | None = None) -> object:
        if timeout is None:
            return communicate(process)
        assert select.select([line], [], [], 60)[0], "the command has not started"
        assert os.read(line, 99) == b"started"
        raise subprocess.TimeoutExpired("hangs", timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", over_time)
    drill.plan([{"name": "hangs", "command": python(HANGS)}])
    assert drill.run("drill", "--by", "Ada") == 1
    assert drill.entries()[0]["steps"][0]["note"] == "not finished within 1 min"
    assert select.select([line], [], [], 60)[0], "something still runs"
    assert os.read(line, 99) == b""
    os.close(line)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_is_recorded_as_such(number: signal.Signals, drill: Drill) -> None:
    """A whole program of its own, interrupted by its own step as by a person at the keyboard."""
    interrupts = (
        f"import os, threading; os.kill(os.getppid(), {int(number)}); threading.Event().wait(60)"
    )
    drill.plan([FIND, {"name": "switch", "command": python(interrupts)}, SMOKE])
    config = ["--config", str(drill.folder / "rollback.toml")]
    command = [sys.executable, "-m", "rollback", "drill", "--by", "Ada", *config]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1, done.stderr
    (entry,) = drill.entries()
    assert entry["outcome"] == "interrupted"
    assert [step["outcome"] for step in entry["steps"]] == ["done", "interrupted", "not begun"]


def test_a_drill_is_recorded_even_if_nobody_reads_what_it_says(drill: Drill) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    config = ["--config", str(drill.folder / "rollback.toml")]
    command = [sys.executable, "-m", "rollback", "drill", "--by", "Ada", *config]
    subprocess.run(command, cwd=FOLDER, stdout=writing, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    os.close(writing)
    assert drill.entries()[0]["outcome"] == "done"


def test_nothing_is_done_when_it_could_not_be_recorded(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    (drill.folder / "drills.jsonl").mkdir()
    drill.plan([{"name": "switch", "command": python("open('switched', 'w')")}])
    assert drill.run("run", "--by", "Ada") == 2
    assert "drills.jsonl cannot be written" in capsys.readouterr().err
    assert not (drill.folder / "switched").exists()


def test_each_drill_adds_a_line_and_the_log_shows_them_all(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.run("drill", "--by", "Ada")
    drill.run("run", "--by", "Grace", minutes=2, now="2026-11-24T09:00:00+01:00")
    capsys.readouterr()
    assert drill.run("log") == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-11-23T09:00+01:00  drill  done            3.00 min  met     Ada",
        "2026-11-24T09:00+01:00  real   done            6.00 min  missed  Grace",
    ]


def test_somebody_must_have_done_it(drill: Drill) -> None:
    with pytest.raises(SystemExit) as refusal:
        drill.run("drill", "--by", " ")
    assert refusal.value.code == 2
    assert not Path(drill.folder / "drills.jsonl").exists()
