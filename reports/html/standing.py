"""Where do I find how the HTML report shows where the system stands? Here: the areas, and the twenty lines."""

from html import escape
from itertools import groupby

from checklist.model import Area, Item, Section, SummaryLine
from reports import drawing
from reports.document import Report
from reports.html import marks
from reports.wording import chosen, to_target
from scoring import explain
from scoring.model import SummaryScore


def areas(report: Report) -> str:
    """Each area with its score, its questions and what was answered."""
    return marks.part("areas", "Areas", *(_area(report, area) for area in report.checklist.areas))


def _area(report: Report, area: Area) -> str:
    result = report.result.area(area.id)
    return "".join(
        (
            marks.heading(3, area.name, f"area-{area.id}"),
            marks.text(explain.area_sentence(report.checklist, result)),
            marks.drawing(drawing.area_band(report.checklist, result, scheme=marks.SCHEME)),
            *(_section(report, section) for section in area.sections),
        )
    )


def _section(report: Report, section: Section) -> str:
    heads = ("Item", "Rating", "Answer", "To the target")
    return marks.table(section.name, heads, (_item(report, item) for item in section.items), "told gap")


def _item(report: Report, item: Item) -> tuple[str, ...]:
    response = report.answers.response(item.id)
    target = report.result.target.areas.get(item.area)
    gap = to_target(response, target, item.id in report.answers.accepted)
    answer = marks.text(chosen(item, response))
    return marks.text(item.name), marks.rating(response), answer, marks.text(gap, "small")


def lines(report: Report) -> str:
    """The system on one page: twenty lines in groups, each on the colour of its level; unknown ones hatched."""
    scores = {score.id: score for score in report.result.summary}
    groups = groupby(report.checklist.summary, key=lambda line: line.group)
    columns = "".join(_group(name, [(line, scores[line.id]) for line in found]) for name, found in groups)
    title = explain.summary_title(report.checklist, report.result)
    return marks.part("lines", "The system on one page", marks.text(f"{title}."), f'<div class="heat">{columns}</div>')


def _group(name: str, found: list[tuple[SummaryLine, SummaryScore]]) -> str:
    return f"<div>{marks.heading(3, name)}<dl>{''.join(_line(line, score) for line, score in found)}</dl></div>"


def _line(line: SummaryLine, score: SummaryScore) -> str:
    kind = f"l{score.level}" if score.level is not None else "unknown" if score.unknown else "aside"
    said = escape(_words(score))
    return f'<div class="{kind}"><dt>{escape(line.name)}</dt><dd>{said}</dd></div>'


def _words(score: SummaryScore) -> str:
    if score.score is None:
        return "unknown" if score.unknown else "not applicable"
    return explain.number(score.score) + (f", {score.unknown} unknown" if score.unknown else "")
