"""How a program that saves answers is killed in the middle, and what it had reported as saved by then."""

import subprocess
import sys
from pathlib import Path

from scoring.model import Response

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "keep_writing.py"


def killed_while_writing(url: str, draft: str, run: int, least: int = 1) -> list[str]:
    """The answers that a writer reported as saved before it was killed, at least this many."""
    command = [sys.executable, str(PROGRAM), url, draft, str(run)]
    with subprocess.Popen(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        saved = [writer.stdout.readline().strip() for _ in range(least)]
        writer.kill()
        # What it still had printed was acknowledged too; a line cut off in the middle was not.
        saved += [line.strip() for line in writer.stdout if line.endswith("\n")]
    return saved


def expected(item: str) -> Response:
    """What the program saves for an item."""
    number = int(item.rsplit("-", 1)[1])
    return Response.rated(1 + number % 5, f"note {number}")
