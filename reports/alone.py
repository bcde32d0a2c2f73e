"""Where do I find a report about answers alone, without a store behind them? Here, with result and path computed."""

from datetime import datetime

from checklist.model import Checklist
from kits.catalogue import the_kits
from reports.document import Report
from reports.parts import Choice
from scoring.evaluate import evaluate
from scoring.model import Answers
from scoring.path import cheapest_path


def report_of(
    system: str, checklist: Checklist, answers: Answers, now: datetime, app_version: str, choice: Choice | None
) -> Report:
    """A draft of today, with every part unless chosen otherwise; it knows no participants and no history."""
    return Report(
        system=system,
        workspace="",
        milestone=None,
        date=now,
        checklist=checklist,
        answers=answers,
        result=evaluate(checklist, answers),
        generated_at=now,
        app_version=app_version,
        path=cheapest_path(checklist, answers),
        kits=the_kits(),
        choice=choice or Choice(),
    )
