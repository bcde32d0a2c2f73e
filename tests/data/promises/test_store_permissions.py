from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from access.actors import Actor
from access.permissions import ACTIONS, Forbidden, may
from data.desk import LOOKS, Part
from data.errors import BackupFailed
from data.model import FixState
from data.steps import Step
from data.store import Store
from scoring.model import Response, Target
from tests.data.builders import CHECKLIST, EDITOR, MEMORY, OWNER, VIEWER, World, a_milestone, a_store, a_system, a_world
from tests.scoring.builders import all_rated

# What the app itself calls without anybody asking: they show and change nothing of a workspace.
WITHOUT_ACTOR = {"ping", "size", "close"}
# How somebody becomes an actor: these find out who one is.
AT_THE_DOOR = {
    "door.memberships",
    "door.take_charge",
    "door.link",
    "door.fits",
    "door.enter",
    "door.shown",
    "door.visit",
    "door.introduce",
    "door.token",
    "door.used",
}


def _from_elsewhere(world: World) -> tuple[object, ...]:
    with a_store(MEMORY) as elsewhere:
        a_milestone(elsewhere)
        return (elsewhere.transfer.dump(OWNER, elsewhere.workspaces.all(OWNER)[0].id),)


def _carried(world: World) -> tuple[object, ...]:
    system = a_system(world.store, "Carried").id
    a_milestone(world.store, system)
    return world.store.assessments.start(OWNER, system, "1", from_milestone=True).id, ["data-1"]


# One call of every method, by what it needs of a world; a new method without a line here fails the first test.
CALLS: dict[str, Callable[[World], tuple[Any, ...]]] = {
    "answers": lambda w: (w.draft,),
    "answered_at": lambda w: (w.draft,),
    "doctor": lambda w: (CHECKLIST,),
    "backup": lambda w: (Path(w.store.size().path).parent / "backups",),
    "backup_when_due": lambda w: (timedelta(hours=1), 2),
    "workspaces.all": lambda w: (),
    "workspaces.deleted": lambda w: (),
    "workspaces.get": lambda w: (w.workspace,),
    "workspaces.create": lambda w: ("New",),
    "workspaces.rename": lambda w: (w.workspace, "New"),
    "workspaces.archive": lambda w: (w.workspace,),
    "workspaces.restore": lambda w: (w.other_workspace,),
    "workspaces.delete": lambda w: (w.workspace,),
    "workspaces.undelete": lambda w: (w.deleted_workspace,),
    "systems.all": lambda w: (w.workspace,),
    "systems.deleted": lambda w: (w.workspace,),
    "systems.get": lambda w: (w.system,),
    "systems.create": lambda w: (w.workspace, "New"),
    "systems.rename": lambda w: (w.system, "New"),
    "systems.describe": lambda w: (w.system, "New"),
    "systems.edit": lambda w: (w.system, "New", "About", ("EU",), "Ola", 30),
    "systems.archive": lambda w: (w.system,),
    "systems.restore": lambda w: (w.archived_system,),
    "systems.delete": lambda w: (w.system,),
    "systems.undelete": lambda w: (w.deleted_system,),
    "systems.purge": lambda w: (w.system,),
    "assessments.get": lambda w: (w.draft,),
    "assessments.draft": lambda w: (w.system,),
    "assessments.milestones": lambda w: (w.system,),
    "assessments.progress": lambda w: (w.workspace,),
    "assessments.start": lambda w: (a_system(w.store, "Newcomer").id, "1"),
    "assessments.set_failures": lambda w: (w.draft, ["data-drift"]),
    "assessments.set_target": lambda w: (w.draft, Target(5)),
    "assessments.set_lens": lambda w: (w.draft, "small-team"),
    "assessments.rename": lambda w: (w.milestone, "New"),
    "assessments.discard": lambda w: (w.draft,),
    "assessments.recover": lambda w: (w.discarded,),
    "assessments.void": lambda w: (w.milestone,),
    "assessments.unvoid": lambda w: (w.void,),
    "responses.of": lambda w: (w.draft,),
    "responses.save": lambda w: (w.draft, "data-5", Response.rated(5)),
    "responses.save_many": lambda w: (w.draft, {"data-5": Response.rated(5)}),
    "responses.confirm": _carried,
    "responses.health": lambda w: (w.draft,),
    "responses.save_health": lambda w: (w.draft, "fast-rollback", "yes"),
    "steps.take": lambda w: (w.draft, [Step("item", "data-5", Response(), Response.rated(5))], "answers.yaml"),
    "respondents.get": lambda w: (w.person,),
    "respondents.all": lambda w: (w.draft,),
    "respondents.answers_of_submitted": lambda w: (w.draft,),
    "respondents.basis": lambda w: (w.draft,),
    "respondents.add": lambda w: (w.draft, "New", "lead"),
    "respondents.rename": lambda w: (w.person, "New", "lead"),
    "respondents.remove": lambda w: (w.person,),
    "respondents.restore": lambda w: (w.removed,),
    "respondents.submit": lambda w: (w.person,),
    "respondents.reopen": lambda w: (w.submitted,),
    "milestones.make": lambda w: (w.draft, "New", CHECKLIST),
    "milestones.record_from": lambda w: (w.system, "New", all_rated(CHECKLIST, 3), "whole", CHECKLIST),
    "milestones.newest": lambda w: (w.system,),
    "milestones.record": lambda w: (w.milestone,),
    "rescoring.refresh": lambda w: (w.system, CHECKLIST),
    "corrections.of": lambda w: (w.system,),
    "corrections.mark": lambda w: (w.milestone, "data-1"),
    "corrections.take_back": lambda w: (w.milestone, "data-2"),
    "history.trend": lambda w: (w.system,),
    "history.standing": lambda w: (w.system,),
    "history.latest": lambda w: (w.workspace,),
    "portfolio.of": lambda w: (w.workspace,),
    "fixes.of": lambda w: (w.system,),
    "fixes.save_many": lambda w: (w.system, {"data-2": FixState("Ben", date(2026, 3, 1))}),
    "fixes.save": lambda w: (w.system, "data-1", FixState("Ben", date(2026, 3, 1))),
    "audit.events": lambda w: (w.workspace,),
    "audit.people": lambda w: (w.workspace,),
    "deletion.workspace": lambda w: (w.deleted_workspace, "Gone"),
    "personal.about": lambda w: (w.workspace, "Ben"),
    "personal.erase": lambda w: (w.workspace, "Ben"),
    "members.all": lambda w: (w.workspace,),
    "members.invite": lambda w: (w.workspace, "new@example.org", "viewer"),
    "members.change": lambda w: (w.workspace, w.member, "editor"),
    "members.remove": lambda w: (w.workspace, w.member),
    "links.of": lambda w: (w.system,),
    "links.make": lambda w: (w.system, "view"),
    "links.revoke": lambda w: (w.link,),
    "links.make_way_back": lambda w: (w.person,),
    "tokens.of": lambda w: (w.workspace,),
    "tokens.make": lambda w: (w.workspace, "CI", "read"),
    "tokens.revoke": lambda w: (w.token,),
    "transfer.dump": lambda w: (w.workspace,),
    "transfer.load": _from_elsewhere,
}
# These look at the whole database, and change nothing in it.
LOOKING = {*LOOKS, "rescore", "take-out", "operate"}
# These look too, but only who may change them.
LISTS = {"links.of", "tokens.of", "personal.about"}


def _methods(store: Store) -> dict[str, Any]:
    """Every public method of the store and its parts, by its dotted name."""
    parts = {"": store, **{f"{name}.": part for name, part in vars(store).items() if isinstance(part, Part)}}
    return {
        f"{prefix}{name}": getattr(part, name)
        for prefix, part in parts.items()
        for name, attribute in vars(type(part)).items()
        if callable(attribute) and not name.startswith("_")
    }


def _refusals() -> list[tuple[Actor, str]]:
    """Every method with every role that may not call it."""
    with a_store() as store:
        methods = _methods(store)
        return [(actor, name) for actor in (VIEWER, EDITOR) for name in CALLS if not may(actor, methods[name].action)]


def _call(world: World, name: str, actor: Actor) -> object:
    return _methods(world.store)[name](actor, *CALLS[name](world))


def _everything(store: Store) -> object:
    ids = [one.id for one in (*store.workspaces.all(OWNER), *store.workspaces.all(OWNER, archived=True))]
    return store.size().counts, [store.transfer.dump(OWNER, workspace) for workspace in ids]


def test_every_method_of_the_store_asks_for_permission(store: Store) -> None:
    methods = _methods(store)
    unchecked = {name for name, method in methods.items() if getattr(method, "action", None) not in ACTIONS}
    assert unchecked == WITHOUT_ACTOR | AT_THE_DOOR, "a store method has no @allowed(…): anybody could call it"
    assert set(CALLS) == set(methods) - WITHOUT_ACTOR - AT_THE_DOOR, "name a call of the new method here"


def test_who_may_not_is_refused_and_nothing_changes(store: Store) -> None:
    world, refusals = a_world(store), _refusals()
    arguments = {name: CALLS[name](world) for _, name in refusals}
    before = _everything(store)
    for actor, name in refusals:
        with pytest.raises(Forbidden, match="may not"):
            _methods(store)[name](actor, *arguments[name])
    assert len(refusals) > len(CALLS) / 2
    assert _everything(store) == before


def test_a_viewer_may_look_and_nothing_else(store: Store) -> None:
    allowed = {name for name, method in _methods(store).items() if may(VIEWER, getattr(method, "action", "own"))}
    world = a_world(store)
    before = _everything(store)
    for name in sorted(allowed):
        _call(world, name, VIEWER)
    assert _everything(store) == before


@pytest.mark.parametrize("name", CALLS)
def test_every_change_leaves_one_event_and_every_look_none(store: Store, name: str) -> None:
    arguments = CALLS[name](a_world(store))
    before = store.size().counts["audit_events"]
    method = _methods(store)[name]
    if name in ("backup", "backup_when_due") and store.size().no_copy:
        with pytest.raises(BackupFailed):
            method(OWNER, *arguments)
        return
    # With a workspace its trail goes, but for the one event that says so.
    before -= len(store.audit.events(OWNER, arguments[0])) if name == "deletion.workspace" else 0
    method(OWNER, *arguments)
    came_in = len(arguments[0]["audit_events"]) if name == "transfer.load" else 0
    left = store.size().counts["audit_events"] - before - came_in
    assert left == (0 if method.action in LOOKING or name in LISTS else 1)
