"""Where the lines are: one file per UTC day, appended whole by any number of processes."""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from predlog.problem import Problem

PREDICTIONS = "predictions-*.jsonl"
DEPLOYMENTS = "deployments.jsonl"


@dataclass(frozen=True)
class Damage:
    """A line that is no entry."""

    file: str
    line: int
    last: bool

    def __str__(self) -> str:
        cause = " (the last one: a writer was probably stopped)" if self.last else ""
        return f"{self.file}:{self.line} cannot be read{cause}."


def append(path: Path, entry: dict[str, Any]) -> None:
    """Add one whole line. Locked against other processes and threads: each call opens the file.

    A half line that a stopped writer left behind is closed first, so that it damages only itself.
    """
    line = json.dumps(entry, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = os.fstat(file).st_size
        if end and os.pread(file, 1, end - 1) != b"\n":
            line = b"\n" + line
        while line:
            line = line[os.write(file, line) :]
    finally:
        os.close(file)


def read(path: Path, wanted: tuple[str, ...]) -> Iterator[dict[str, Any] | Damage]:
    """The entries of one file in order; a line that is none, or lacks a field, is damage.

    Every kind of entry has a `time` with a zone.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as fault:
        raise Problem(f"{path} cannot be read: {fault.strerror}.") from fault
    last = max((number for number, line in enumerate(lines, 1) if line), default=0)
    for number, line in enumerate(lines, 1):
        if line:
            entry = parsed(line, wanted)
            yield entry if entry is not None else Damage(path.name, number, number == last)


def parsed(line: bytes, wanted: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in wanted):
        return None
    return entry if has_zone(entry["time"]) else None


def has_zone(time: str) -> bool:
    try:
        return datetime.fromisoformat(time).tzinfo is not None
    except ValueError:
        return False
