"""Where do I find what is open in the PDF? Here: unknown, not applicable, accepted risks, failures, health check."""

from checklist.model import Item
from reports.document import Report, day
from reports.pdf import styles
from reports.pdf.chapters import begin, items, table
from reports.pdf.sheet import Sheet
from reports.wording import HEALTH, chosen
from scoring import explain


def add(sheet: Sheet, report: Report) -> None:
    """What stands behind the numbers."""
    begin(sheet, "open", needs=220)
    for part in (_open, _not_applicable, _accepted, _failures, _health):
        part(sheet, report)


def _open(sheet: Sheet, report: Report) -> None:
    sheet.heading("Open questions", styles.HEADING, mark="open-questions")
    sheet.write(explain.possible(report.checklist, report.result), styles.BODY)
    items(sheet, map(report.checklist.item, report.result.find_out), lambda item: _unknown(report, item))


def _unknown(report: Report, item: Item) -> str:
    """The question, and what is noted about why nobody knows."""
    return f"{item.question}\n{report.answers.response(item.id).note}".rstrip()


def _not_applicable(sheet: Sheet, report: Report) -> None:
    sheet.heading("Not applicable", styles.HEADING, mark="not-applicable")
    if not report.result.not_applicable:
        sheet.write("Every question applies.", styles.BODY)
    items(sheet, map(report.checklist.item, report.result.not_applicable), lambda item: _reason(report, item))


def _reason(report: Report, item: Item) -> str:
    response = report.answers.response(item.id)
    return f"{chosen(item, response)}\n{response.note}".rstrip()


def _accepted(sheet: Sheet, report: Report) -> None:
    sheet.heading("Accepted risks", styles.HEADING, mark="accepted")
    if not report.result.accepted:
        sheet.write("No risk is accepted.", styles.BODY)
    items(sheet, map(report.checklist.item, report.result.accepted), lambda item: _agreed(report, item))


def _agreed(report: Report, item: Item) -> str:
    state = report.fix_state(item.id)
    who = f"Accepted by {state.owner}." if state.owner else ""
    review = f"To be reviewed on {day(state.review)}." if state.review else ""
    return " ".join(part for part in (state.reason, who, review) if part) or "No reason is recorded."


def _failures(sheet: Sheet, report: Report) -> None:
    sheet.heading("Failures in production in the last six months", styles.HEADING, mark="failures")
    happened = [mode for mode in report.checklist.failures if mode.id in report.answers.failures]
    if not happened:
        sheet.write("None was reported.", styles.BODY)
    table(sheet, ((mode.name, mode.about) for mode in happened))


def _health(sheet: Sheet, report: Report) -> None:
    if not report.answers.health:
        return
    sheet.heading("Health check", styles.HEADING, mark="health")
    sheet.write(explain.health_headline(report.checklist, report.result.health), styles.BODY)
    asked = [question for question in report.checklist.health if question.id in report.answers.health]
    table(sheet, ((question.name, _health_answer(report, question.id)) for question in asked))


def _health_answer(report: Report, question_id: str) -> str:
    answer = report.answers.health[question_id]
    meaning = f" {explain.health_gap(report.checklist, question_id)}" if answer == "no" else ""
    return f"{HEALTH.get(answer, answer)}.{meaning}"
