"""Where do I find how the HTML report begins? Here: the cover, and the summary for a reader with one minute."""

from collections.abc import Iterator

from reports import drawing
from reports.document import Participant, Report, day, minute
from reports.html import marks
from reports.wording import PRODUCT
from scoring import explain
from scoring.model import AreaResult, Fix

FIRST = 3
# A longer name would make the cover's sentence fill the page.
LONG_NAME = 60
NOTHING = "–"


def cover(report: Report) -> str:
    """The level as a sentence, the rule that decided it, the facts, and who took part."""
    kind = "headline long" if len(report.system) > LONG_NAME else "headline"
    said = explain.headline(report.checklist, report.system, report.result)
    return marks.section(
        "cover",
        marks.heading(2, said, "cover-title", kind),
        marks.text(explain.rule(report.checklist, report.result), "lead"),
        marks.drawing(drawing.score_band(report.checklist, report.result, report.system, scheme=marks.SCHEME)),
        marks.text(explain.standing(report.checklist, report.result)),
        marks.facts(_facts(report)),
        _who(report),
    )


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    return (
        ("Status" if report.milestone is None else "Milestone", report.edition),
        ("Date", day(report.date)),
        ("Workspace", report.workspace),
        ("Checklist", f"version {report.checklist.version}"),
        ("Lens", report.checklist.lens.name),
        ("Written", f"{minute(report.generated_at)}, {PRODUCT} {report.app_version}"),
    )


def _who(report: Report) -> str:
    if not report.participants:
        return ""
    people = "".join(f"<li>{', '.join(map(marks.name, _parts(one)))}</li>" for one in report.participants)
    return f'{marks.heading(3, "Who took part")}<ul class="who">{people}</ul>'


def _parts(one: Participant) -> Iterator[str]:
    yield one.name
    if one.role.strip():
        yield one.role


def summary(report: Report) -> str:
    """State, what holds it back, the three things to do, and the trend."""
    checklist, result = report.checklist, report.result
    return marks.part(
        "summary",
        "Summary",
        marks.text(explain.headline(checklist, report.system, result), "lead"),
        marks.text(explain.rule(checklist, result)),
        marks.heading(3, explain.areas_title(checklist, result)),
        marks.drawing(drawing.areas(checklist, result, scheme=marks.SCHEME)),
        _numbers(report),
        marks.text(explain.standing(checklist, result)),
        marks.text(explain.possible(checklist, result)),
        *_first_fixes(report),
        *_trend(report),
    )


def _numbers(report: Report) -> str:
    rows = [_area(report, area) for area in report.result.areas]
    heads = ("Area", "Score", "Level", "Target", "Rated")
    return marks.table("The areas in numbers", heads, rows, numbers=(1, 3, 4))


def _area(report: Report, area: AreaResult) -> tuple[str, ...]:
    goal = report.result.target.areas.get(area.id)
    return (
        marks.text(report.checklist.area(area.id).name),
        NOTHING if area.score is None else explain.number(area.score),
        NOTHING if area.level is None else marks.level(area.level, report.checklist.level(area.level).name),
        NOTHING if goal is None else str(goal),
        f"{area.rated} of {area.applicable}",
    )


def _first_fixes(report: Report) -> Iterator[str]:
    fixes = report.result.fixes[:FIRST]
    if not fixes:
        yield marks.heading(3, "What to fix")
        yield marks.text(explain.target_sentence(report.checklist, report.result))
        return
    yield marks.heading(3, "Start with these" if len(fixes) > 1 else "Start with this")
    cards = "".join(_card(report, fix) for fix in fixes)
    yield f'<ol class="cards">{cards}</ol>'


def _card(report: Report, fix: Fix) -> str:
    item = report.checklist.item(fix.item)
    worth = f"{explain.gain_words(fix)}, {explain.effort_words(fix)}"
    return (
        f'<li class="{fix.priority}">{marks.urgency(fix.priority, report.checklist.priority(fix.priority).name)}'
        f"{marks.heading(4, item.name)}{marks.text(item.remedy.first)}{marks.text(worth, 'small')}</li>"
    )


def _trend(report: Report) -> Iterator[str]:
    if len(report.history) < 2 or report.choice.has("history"):
        return
    yield marks.heading(3, explain.trend_title(report.checklist, report.history))
    aim = report.result.target.overall
    yield marks.drawing(drawing.trend(report.checklist, report.history, scheme=marks.SCHEME, target=aim))
