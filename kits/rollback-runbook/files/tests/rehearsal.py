"""A plan whose commands are small real programs, and a clock that tests wind."""

import json
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from rollback.__main__ import main

# Above this folder, however deep a repository puts it.
FOLDER = next(one for one in Path(__file__).parents if (one / "rollback.toml").is_file())
NOW = "2026-11-23T09:00:00+01:00"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


FIND = {"name": "find", "command": python("print('v7')"), "saves": "version"}
SWITCH = {"name": "switch", "command": [*python("import sys; print(sys.argv)"), "<version>"]}
SMOKE = {"name": "smoke", "command": python("pass")}
NEWEST = {"name": "newest", "command": python("print('newest')")}


class Drill:
    """A folder with a plan, a runbook and a log, and the program on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan()
        self.runbook("All is filled in.")

    def plan(
        self,
        steps: Sequence[dict[str, Any]] = (FIND, SWITCH, SMOKE),
        after: Sequence[dict[str, Any]] = (),
        goal: float = 5,
    ) -> None:
        lines = [f"goal_minutes = {goal}", 'runbook = "RUNBOOK.md"', 'log = "drills.jsonl"']
        for kind, group in (("steps", steps), ("after_drill", after)):
            for step in group:
                lines.append(f"[[{kind}]]")
                given = {"timeout_minutes": 1, **step}
                # Texts, numbers and lists of texts are written alike in JSON and TOML.
                lines += [f"{key} = {json.dumps(value)}" for key, value in given.items()]
        self.write("rollback.toml", "\n".join(lines))

    def runbook(self, text: str) -> None:
        self.write("RUNBOOK.md", text)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, *words: str, minutes: float = 1.0, now: str = NOW) -> int:
        """The program, on a clock that moves by so many minutes within each step."""
        ticks = count(0.0, minutes * 60)
        clock: Callable[[], float] = lambda: next(ticks)  # noqa: E731
        config = ["--config", str(self.folder / "rollback.toml"), "--now", now]
        return main([*words, *config], clock)

    def entries(self) -> list[dict[str, Any]]:
        text = (self.folder / "drills.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]
