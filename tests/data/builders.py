"""Stores with a little in them: build with defaults, name only what the test is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from access.actors import Actor
from data.model import Assessment, System, Workspace
from data.store import Store, open_store
from scoring.model import Response
from tests.scoring.builders import HEALTH_IDS, all_rated, the_real_shape, uniform

OWNER = Actor("Olga", "owner")
EDITOR = Actor("Emil", "editor")
VIEWER = Actor("Vera", "viewer")
MEMORY = "duckdb:///:memory:"
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CHECKLIST = the_real_shape()


def a_clock(start: datetime = START) -> Callable[[], datetime]:
    """A clock that moves on by one second whenever somebody looks at it."""
    ticks = 0

    def now() -> datetime:
        nonlocal ticks
        ticks += 1
        return start + timedelta(seconds=ticks)

    return now


def a_store(url: str = MEMORY) -> Store:
    return open_store(url, now=a_clock())


def the_workspace(store: Store) -> Workspace:
    return store.workspaces.all(OWNER)[0]


def a_system(store: Store, name: str = "Churn model") -> System:
    return store.systems.create(OWNER, the_workspace(store).id, name)


def a_draft(store: Store, system: str | None = None, **rated: int) -> Assessment:
    """A draft with these ratings, "_" for "-": a_draft(store, data_1=3)."""
    draft = store.assessments.start(OWNER, system or a_system(store).id, CHECKLIST.version)
    for item, rating in rated.items():
        store.responses.save(OWNER, draft.id, item.replace("_", "-"), Response.rated(rating))
    return draft


def a_milestone(
    store: Store,
    system: str | None = None,
    name: str = "First",
    rating: int = 3,
    responses: Mapping[str, Response] | None = None,
    made_at: datetime | None = None,
) -> Assessment:
    """A milestone of a full assessment, every item with the same rating if nothing else is given."""
    draft = store.assessments.start(OWNER, system or a_system(store).id, CHECKLIST.version)
    given = all_rated(CHECKLIST, rating).responses if responses is None else responses
    store.responses.save_many(OWNER, draft.id, given)
    return store.milestones.make(OWNER, draft.id, name, CHECKLIST, made_at=made_at)


def a_health_check(store: Store, assessment: str, yes: int = 3) -> None:
    for place, question in enumerate(HEALTH_IDS):
        store.responses.save_health(OWNER, assessment, question, "yes" if place < yes else "no")


def held_by_governance() -> dict[str, Response]:
    """Four areas at 4, governance at 1: score 17/5, level 2."""
    return uniform(CHECKLIST, data=4, development=4, deployment=4, monitoring=4, governance=1)


@dataclass(frozen=True)
class World:
    """A store in which every method has something to work on."""

    store: Store
    workspace: str
    other_workspace: str
    deleted_workspace: str
    system: str
    archived_system: str
    deleted_system: str
    draft: str
    discarded: str
    milestone: str
    void: str
    person: str
    submitted: str
    removed: str
    member: str
    link: str
    token: str


def a_world(store: Store) -> World:
    workspace = the_workspace(store).id
    system = a_system(store).id
    milestone = a_milestone(store, system)
    void = a_milestone(store, system, "Mistaken", rating=5)
    store.assessments.void(OWNER, void.id)
    discarded = a_draft(store, a_system(store, "Ranking").id, data_1=2)
    store.assessments.discard(OWNER, discarded.id)
    archived, deleted = a_system(store, "Old"), a_system(store, "Gone")
    store.systems.archive(OWNER, archived.id)
    store.systems.delete(OWNER, deleted.id)
    other, gone = store.workspaces.create(OWNER, "Other"), store.workspaces.create(OWNER, "Gone")
    store.workspaces.archive(OWNER, other.id)
    store.workspaces.delete(OWNER, gone.id)
    draft = a_draft(store, system, data_1=2, data_2=3)
    person, submitted, removed = (store.respondents.add(OWNER, draft.id, name).id for name in ("Ana", "Ben", "Cleo"))
    for answered in (person, submitted):
        store.responses.save(OWNER, draft.id, "data-3", Response.rated(4), respondent=answered)
    store.respondents.submit(OWNER, submitted)
    store.respondents.remove(OWNER, removed)
    shown = Response.rated(4, "Shown by a run", ("https://ci.example/run",), date(2026, 3, 31))
    store.responses.save(OWNER, draft.id, "data-3", shown)
    store.corrections.mark(OWNER, milestone.id, "data-2")
    store.members.invite(OWNER, workspace, "vera@example.org", "viewer")
    link = store.links.make(OWNER, system, "view", "For the auditor")
    token = store.tokens.make(OWNER, workspace, "Nightly", "write")
    return World(
        store,
        workspace,
        other.id,
        gone.id,
        system,
        archived.id,
        deleted.id,
        draft.id,
        discarded.id,
        milestone.id,
        void.id,
        person,
        submitted,
        removed,
        "vera@example.org",
        link.id,
        token.id,
    )
