"""What a check says: passed, failed or cannot tell, and what all of them say together."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

State = Literal["passed", "failed", "cannot tell"]
# What needs a look comes first.
ORDER: tuple[State, ...] = ("failed", "cannot tell", "passed")
HEAD = ("State", "Column", "Check", "Wanted", "Found")
FINE, FOUND, CANNOT_TELL = 0, 1, 2


class BadInput(Exception):
    """Something that cannot be checked at all; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found, in words; `column` is empty where the whole table was checked."""

    check: str
    column: str
    state: State
    wanted: str
    found: str


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0: everything passed. 1: something failed. 2: nothing failed, something cannot be told."""
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return FOUND
    # A run without any check has told nothing either.
    return FINE if states == {"passed"} else CANNOT_TELL


def table(outcomes: Sequence[Outcome]) -> str:
    """One line for each check, what needs a look first."""
    ranked = sorted(outcomes, key=lambda outcome: ORDER.index(outcome.state))
    rows = [HEAD, *((one.state, one.column, one.check, one.wanted, one.found) for one in ranked)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many checks passed, failed or cannot tell: "1 of 3 checks failed, 1 cannot tell."."""
    counts = {state: sum(1 for one in outcomes if one.state == state) for state in ORDER}
    if counts["failed"] or counts["cannot tell"]:
        return (
            f"{counts['failed']} of {len(outcomes)} checks failed, "
            f"{counts['cannot tell']} cannot tell."
        )
    return f"All {len(outcomes)} checks passed."


def as_json(source: str, rows: int, now: datetime, outcomes: Sequence[Outcome]) -> str:
    """The same as JSON, for a log or a chart of failures per check."""
    record = {
        "source": source,
        "checked_at": now.isoformat(),
        "rows": rows,
        "exit_code": exit_code(outcomes),
        "checks": [asdict(outcome) for outcome in outcomes],
    }
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
