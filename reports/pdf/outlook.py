"""Where do I find history, open questions and risks in the PDF? In this chapter."""

from collections.abc import Callable, Iterable

from checklist.model import AntiPattern, Item
from reports import drawing
from reports.document import Report, day
from reports.pdf import styles
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece
from reports.wording import HEALTH, chosen
from scoring import explain

NAME, TEXT = Column(0, 140), Column(152, WIDTH - 152)


def add(sheet: Sheet, report: Report) -> None:
    """What stands behind the numbers; a part without content is left out."""
    sheet.new_page()
    sheet.bookmark("outlook", "History, open questions and risks")
    sheet.write("History, open questions and risks", styles.TITLE)
    for part in (_history, _open, _failures, _patterns, _accepted, _not_applicable, _health):
        part(sheet, report)


def _history(sheet: Sheet, report: Report) -> None:
    if len(report.history) < 2:
        return
    scene = drawing.trend(report.checklist, report.history, WIDTH, target=report.result.target.overall)
    sheet.heading(f"{explain.trend_title(report.checklist, report.history)}.", styles.HEADING, keep=scene.height + 10)
    sheet.skip(8)
    sheet.place(scene)


def _open(sheet: Sheet, report: Report) -> None:
    sheet.heading("Open questions", styles.HEADING)
    sheet.write(explain.possible(report.checklist, report.result) or "No question is open.", styles.BODY)
    _list(sheet, map(report.checklist.item, report.result.find_out), lambda item: item.question)


def _list(sheet: Sheet, items: Iterable[Item], words: Callable[[Item], str]) -> None:
    _table(sheet, ((item.name, words(item)) for item in items))


def _table(sheet: Sheet, rows: Iterable[tuple[str, str]]) -> None:
    sheet.skip(3)
    for name, words in rows:
        sheet.row([(NAME, [Piece(name, styles.NAME)]), (TEXT, [Piece(words, styles.SMALL)])])
        sheet.skip(3)


def _failures(sheet: Sheet, report: Report) -> None:
    sheet.heading("Failures in production in the last six months", styles.HEADING)
    happened = [mode for mode in report.checklist.failures if mode.id in report.answers.failures]
    if not happened:
        sheet.write("None was reported.", styles.BODY)
    _table(sheet, ((mode.name, mode.about) for mode in happened))


def _patterns(sheet: Sheet, report: Report) -> None:
    if not report.result.anti_patterns:
        return
    sheet.heading("Anti-patterns", styles.HEADING)
    patterns = map(report.checklist.anti_pattern, report.result.anti_patterns)
    _table(sheet, ((pattern.name, _pattern(report, pattern)) for pattern in patterns))


def _pattern(report: Report, pattern: AntiPattern) -> str:
    seen = explain.anti_pattern_sentence(report.checklist, pattern.id, report.answers)
    return f"{pattern.problem} {seen} {pattern.way_out}"


def _accepted(sheet: Sheet, report: Report) -> None:
    if not report.result.accepted:
        return
    sheet.heading("Accepted risks", styles.HEADING)
    _list(sheet, map(report.checklist.item, report.result.accepted), lambda item: _agreed(report, item))


def _agreed(report: Report, item: Item) -> str:
    state = report.fix_state(item.id)
    who = f"Accepted by {state.owner}." if state.owner else ""
    review = f"To be reviewed on {day(state.review)}." if state.review else ""
    return " ".join(part for part in (state.reason, who, review) if part) or "No reason is recorded."


def _not_applicable(sheet: Sheet, report: Report) -> None:
    if not report.result.not_applicable:
        return
    sheet.heading("Not applicable", styles.HEADING)
    items = map(report.checklist.item, report.result.not_applicable)
    _list(sheet, items, lambda item: chosen(item, report.answers.response(item.id)))


def _health(sheet: Sheet, report: Report) -> None:
    if not report.answers.health:
        return
    sheet.heading("Health check", styles.HEADING)
    sheet.write(explain.health_headline(report.checklist, report.result.health), styles.BODY)
    asked = [question for question in report.checklist.health if question.id in report.answers.health]
    _table(sheet, ((question.name, _health_answer(report, question.id)) for question in asked))


def _health_answer(report: Report, question_id: str) -> str:
    answer = report.answers.health[question_id]
    meaning = f" {explain.health_gap(report.checklist, question_id)}" if answer == "no" else ""
    return f"{HEALTH.get(answer, answer)}.{meaning}"
