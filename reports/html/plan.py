"""Where do I find what to do in the HTML report? Here: the fixes by priority, and the path step by step."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from kits import words
from reports.document import Report, day
from reports.html import marks
from reports.staircase import staircase
from reports.wording import WORK, work
from scoring import explain, outlook
from scoring.model import Fix
from scoring.path import Path, Step

NONE = "–"


def fixes(report: Report) -> str:
    """All fixes in their order: first in a table, then each with what to do."""
    told = marks.text(explain.target_sentence(report.checklist, report.result), "lead")
    numbered = list(enumerate(report.result.fixes, start=1))
    if not numbered:
        return marks.part("fixes", "What to fix, in order", told)
    groups = (
        _group(report, priority, list(found))
        for priority, found in groupby(numbered, key=lambda pair: pair[1].priority)
    )
    return marks.part("fixes", "What to fix, in order", told, _overview(report, numbered), *groups)


def _overview(report: Report, numbered: list[tuple[int, Fix]]) -> str:
    heads = ("Fix", "Priority", "Rating", "Gain", "Effort", "Owner", "Due", "State")
    return marks.table("All fixes in order", heads, (_row(report, *one) for one in numbered), "wide")


def _row(report: Report, number: int, fix: Fix) -> tuple[str, ...]:
    state, item = report.fix_state(fix.item), report.checklist.item(fix.item)
    return (
        f'{number}. <a href="#fix-{escape(item.id)}">{escape(item.name)}</a>',
        marks.urgency(fix.priority, report.checklist.priority(fix.priority).name),
        f'<span class="once">{fix.rating} to {fix.target}</span>',
        escape(explain.gain_words(fix)),
        escape(explain.effort_words(fix)),
        marks.quoted(state.owner) or NONE,
        day(state.due) if state.due else NONE,
        WORK[state.state],
    )


def _group(report: Report, priority: str, numbered: list[tuple[int, Fix]]) -> str:
    about = report.checklist.priority(priority)
    top = f'<h3 id="fixes-{escape(priority)}">{marks.urgency(priority, about.name)}</h3>'
    return top + marks.text(about.about, "small") + "".join(_fix(report, *one) for one in numbered)


def _fix(report: Report, number: int, fix: Fix) -> str:
    item = report.checklist.item(fix.item)
    named = marks.heading(4, f"{number}. {item.name}, from {fix.rating} to {fix.target}", f"fix-{item.id}")
    why = marks.text(explain.fix_reason(report.checklist, fix), "small")
    return f'<div class="fix">{named}{why}<div>{"".join(_what(report, fix))}</div>{_side(report, fix)}</div>'


def _what(report: Report, fix: Fix) -> Iterator[str]:
    item = report.checklist.item(fix.item)
    yield marks.text(item.remedy.first)
    yield marks.text(explain.blocked_sentence(report.checklist, fix), "small")
    for rating in range(fix.rating + 1, fix.target + 1):
        yield marks.text(f"To Level {rating}: {item.remedy.step_to(rating)}")
    tools = (f"<li>{marks.link(tool.name, tool.url, 'tool')}: {escape(tool.use)}</li>" for tool in item.remedy.tools)
    yield f'<ul class="steps">{"".join(tools)}</ul>' if item.remedy.tools else ""
    for offer in words.offers(report.kits_for(fix), fix.item):
        yield marks.text(offer, "small")


def _side(report: Report, fix: Fix) -> str:
    parts = (explain.effort_words(fix), *work(report.fix_state(fix.item)))
    told = "".join(f'<br><span dir="auto">{escape(part)}</span>' for part in parts)
    return f'<p class="side"><b>{escape(explain.gain_words(fix))}</b>{told}</p>'


def path(report: Report) -> str:
    """The least work that reaches the level, step by step; or why there is none. Nothing where none was looked for."""
    found = report.path
    if found is None:
        return ""
    title = "Path" if found.to is None else f"Path to {explain.level_name(report.checklist, found.to)}"
    told = marks.text(outlook.path_sentence(report.checklist, found), "lead")
    return marks.part("path", title, told, *(_way(report, found) if isinstance(found, Path) else ()))


def _way(report: Report, found: Path) -> Iterator[str]:
    yield marks.heading(3, f"{outlook.path_title(found)}.")
    yield marks.drawing(staircase(report.checklist, found, scheme=marks.SCHEME))
    yield _steps(report, found)


def _steps(report: Report, found: Path) -> str:
    heads = ("Step", "What to do", "Effort", "In all", "Score and level after")
    rows = (_step(report, number, step) for number, step in enumerate(found.steps, start=1))
    table = marks.table("The steps in order", heads, rows, "wide", numbers=(3,))
    return table + marks.text(
        "No cheaper set of steps leads there. Effort points compare steps; they are not days.", "small"
    )


def _step(report: Report, number: int, step: Step) -> tuple[str, ...]:
    item = report.checklist.item(step.item)
    return (
        f"{number}. {escape(item.name)}, from {step.start} to {step.end}",
        marks.text(item.remedy.step_to(step.end)),
        escape(outlook.effort_of(step)),
        str(step.spent),
        escape(outlook.after_step(report.checklist, step)),
    )
