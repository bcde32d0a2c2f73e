"""Where do I find what is open in the PDF? Here: unknown, not applicable, accepted risks, failures, health check."""

from checklist.model import Item
from reports.document import Report, day
from reports.pdf.chapters import begin, told
from reports.pdf.sheet import Sheet
from reports.wording import HEALTH, chosen
from scoring import explain


def add(sheet: Sheet, report: Report) -> None:
    """What stands behind the numbers."""
    begin(sheet, "open", needs=220)
    for part in (_open, _not_applicable, _accepted, _failures, _health):
        part(sheet, report)


def _open(sheet: Sheet, report: Report) -> None:
    items = map(report.checklist.item, report.result.find_out)
    rows = [(item.name, f"{item.question}\n{report.answers.response(item.id).note}".rstrip()) for item in items]
    told(sheet, "open-questions", "Open questions", explain.possible(report.checklist, report.result), rows)


def _not_applicable(sheet: Sheet, report: Report) -> None:
    items = map(report.checklist.item, report.result.not_applicable)
    rows = [(item.name, _reason(report, item)) for item in items]
    told(sheet, "not-applicable", "Not applicable", "" if rows else "Every question applies.", rows)


def _reason(report: Report, item: Item) -> str:
    response = report.answers.response(item.id)
    return f"{chosen(item, response)}\n{response.note}".rstrip()


def _accepted(sheet: Sheet, report: Report) -> None:
    items = map(report.checklist.item, report.result.accepted)
    rows = [(item.name, _agreed(report, item)) for item in items]
    told(sheet, "accepted", "Accepted risks", "" if rows else "No risk is accepted.", rows)


def _agreed(report: Report, item: Item) -> str:
    state = report.fix_state(item.id)
    who = f"Accepted by {state.owner}." if state.owner else ""
    review = f"To be reviewed on {day(state.review)}." if state.review else ""
    return " ".join(part for part in (state.reason, who, review) if part) or "No reason is recorded."


def _failures(sheet: Sheet, report: Report) -> None:
    rows = [(mode.name, mode.about) for mode in report.checklist.failures if mode.id in report.answers.failures]
    said = "" if rows else "None was reported."
    told(sheet, "failures", "Failures in production in the last six months", said, rows)


def _health(sheet: Sheet, report: Report) -> None:
    if not report.answers.health:
        return
    asked = [question for question in report.checklist.health if question.id in report.answers.health]
    rows = [(question.name, _health_answer(report, question.id)) for question in asked]
    told(sheet, "health", "Health check", explain.health_headline(report.checklist, report.result.health), rows)


def _health_answer(report: Report, question_id: str) -> str:
    answer = report.answers.health[question_id]
    meaning = f" {explain.health_gap(report.checklist, question_id)}" if answer == "no" else ""
    return f"{HEALTH.get(answer, answer)}.{meaning}"
