"""What the workflow promises: valid, and with no right but to read."""

import subprocess
import sys
from pathlib import Path

import pytest
from rehearsal import FOLDER

WORKFLOW = FOLDER / ".github" / "workflows" / "rollback-check.yml"


@pytest.mark.parametrize("command", [["actionlint"], ["zizmor", "--offline", "--no-progress"]])
def test_the_linters_find_nothing(command: list[str]) -> None:
    program = str(Path(sys.executable).parent / command[0])
    done = subprocess.run(  # noqa: S603
        [program, *command[1:], str(WORKFLOW)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_may_only_read() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert "permissions: {}\n" in text
    assert "contents: read" in text
    assert "write" not in text
