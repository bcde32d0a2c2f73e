"""Where do I find what stands behind the numbers in the HTML report? Here: history, disagreement, patterns, open."""

from collections.abc import Iterable, Iterator
from html import escape

from checklist.model import Item
from reports import drawing
from reports.document import FixState, Report, day
from reports.html import marks
from reports.wording import HEALTH, chosen
from scoring import explain, lenses, voices
from scoring.agree import Disagreement
from scoring.model import Response
from scoring.trend import Point

NOTHING = "–"


def history(report: Report) -> str:
    """Scores and levels over time; nothing before the first milestone."""
    points = report.history
    if not points:
        return ""
    chart = []
    if len(points) > 1:
        chart = [
            marks.text(f"{explain.trend_title(report.checklist, points)}.", "lead"),
            marks.drawing(
                drawing.trend(report.checklist, points, scheme=marks.SCHEME, target=report.result.target.overall)
            ),
        ]
    rows = (_point(report, point) for point in points)
    numbers = marks.table("Milestones, oldest first", ("Milestone", "Date", "Score", "Level"), rows, numbers=(2,))
    return marks.part("history", "History", *chart, numbers)


def _point(report: Report, point: Point) -> tuple[str, ...]:
    level = NOTHING if point.level is None else marks.level(point.level, report.checklist.level(point.level).name)
    score = NOTHING if point.score is None else explain.number(point.score)
    return marks.quoted(point.name), day(point.at), score, level


def disagreement(report: Report) -> str:
    """Where those who answered lie apart; nothing where fewer than two people did."""
    if len(report.participants) < 2 and not report.disagreements:
        return ""
    people = max(len(report.participants), *(len(one.choices) for one in report.disagreements), 2)
    told = marks.text(voices.agreement(report.disagreements, people), "lead")
    return marks.part("disagreement", "Disagreement", told, *(_apart(report, one) for one in report.disagreements))


def _apart(report: Report, one: Disagreement) -> str:
    item = report.checklist.item(one.item)
    rows = (_voice(item, person.name, person.role, response) for person, response in one.choices)
    return "".join(
        (
            marks.heading(3, item.name),
            marks.text(item.question, "small"),
            marks.text(voices.sentence(one)),
            marks.text(voices.by_role(one)),
            marks.table(f"Who says what about {item.name}", ("Person", "Rating", "Answer and note"), rows, "told"),
        )
    )


def _voice(item: Item, name: str, role: str, response: Response) -> tuple[str, ...]:
    said = marks.text(chosen(item, response)) + marks.quoted(response.note, "note")
    return marks.quoted(name) + marks.quoted(role, "small"), marks.rating(response), said


def patterns(report: Report) -> str:
    """The anti-patterns that show in these answers, each with the way out."""
    found = [report.checklist.anti_pattern(pattern) for pattern in report.result.anti_patterns]
    told = "" if found else marks.text("No anti-pattern shows in these answers.")
    blocks = (
        marks.heading(3, pattern.name)
        + marks.text(pattern.problem)
        + marks.text(explain.anti_pattern_sentence(report.checklist, pattern.id, report.answers), "small")
        + marks.text(pattern.way_out)
        for pattern in found
    )
    return marks.part("patterns", "Anti-patterns", told, *blocks)


def still_open(report: Report) -> str:
    """What is unknown, what does not apply and why, which risks are accepted, what failed, and the health check."""
    return marks.part(
        "open",
        "Open and not applicable",
        marks.heading(3, "Open questions"),
        marks.text(explain.possible(report.checklist, report.result)),
        *_listed(report, "Questions to find out", "Question", report.result.find_out),
        *_aside(report),
        *_accepted(report),
        *_failures(report),
        *_health(report),
    )


def _listed(report: Report, caption: str, head: str, items: Iterable[str]) -> Iterator[str]:
    rows = [_unknown(report, report.checklist.item(item)) for item in items]
    if rows:
        yield marks.table(caption, ("Item", head), rows, "pairs")


def _unknown(report: Report, item: Item) -> tuple[str, ...]:
    note = report.answers.response(item.id).note
    return escape(item.name), marks.text(item.question) + marks.quoted(note, "note")


def _aside(report: Report) -> Iterator[str]:
    left_out = lenses.left_out_sentence(report.checklist)
    if not report.result.not_applicable and not left_out:
        return
    yield marks.heading(3, "Not applicable")
    yield marks.text(left_out)
    rows = [_reason(report, report.checklist.item(item)) for item in report.result.not_applicable]
    if rows:
        yield marks.table("What does not apply, and why", ("Item", "Reason"), rows, "pairs")


def _reason(report: Report, item: Item) -> tuple[str, ...]:
    response = report.answers.response(item.id)
    return escape(item.name), marks.text(chosen(item, response)) + marks.quoted(response.note, "note")


def _accepted(report: Report) -> Iterator[str]:
    if not report.result.accepted:
        return
    yield marks.heading(3, "Accepted risks")
    rows = (_risk(report, report.checklist.item(item)) for item in report.result.accepted)
    yield marks.table("Risks that are accepted", ("Item", "Why", "Accepted by", "Review"), rows, "wide")


def _risk(report: Report, item: Item) -> tuple[str, ...]:
    state = report.fix_state(item.id)
    review = day(state.review) if state.review else NOTHING
    return escape(item.name), _reason_given(state), marks.quoted(state.owner), review


def _reason_given(state: FixState) -> str:
    return marks.quoted(state.reason) or marks.text("No reason is recorded.")


def _failures(report: Report) -> Iterator[str]:
    yield marks.heading(3, "Failures in production in the last six months")
    rows = [
        (escape(one.name), escape(one.about)) for one in report.checklist.failures if one.id in report.answers.failures
    ]
    yield (
        marks.table("What failed", ("Failure", "What it means"), rows, "pairs")
        if rows
        else marks.text("None was reported.")
    )


def _health(report: Report) -> Iterator[str]:
    asked = [question for question in report.checklist.health if question.id in report.answers.health]
    if not asked:
        return
    yield marks.heading(3, "Health check")
    yield marks.text(explain.health_headline(report.checklist, report.result.health))
    rows = [(escape(one.name), *_health_answer(report, one.id)) for one in asked]
    yield marks.table("The answers of the health check", ("Question", "Answer", "What it means"), rows)


def _health_answer(report: Report, question: str) -> tuple[str, str]:
    answer = report.answers.health[question]
    meaning = explain.health_gap(report.checklist, question) if answer == "no" else ""
    return escape(HEALTH.get(answer, answer)), marks.text(meaning)
