"""What is remembered of drills and real rollbacks: one line of JSON each."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rollback.carry_out import DONE, Done, outcome
from rollback.plan import BadInput

DRILL, REAL = "drill", "real"


@dataclass(frozen=True, slots=True)
class Entry:
    """A drill or a real rollback: who, when, how it ended, and how many minutes it took."""

    kind: str
    start: datetime
    by: str
    outcome: str
    minutes: float
    goal_minutes: float

    @property
    def met(self) -> bool:
        """Whether it went through, and within the goal."""
        return self.outcome == DONE and self.minutes <= self.goal_minutes


def entry(kind: str, start: datetime, by: str, steps: Sequence[Done], goal: float) -> Entry:
    minutes = sum(one.seconds for one in steps) / 60
    return Entry(kind, start, by, outcome(steps), round(minutes, 2), goal)


def check_writable(path: Path) -> None:
    """Before anything is done, since a drill that cannot be remembered is no proof."""
    try:
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def append(path: Path, one: Entry, steps: Sequence[Done], after: Sequence[Done]) -> None:
    line = {
        **asdict(one),
        "start": one.start.isoformat(),
        "met": one.met,
        "steps": [asdict(step) for step in steps],
        "after_drill": [asdict(step) for step in after],
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[Entry]:
    """All entries, oldest first; none when there is no file. `BadInput` when a line is no entry."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error
    found = [_read(path, place, line) for place, line in enumerate(lines, 1) if line.strip()]
    return sorted(found, key=lambda one: one.start)


def _read(path: Path, place: int, line: str) -> Entry:
    try:
        given = json.loads(line)
        start = datetime.fromisoformat(given["start"])
        if start.tzinfo is None:
            raise ValueError("a time without a zone")
        minutes, goal = float(given["minutes"]), float(given["goal_minutes"])
        texts = [given[key] for key in ("kind", "by", "outcome")]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("a number instead of a text")
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path}:{place} is no entry of a drill ({error}).") from error
    return Entry(texts[0], start, texts[1], texts[2], minutes, goal)
