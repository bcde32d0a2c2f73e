"""The states that a person can get a workspace into, each with the address that leads there."""

from collections.abc import Mapping

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_milestone, a_system, all_rated, by_area, checklist
from tests.pages.visitor import MARKUP

Address = Mapping[str, str]
ITEM = checklist().items[0].id


# With nothing to show at the address


def nothing(_store: Store) -> Address:
    return {}


def empty_system(store: Store) -> Address:
    return {"system": a_system(store).id}


def two_systems_and_none_named(store: Store) -> Address:
    a_system(store, "One")
    a_system(store, "Two")
    return {}


def deleted_system(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system)
    store.systems.delete(OWNER, system)
    return {"system": system}


def archived_system(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system)
    store.systems.archive(OWNER, system)
    return {"system": system}


def deleted_milestone(store: Store) -> Address:
    system = a_system(store).id
    milestone = a_milestone(store, system)
    store.assessments.void(OWNER, milestone.id)
    return {"system": system, "assessment": milestone.id}


def discarded_draft(store: Store) -> Address:
    system = a_system(store).id
    draft = a_draft(store, system, all_rated())
    store.assessments.discard(OWNER, draft.id)
    return {"system": system, "assessment": draft.id}


def unknown_ids(store: Store) -> Address:
    a_milestone(store, a_system(store).id)
    return {"system": "no-such", "assessment": "no-such", "section": "no-such", "workspace": "no-such"}


def assessment_of_another_system(store: Store) -> Address:
    other = a_milestone(store, a_system(store, "Other").id)
    return {"system": a_system(store).id, "assessment": other.id}


def unknown_section(store: Store) -> Address:
    return {"system": a_system(store).id, "section": "no-such"}


# With something to show


def health_only(store: Store) -> Address:
    system = a_system(store).id
    draft = a_draft(store, system)
    for question in checklist().health:
        store.responses.save_health(OWNER, draft.id, question.id, "yes")
    return {"system": system}


def health_half(store: Store) -> Address:
    system = a_system(store).id
    store.responses.save_health(OWNER, a_draft(store, system).id, checklist().health[0].id, "unsure")
    return {"system": system}


def half_a_draft(store: Store) -> Address:
    system = a_system(store).id
    some = {item.id: Response.rated(2) for item in checklist().items[::2]}
    a_draft(store, system, some | {ITEM: Response.not_applicable("other", "Because")})
    return {"system": system}


def only_don_t_know(store: Store) -> Address:
    system = a_system(store).id
    a_draft(store, system, {item.id: Response.unknown() for item in checklist().items})
    return {"system": system}


def nothing_applies(store: Store) -> Address:
    system = a_system(store).id
    a_draft(store, system, {item.id: Response.not_applicable("out-of-scope") for item in checklist().items})
    return {"system": system}


def one_milestone(store: Store) -> Address:
    system = a_system(store).id
    a_milestone(store, system, responses=by_area(data=4, development=4, deployment=4, monitoring=4, governance=1))
    return {"system": system}


def two_milestones_and_a_draft(store: Store) -> Address:
    system = a_system(store).id
    first = a_milestone(store, system, "First")
    a_milestone(store, system, "Second", all_rated(5))
    a_draft(store, system, {ITEM: Response.rated(1)})
    return {"system": system, "assessment": first.id}


def health_milestone(store: Store) -> Address:
    address = health_only(store)
    draft = store.assessments.draft(OWNER, address["system"])
    assert draft
    store.milestones.make(OWNER, draft.id, "Health only", checklist())
    return address


def look_back(store: Store) -> Address:
    return {**half_a_draft(store), "section": "look-back"}


def markup(store: Store) -> Address:
    system = a_system(store, MARKUP).id
    a_milestone(store, system, MARKUP)
    a_draft(store, system, {ITEM: Response.rated(1, MARKUP, (MARKUP,))})
    return {"system": system}


def two_workspaces(store: Store) -> Address:
    other = store.workspaces.create(OWNER, MARKUP)
    return {"system": store.systems.create(OWNER, other.id, "Elsewhere").id}


NOTHING_TO_SHOW = (
    nothing, empty_system, two_systems_and_none_named, deleted_system, archived_system, deleted_milestone,
    discarded_draft, unknown_ids, assessment_of_another_system, unknown_section,
)  # fmt: skip
SOMETHING_TO_SHOW = (
    health_only, health_half, half_a_draft, only_don_t_know, nothing_applies, one_milestone,
    two_milestones_and_a_draft, health_milestone, look_back, markup, two_workspaces,
)  # fmt: skip
