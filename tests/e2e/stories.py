"""What the databases of page and browser tests hold before anybody comes: systems, drafts and milestones, all real."""

from collections.abc import Mapping
from datetime import date

from access.actors import Actor
from checklist.loader import the_checklist
from checklist.model import Checklist
from data.model import Assessment, System
from data.store import Store
from examples import workspace as examples
from scoring.model import Response

OWNER = Actor("Olga", "owner")
EXAMPLE_DAY = date(2026, 6, 1)


def checklist() -> Checklist:
    return the_checklist()


def the_workspace(store: Store) -> str:
    return store.workspaces.all(OWNER)[0].id


def examples_of_all_kinds(store: Store) -> list[str]:
    """The three example systems, with milestones, drafts and plans; their ids."""
    return examples.fill(store, OWNER, the_workspace(store), EXAMPLE_DAY)


def a_system(store: Store, name: str = "Churn model") -> System:
    return store.systems.create(OWNER, the_workspace(store), name)


def by_area(**ratings: int) -> dict[str, Response]:
    """Every item of an area rated the same: by_area(data=4, governance=1)."""
    return {
        item.id: Response.rated(ratings[area.id])
        for area in checklist().areas
        for item in area.items
        if area.id in ratings
    }


def all_rated(rating: int = 3) -> dict[str, Response]:
    return {item.id: Response.rated(rating) for item in checklist().items}


def a_draft(store: Store, system: str, responses: Mapping[str, Response] | None = None) -> Assessment:
    """The system's draft with these responses."""
    draft = store.assessments.start(OWNER, system, checklist().version, from_milestone=True)
    if responses:
        store.responses.save_many(OWNER, draft.id, responses)
    return draft


def a_milestone(
    store: Store, system: str, name: str = "First", responses: Mapping[str, Response] | None = None
) -> Assessment:
    draft = a_draft(store, system, all_rated() if responses is None else responses)
    return store.milestones.make(OWNER, draft.id, name, checklist())


def stored(store: Store) -> dict[str, Response]:
    """The responses of the only draft of the only system."""
    system = store.systems.all(OWNER, the_workspace(store))[0]
    draft = store.assessments.draft(OWNER, system.id)
    assert draft, "There is no draft."
    return {item: saved.response for item, saved in store.responses.of(OWNER, draft.id).items()}


def ratings(responses: Mapping[str, Response]) -> dict[str, int]:
    return {item: response.rating for item, response in responses.items() if response.rating is not None}
