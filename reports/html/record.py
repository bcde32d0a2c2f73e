"""Where do I find what the HTML report keeps for the record? Here: every answer, and how scores come about."""

from checklist.model import Area, Item
from reports import method as told
from reports.document import Report
from reports.html import marks
from reports.wording import chosen
from scoring.compare_words import until_words


def answers(report: Report) -> str:
    """Every question with what was chosen, why, and what supports it."""
    return marks.part("answers", "All answers", *(_area(report, area) for area in report.checklist.areas))


def _area(report: Report, area: Area) -> str:
    heads = ("Question", "Rating", "Answer, note, evidence")
    rows = (_answer(report, item) for item in area.items)
    table = marks.table(f"Answers about {area.name}", heads, rows, "told")
    return marks.heading(3, area.name, f"answers-{area.id}") + table


def _answer(report: Report, item: Item) -> tuple[str, ...]:
    response = report.answers.response(item.id)
    links = "".join(f"<li>{marks.link(address, address)}</li>" for address in response.evidence)
    said = (
        marks.text(chosen(item, response)),
        marks.text(report.origins.get(item.id, ""), "small"),
        marks.quoted(response.note, "note"),
        f'<ul class="evidence">{links}</ul>' if links else "",
        marks.text(until_words(response), "small"),
    )
    return marks.text(item.name) + marks.text(item.question, "small"), marks.rating(response), "".join(said)


def method(report: Report) -> str:
    """How the numbers come about, and what the levels mean."""
    paragraphs = (marks.heading(3, title) + marks.text(words) for title, words in told.paragraphs(report.checklist))
    rows = [
        (marks.level(number, name), marks.text(band), marks.text(about))
        for number, name, band, about in told.bands(report.checklist)
    ]
    levels = marks.table("The five levels", ("Level", "Scores", "What it means"), rows, "levels")
    return marks.part("method", "Method", *paragraphs, marks.heading(3, "The five levels"), levels)
