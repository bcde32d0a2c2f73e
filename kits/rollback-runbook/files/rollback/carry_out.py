"""Carries the steps out one after another, each with its time, up to the first that fails."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rollback.plan import PLACE, Step

DONE, FAILED, INTERRUPTED, NOT_BEGUN = "done", "failed", "interrupted", "not begun"

Clock = Callable[[], float]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step; `note` is the reason if it did not work, or what it saved."""

    name: str
    outcome: str
    seconds: float
    note: str = ""


class _Failed(Exception):
    """A step did not work; the message says why."""


def carry_out(
    steps: Sequence[Step], folder: Path, saved: dict[str, str], clock: Clock, say: Say
) -> list[Done]:
    """Every step up to the first that does not work; `saved` is filled on the way."""
    found: list[Done] = []
    for step in steps:
        if found and found[-1].outcome != DONE:
            found.append(Done(step.name, NOT_BEGUN, 0.0))
            continue
        found.append(_one(step, folder, saved, clock))
        last = found[-1]
        note = f": {last.note}" if last.note else ""
        say(f"{last.outcome:12} {last.seconds:7.1f} s  {last.name}{note}")
    return found


def outcome(found: Sequence[Done]) -> str:
    """The first outcome that is not "done", if any."""
    return next((one.outcome for one in found if one.outcome != DONE), DONE)


def _one(step: Step, folder: Path, saved: dict[str, str], clock: Clock) -> Done:
    start = clock()
    try:
        printed = _run(step, folder, saved)
        note = _save(step, printed, saved)
    except _Failed as error:
        return Done(step.name, FAILED, clock() - start, str(error))
    except KeyboardInterrupt:
        return Done(step.name, INTERRUPTED, clock() - start, "stopped by hand")
    return Done(step.name, DONE, clock() - start, note)


def _run(step: Step, folder: Path, saved: dict[str, str]) -> str:
    """What the command prints. It gets no shell, so what a step saved cannot become a command."""
    command = [PLACE.sub(lambda place: saved[place[1]], word) for word in step.command]
    try:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise _Failed(f"{command[0]} cannot be started: {error.strerror}") from error
    try:
        printed, complaints = process.communicate(timeout=step.timeout_minutes * 60)
    except subprocess.TimeoutExpired as error:
        raise _Failed(f"not finished within {step.timeout_minutes:g} min") from error
    finally:
        _stop(process)
    if process.returncode != 0:
        reason = _last_line(complaints) or _last_line(printed) or "it says nothing"
        raise _Failed(f"exit code {process.returncode}: {reason}")
    return printed


def _stop(process: subprocess.Popen[str]) -> None:
    """Ends a command that has not ended, together with what it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _save(step: Step, printed: str, saved: dict[str, str]) -> str:
    if not step.saves:
        return ""
    value = _last_line(printed)
    if not value:
        raise _Failed(f"it printed no {step.saves}")
    saved[step.saves] = value
    return f"{step.saves} {value}"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
