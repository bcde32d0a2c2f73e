"""Would a rollback work tonight? The last drill and the runbook, judged."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rollback.carry_out import DONE
from rollback.drills import DRILL, Entry
from rollback.plan import BadInput, Plan

BLANK = re.compile("_{4,}")


def findings(plan: Plan, entries: Sequence[Entry], now: datetime) -> list[str]:
    """What is not ready, a sentence each; empty when all is."""
    return [*_drill_findings(plan, entries, now), *_blanks(plan.runbook)]


def _drill_findings(plan: Plan, entries: Sequence[Entry], now: datetime) -> Iterator[str]:
    if any(one.start > now for one in entries):
        raise BadInput(f"{plan.log} has an entry in the future; a clock or a time zone is wrong.")
    drills = [one for one in entries if one.kind == DRILL]
    if not drills:
        yield "There has been no drill; a way back that was never gone may not exist."
        return
    last = drills[-1]
    day = last.start.date().isoformat()
    if last.outcome != DONE:
        yield f"The last drill, on {day}, {_WORDS.get(last.outcome, 'did not go through')}."
    elif last.minutes > plan.goal_minutes:
        minutes = f"{last.minutes:g} min, more than the goal of {plan.goal_minutes:g}"
        yield f"The last drill, on {day}, took {minutes}."
    if now - last.start > timedelta(days=plan.drill_every_days):
        days = (now - last.start).days
        yield f"The last drill was {days} days ago; one is due every {plan.drill_every_days}."


_WORDS = {"failed": "failed", "interrupted": "was interrupted"}


def _blanks(runbook: Path) -> Iterator[str]:
    try:
        lines = runbook.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{runbook} cannot be read: {error}.") from error
    if not any(line.strip() for line in lines):
        yield f"{runbook.name} is empty."
    for place, line in enumerate(lines, start=1):
        if BLANK.search(line):
            yield f"{runbook.name}:{place} has a blank: {' '.join(line.split())}"
