"""What pages ask for: systems, answers, results, changes. The only place that holds the store and knows the actor."""

import io
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import settings
from access.actors import Actor
from checklist.loader import the_checklist
from checklist.model import Checklist
from data.errors import StoreError
from data.model import (
    OVERALL,
    Assessment,
    Event,
    FixState,
    Latest,
    Point,
    Saved,
    Size,
    System,
    Workspace,
)
from data.store import Store, open_store
from exchange.workspace import Imported, export_workspace, import_workspace
from reports.document import FixState as ReportedFix
from reports.document import Report
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result, Target
from scoring.trend import Point as TrendPoint
from version import VERSION

# One machine, one team: whoever can open the app owns the workspace.
LOCAL_ACTOR = Actor("You", "owner")

_lock = threading.Lock()
_store: Store | None = None


# The store of this process


def open_the_store() -> Store:
    """The store, opened on first use; `StoreError` with a sentence when it cannot be."""
    global _store
    with _lock:
        if _store is None:
            _store = open_store(settings.read().database_url)
        return _store


def close_the_store() -> None:
    global _store
    with _lock:
        if _store is not None:
            _store.close()
            _store = None


def warm_up() -> None:
    """Import what the first visitor would otherwise wait for."""
    import altair  # noqa: F401
    import pandas  # noqa: F401

    from reports.formats import pdf
    from ui import charts

    the_checklist()
    charts.warm_up()
    pdf.warm_up()


def actor() -> Actor:
    """Who uses this session."""
    return LOCAL_ACTOR


def checklist() -> Checklist:
    return the_checklist()


# Workspaces and systems


def workspaces(archived: bool = False) -> list[Workspace]:
    return open_the_store().workspaces.all(actor(), archived=archived)


def deleted_workspaces() -> list[Workspace]:
    return open_the_store().workspaces.deleted(actor())


def change_workspace(verb: str, *arguments: str) -> Workspace:
    """`verb` is one of create, rename, archive, restore, delete, undelete."""
    change: Callable[..., Workspace] = getattr(open_the_store().workspaces, verb)
    return change(actor(), *arguments)


def systems(workspace_id: str, archived: bool = False) -> list[System]:
    return open_the_store().systems.all(actor(), workspace_id, archived=archived)


def deleted_systems(workspace_id: str) -> list[System]:
    return open_the_store().systems.deleted(actor(), workspace_id)


def system(system_id: str) -> System:
    return open_the_store().systems.get(actor(), system_id)


def create_system(workspace_id: str, name: str, about: str) -> System:
    return open_the_store().systems.create(actor(), workspace_id, name, about)


def change_system(verb: str, *arguments: str) -> System | None:
    """`verb` is one of rename, describe, archive, restore, delete, undelete, purge."""
    change: Callable[..., System | None] = getattr(open_the_store().systems, verb)
    return change(actor(), *arguments)


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the home page: its newest milestone, else what its draft says, and how much of that is answered."""

    system: System
    latest: Latest | None
    draft_answered: int | None
    score: Fraction | None
    level: int | None
    provisional: bool


def standings(workspace_id: str) -> list[Standing]:
    """The workspace's systems by name, each with where it stands."""
    store = open_the_store()
    latest = {row.system: row for row in store.history.latest(actor(), workspace_id)}
    drafts = store.assessments.progress(actor(), workspace_id)
    return [_standing(found, latest.get(found.id), drafts.get(found.id)) for found in systems(workspace_id)]


def _standing(found: System, latest: Latest | None, draft_answered: int | None) -> Standing:
    if latest is not None:
        return Standing(found, latest, draft_answered, latest.score, latest.level, latest.provisional)
    begun = draft(found.id) if draft_answered else None
    if begun is None:
        return Standing(found, None, draft_answered, None, None, False)
    so_far = result(begun.id)
    return Standing(found, None, draft_answered, so_far.score, so_far.level, so_far.provisional)


# Assessments


def assessment(assessment_id: str) -> Assessment:
    return open_the_store().assessments.get(actor(), assessment_id)


def draft(system_id: str) -> Assessment | None:
    return open_the_store().assessments.draft(actor(), system_id)


def start(system_id: str) -> Assessment:
    """The system's draft; a new one begins from the last milestone's answers, if there is one."""
    return open_the_store().assessments.start(actor(), system_id, checklist().version, from_milestone=True)


def milestones(system_id: str, void: bool = False) -> list[Assessment]:
    """Newest first."""
    return open_the_store().assessments.milestones(actor(), system_id, void=void)


def newest(system_id: str) -> Assessment | None:
    """What a page about a system shows unless told otherwise: the draft, else the last milestone."""
    return draft(system_id) or next(iter(milestones(system_id)), None)


def make_milestone(assessment_id: str, name: str) -> Assessment:
    """Freeze the draft under a name, with its result."""
    return open_the_store().milestones.make(actor(), assessment_id, name, checklist())


def change_assessment(verb: str, *arguments: str) -> Assessment:
    """`verb` is one of rename, discard, recover, void, unvoid."""
    change: Callable[..., Assessment] = getattr(open_the_store().assessments, verb)
    return change(actor(), *arguments)


def if_open(assessment_id: str, work: Callable[[], object]) -> None:
    """Do `work` unless the assessment is gone or frozen by now."""
    try:
        if assessment(assessment_id).is_draft:
            work()
    except StoreError:
        return


# Answers and what they mean


def responses(assessment_id: str) -> Mapping[str, Saved]:
    return open_the_store().responses.of(actor(), assessment_id)


def save_response(assessment_id: str, item_id: str, response: Response, version: int) -> Saved:
    """What is stored now; `Conflict` when somebody else was faster than `version` (0: never saved)."""
    return open_the_store().responses.save(actor(), assessment_id, item_id, response, version or None)


def health(assessment_id: str) -> Mapping[str, str]:
    return open_the_store().responses.health(actor(), assessment_id)


def save_health(assessment_id: str, question_id: str, choice: str | None) -> None:
    open_the_store().responses.save_health(actor(), assessment_id, question_id, choice)


def set_failures(assessment_id: str, failures: Iterable[str]) -> None:
    open_the_store().assessments.set_failures(actor(), assessment_id, failures)


def set_target(assessment_id: str, target: Target) -> None:
    open_the_store().assessments.set_target(actor(), assessment_id, target)


def answers(assessment_id: str) -> Answers:
    """What the present checklist asks for; answers to other versions' questions stay in the store."""
    return all_answers(assessment_id).within(checklist())


def all_answers(assessment_id: str) -> Answers:
    """Everything that was answered, also what the present checklist does not ask."""
    return open_the_store().answers(actor(), assessment_id)


def result(assessment_id: str) -> Result:
    """Scoring takes under a millisecond, so nothing is cached and nothing can be stale."""
    return evaluate(checklist(), answers(assessment_id))


def corrections(system_id: str) -> Mapping[str, frozenset[str]]:
    """The items that a person marked as corrected, by the later assessment."""
    return open_the_store().corrections.of(actor(), system_id)


def change_correction(verb: str, assessment_id: str, item_id: str) -> None:
    """`verb` is one of mark, take_back."""
    change: Callable[..., None] = getattr(open_the_store().corrections, verb)
    change(actor(), assessment_id, item_id)


# History and fixes


def trend(system_id: str) -> list[Point]:
    """Every score of every milestone under the present checklist, oldest first; where that is older, as stored."""
    open_the_store().rescoring.refresh(actor(), system_id, checklist())
    points = open_the_store().history.trend(actor(), system_id)
    rescored = {point.assessment for point in points if point.checklist == checklist().version}
    made_with = {one.id: one.checklist for one in milestones(system_id)}
    return [
        point
        for point in points
        if point.checklist == (checklist().version if point.assessment in rescored else made_with.get(point.assessment))
    ]


def stored_trend(system_id: str) -> list[Point]:
    """Every score of every milestone as it was made, oldest first."""
    made_with = {one.id: one.checklist for one in milestones(system_id)}
    points = open_the_store().history.trend(actor(), system_id)
    return [point for point in points if point.checklist == made_with.get(point.assessment)]


def overall_trend(system_id: str) -> list[Point]:
    return [point for point in trend(system_id) if point.part == OVERALL]


def fix_states(system_id: str) -> Mapping[str, FixState]:
    return open_the_store().fixes.of(actor(), system_id)


def trend_points(points: Iterable[Point]) -> list[TrendPoint]:
    """Stored scores as the points of one trend line."""
    return [TrendPoint(point.at.date(), point.name, point.score, point.level) for point in points]


def save_fix(system_id: str, item_id: str, fix: FixState) -> FixState:
    """What is stored now; `Conflict` when somebody else was faster than `fix.version`."""
    return open_the_store().fixes.save(actor(), system_id, item_id, fix)


# What leaves and comes in


def report(found: System, shown: Assessment) -> Report:
    """Everything that a report about this assessment may show."""
    workspace = next((one.name for one in workspaces() if one.id == found.workspace), "")
    given = answers(shown.id)
    fixes = {
        item: ReportedFix(fix.owner, fix.due, fix.state, fix.reason, fix.review)
        for item, fix in fix_states(found.id).items()
    }
    return Report(
        system=found.name,
        workspace=workspace,
        milestone=None if shown.is_draft else shown.name,
        date=shown.made_at or now(),
        checklist=checklist(),
        answers=given,
        result=evaluate(checklist(), given),
        generated_at=now(),
        app_version=VERSION,
        history=tuple(trend_points(overall_trend(found.id))),
        fix_states=fixes,
    )


def export(workspace_id: str) -> bytes:
    """The workspace as a zip of JSON Lines."""
    return export_workspace(open_the_store(), actor(), workspace_id, VERSION)


def bring_in(content: bytes) -> Imported:
    """A workspace from such a zip; `FileRefused` or `StoreError` with a sentence, and nothing is kept by half."""
    return import_workspace(open_the_store(), actor(), io.BytesIO(content))


def create_example(workspace_id: str) -> str:
    """An example system with a year of milestones; its id."""
    import examples

    first = examples.EXAMPLES[0]
    return examples.fill(open_the_store(), actor(), workspace_id, now().date(), [first])[0]


# The database


def size() -> Size:
    return open_the_store().size()


def events(workspace_id: str, limit: int = 50) -> list[Event]:
    return open_the_store().audit.events(actor(), workspace=workspace_id, limit=limit)


def back_up() -> Path:
    """A checked copy of the database in the folder `backups` beside it; its path."""
    store = open_the_store()
    return store.backup(actor(), Path(store.size().path).resolve().parent / "backups")


def now() -> datetime:
    return datetime.now(UTC)
