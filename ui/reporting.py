"""What pages ask for about reports: everything that one may show to whoever asks, put together."""

from dataclasses import replace

from data.model import Assessment, System
from kits.catalogue import the_kits
from reports.document import FixState, Participant, Report
from reports.parts import Choice
from scoring.evaluate import evaluate
from scoring.model import Result
from scoring.path import cheapest_path
from ui import colleagues, services, visits
from version import VERSION

EVERYTHING = Choice()


def report(found: System, shown: Assessment, choice: Choice = EVERYTHING) -> Report:
    """Everything that a report about this assessment may show; through a link, nothing about who says what."""
    known = visits.if_seen(services.workspaces) or []
    seen = services.checklist(shown.lens)
    given = services.answers(shown.id).within(seen)
    result = evaluate(seen, given)
    history = visits.if_seen(lambda: services.overall_trend(found.id)) or []
    whole = Report(
        system=found.name,
        workspace=next((one.name for one in known if one.id == found.workspace), ""),
        milestone=None if shown.is_draft else shown.name,
        date=shown.made_at or services.now(),
        checklist=seen,
        answers=given,
        result=result,
        generated_at=services.now(),
        app_version=VERSION,
        history=tuple(services.trend_points(history)),
        fix_states=_fix_states(found),
        origins=colleagues.origins(seen, shown),
        path=cheapest_path(seen, given, _wanted_level(result)),
        kits=the_kits(),
        choice=choice,
    )
    return whole if visits.is_here() else _with_people(whole, shown)


def _fix_states(found: System) -> dict[str, FixState]:
    agreed = visits.if_seen(lambda: services.fix_states(found.id)) or {}
    return {item: FixState(one.owner, one.due, one.state, one.reason, one.review) for item, one in agreed.items()}


def _wanted_level(result: Result) -> int | None:
    """The target where it is above the present level, else the next level."""
    aim = result.target.overall
    return aim if aim is not None and result.level is not None and aim > result.level else None


def _with_people(whole: Report, shown: Assessment) -> Report:
    """The report with who took part and where they lie apart; both are of those who have submitted."""
    people = visits.if_seen(lambda: colleagues.people(shown.id)) or []
    return replace(
        whole,
        participants=tuple(Participant(one.name, one.role) for one in people if one.has_submitted),
        disagreements=visits.if_seen(lambda: colleagues.disagreements(whole.checklist, shown)) or (),
    )
