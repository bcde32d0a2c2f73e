"""What pages ask for: systems, answers, results, changes. The only place that holds the store and knows the actor."""

import io
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import meters
import settings
from access.actors import Actor
from checklist.loader import the_checklist
from checklist.model import WHOLE, Checklist
from data.errors import StoreError
from data.model import OVERALL, Assessment, FixState, Point, Saved, Size, System, Workspace
from data.portfolio import Overview
from data.steps import Outcome, Step
from data.store import Store, open_store
from exchange.answers_file import AnswersFile
from exchange.newcomer import begin_from
from exchange.workspace import Imported, export_workspace, import_workspace
from scoring.evaluate import evaluate
from scoring.model import Answers, Response, Result, Target
from scoring.path import NoPath, cheapest_path
from scoring.path import Path as CheapestPath
from scoring.trend import Point as TrendPoint
from ui import visits
from version import VERSION

_lock = threading.Lock()
_store: Store | None = None


# The store of this process


def open_the_store() -> Store:
    """The store, opened on first use; `StoreError` with a sentence when it cannot be."""
    global _store
    with _lock:
        if _store is None:
            chosen = settings.read()
            _store = open_store(chosen.database_url, migrate_url=chosen.migrate_url, watch=meters.store_called)
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
    from scoring import solver
    from ui import charts

    the_checklist()
    charts.warm_up()
    pdf.warm_up()
    solver.warm_up()


def actor() -> Actor:
    """Who uses this session."""
    from ui import identity  # it asks the store, which is held here

    return identity.actor()


def checklist(lens: str = WHOLE) -> Checklist:
    """The checklist as seen through a lens; the whole one where there is no such lens (any more)."""
    return the_checklist().through_or_whole(lens)


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


def edit_system(system_id: str, name: str, about: str, tags: Iterable[str], owner: str, rhythm_days: int) -> System:
    """The system with all of these, or a `StoreError` and none of them."""
    return open_the_store().systems.edit(actor(), system_id, name, about, tags, owner, rhythm_days)


def portfolio(workspace_id: str) -> list[Overview]:
    """The workspace's systems by name, each with its newest milestone, its draft and its fixes."""
    return open_the_store().portfolio.of(actor(), workspace_id)


# Assessments


def assessment(assessment_id: str) -> Assessment:
    return open_the_store().assessments.get(actor(), assessment_id)


def draft(system_id: str) -> Assessment | None:
    """The system's draft; None also for somebody who sees milestones alone."""
    return visits.if_seen(lambda: open_the_store().assessments.draft(actor(), system_id))


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


def responses(assessment_id: str, respondent: str = "") -> Mapping[str, Saved]:
    """The team's own answers, or those of one respondent for their form. What counts in a result is `answers`."""
    return open_the_store().responses.of(actor(), assessment_id, respondent)


def save_response(assessment_id: str, item_id: str, response: Response, version: int, respondent: str = "") -> Saved:
    """What is stored now; `Conflict` when somebody else was faster than `version` (0: never saved)."""
    return open_the_store().responses.save(actor(), assessment_id, item_id, response, version or None, respondent)


def confirm(assessment_id: str, items: Iterable[str]) -> None:
    """ "Still true": answers that were carried over count as given now; the others stay as they are."""
    open_the_store().responses.confirm(actor(), assessment_id, items)


def health(assessment_id: str) -> Mapping[str, str]:
    return open_the_store().responses.health(actor(), assessment_id)


def save_health(assessment_id: str, question_id: str, choice: str | None) -> None:
    open_the_store().responses.save_health(actor(), assessment_id, question_id, choice)


def set_failures(assessment_id: str, failures: Iterable[str]) -> None:
    open_the_store().assessments.set_failures(actor(), assessment_id, failures)


def set_target(assessment_id: str, target: Target) -> None:
    open_the_store().assessments.set_target(actor(), assessment_id, target)


def set_lens(assessment_id: str, lens: str) -> None:
    open_the_store().assessments.set_lens(actor(), assessment_id, lens)


def answers(assessment_id: str) -> Answers:
    """What the present checklist asks for; answers to other versions' questions stay in the store."""
    return all_answers(assessment_id).within(checklist())


def answered_at(assessment_id: str) -> Mapping[str, datetime]:
    """When each answer that counts was last given or confirmed."""
    return open_the_store().answered_at(actor(), assessment_id)


def all_answers(assessment_id: str) -> Answers:
    """Everything that was answered, also what the present checklist does not ask."""
    return open_the_store().answers(actor(), assessment_id)


def result(assessment_id: str) -> Result:
    """What the answers mean through the assessment's lens.

    Scoring takes under a millisecond, so nothing is cached and nothing can be stale.
    """
    seen = checklist(assessment(assessment_id).lens)
    return evaluate(seen, answers(assessment_id).within(seen))


def path(assessment_id: str, to: int | None) -> CheapestPath | NoPath:
    """The least work to this level, by default the next one."""
    seen = checklist(assessment(assessment_id).lens)
    return cheapest_path(seen, answers(assessment_id).within(seen), to)


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


def plan(system_id: str, items: Iterable[str], owner: str, due: date | None) -> None:
    """Give these fixes an owner and a due date, all or none of them; what was done already is open again."""
    known = fix_states(system_id)
    wanted = {}
    for item in items:
        fix = known.get(item, FixState())
        stage = fix.state if fix.state == "doing" else "open"
        wanted[item] = replace(fix, owner=owner, due=due, state=stage)
    open_the_store().fixes.save_many(actor(), system_id, wanted)


# What leaves and comes in


def answers_file(found: System, shown: Assessment) -> AnswersFile:
    """Everything answered in an assessment as an answers file has it; also notes of items that are not answered."""
    is_ours = shown.checklist == checklist().version
    given, saved = answers(shown.id) if is_ours else all_answers(shown.id), responses(shown.id)
    noted = {item: one.response for item, one in saved.items() if checklist().has(item) or not is_ours}
    everything = replace(given, responses={**noted, **given.responses}, accepted=frozenset())
    return AnswersFile(found.name, shown.checklist, everything, shown.lens)


def take_steps(assessment_id: str, steps: Iterable[Step], source: str) -> Outcome:
    """Change several values of a draft together; what somebody else changed meanwhile stays and is returned."""
    return open_the_store().steps.take(actor(), assessment_id, steps, source)


def add_from_file(workspace_id: str, file: AnswersFile, source: str) -> System:
    """A new system with all answers of the file in its draft, or nothing and a `StoreError`."""
    return begin_from(open_the_store(), actor(), workspace_id, checklist(), file, source)


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


def now() -> datetime:
    return datetime.now(UTC)
