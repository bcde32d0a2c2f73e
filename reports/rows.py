"""Where do I find the answers of a report as rows of a table? Here: one for each question, in the order asked."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from checklist.model import Item
from reports.document import Report
from reports.legible import legible
from reports.wording import WORK, chosen
from scoring.explain import REASONS, STATES
from scoring.model import Fix

Value = str | int | float | date | None
HEADS = (
    "Area", "Section", "Item", "Question", "State", "Rating", "Answer", "Reason", "Note", "Evidence",
    "Evidence counts until", "How it came about", "Target", "Fix", "Priority", "Gain", "Effort", "Owner", "Due",
    "Work", "Id",
)  # fmt: skip
DECIMALS = 4


def answers(report: Report) -> Iterator[tuple[Value, ...]]:
    """A row for each question under `HEADS`, numbers and days as such; None where there is nothing."""
    places = {fix.item: (place, fix) for place, fix in enumerate(report.result.fixes, start=1)}
    for item in report.checklist.items:
        yield (*_answer(report, item), *_fix(report, item, *places.get(item.id, (None, None))), item.id)


def decimal(value: Fraction | None) -> float | None:
    """A share or gain as a number of four decimals, as the JSON of a result has it."""
    return None if value is None else float(round(value, DECIMALS))


def _answer(report: Report, item: Item) -> tuple[Value, ...]:
    checklist, response = report.checklist, report.answers.response(item.id)
    state = "rated" if response.state == "rated" else STATES[response.state].strip("“”")
    return (
        checklist.area(item.area).name,
        checklist.section(item.section).name,
        item.name,
        item.question,
        state,
        response.rating,
        chosen(item, response),
        REASONS.get(response.reason, response.reason) if response.reason else None,
        legible(response.note) or None,
        "\n".join(map(legible, response.evidence)) or None,
        response.valid_until if response.evidence else None,
        report.origins.get(item.id),
    )


def _fix(report: Report, item: Item, place: int | None, fix: Fix | None) -> tuple[Value, ...]:
    target = report.result.target.areas.get(item.area)
    if fix is None:
        kept = report.fix_state(item.id) if item.id in report.fix_states else None
        priority, gain, effort = None, None, None
    else:
        kept = report.fix_state(item.id)
        priority, gain, effort = report.checklist.priority(fix.priority).name, decimal(fix.gain), fix.effort
    owner, due, work = (legible(kept.owner) or None, kept.due, WORK[kept.state]) if kept else (None, None, None)
    return target, place, priority, gain, effort, owner, due, work
