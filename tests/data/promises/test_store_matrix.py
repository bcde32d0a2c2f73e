"""Who may call what: every method of the store, tried by everybody who is not simply a member of the workspace."""

from collections.abc import Callable

import pytest

from access import NOBODY, Actor, Forbidden, Grant, Place, may
from access.actors import ROLES
from data.desk import LOOKS
from data.door import Visit, token_actor, visitor
from data.entry import Link, Token
from data.errors import StoreError, UnknownId
from data.store import Store
from tests.data.builders import OWNER, World, a_world
from tests.data.promises.test_store_permissions import AT_THE_DOOR, CALLS, WITHOUT_ACTOR, _everything, _methods

RESULTS = {"answers", "answered_at", "responses.of", "responses.health", "milestones.record", "respondents.basis"}
OF_THE_SYSTEM = {
    "systems.get", "assessments.milestones", "history.trend", "fixes.of", "corrections.of", "rescoring.refresh",
    "milestones.newest",
}  # fmt: skip
# What each may do besides, when the draft, the system and the first milestone of the world are what they try it on.
MAY: dict[str, set[str]] = {
    "nobody": set(),
    "owner elsewhere": {"workspaces.all", "workspaces.deleted"},
    "founder": {"workspaces.all", "workspaces.deleted", "workspaces.create", "transfer.load"},
    "operator": {"backup", "backup_when_due", "doctor"},
    "badge": {"history.standing"},
    "guest of the system": OF_THE_SYSTEM | {"milestones.record"},
    "guest of the milestone": {"systems.get", "milestones.record"},
    "asked to answer": {"systems.get", "assessments.get", "assessments.draft", "respondents.add"},
    "respondent": {
        "systems.get", "assessments.get", "assessments.draft", "respondents.add", "respondents.get",
        "respondents.submit", "links.make_way_back",
    },
    "reading token": OF_THE_SYSTEM | RESULTS | {
        "assessments.get", "assessments.draft", "assessments.progress", "workspaces.get", "systems.all",
        "systems.deleted", "respondents.all", "respondents.answers_of_submitted", "history.latest", "portfolio.of",
        "members.all",
    },
}  # fmt: skip
MAY["writing token"] = MAY["reading token"] | {
    "assessments.start", "assessments.set_failures", "assessments.set_target", "assessments.set_lens",
    "assessments.rename", "assessments.discard", "assessments.recover", "assessments.void", "assessments.unvoid",
    "responses.save", "responses.save_many", "responses.confirm", "responses.save_health", "steps.take",
    "milestones.make", "milestones.record_from", "corrections.mark", "corrections.take_back",
}  # fmt: skip


def _through_a_link(world: World, scope: str, milestone: str | None = None, person: str | None = None) -> Actor:
    given = {"milestone": milestone} if milestone else {}
    made = world.store.links.make(OWNER, world.system, scope, **given)  # type: ignore[arg-type]
    found = world.store.door.link(made.secret)
    assert isinstance(found, Link)
    return visitor(Visit(found, person))


def _owner_of(workspace: str) -> Actor:
    return Actor("Eve", grants=(Grant("owner", Place(workspace)),), subject="eve@example.org")


def _with_a_token(world: World, scope: str) -> Actor:
    found = world.store.door.token(world.store.tokens.make(OWNER, world.workspace, "CI", scope).secret)  # type: ignore[arg-type]
    assert isinstance(found, Token)
    return token_actor(found)


WHO: dict[str, Callable[[World], Actor]] = {
    "nobody": lambda w: NOBODY,
    "owner elsewhere": lambda w: _owner_of(w.store.workspaces.create(OWNER, "Eve's").id),
    "founder": lambda w: Actor("Finn", grants=(Grant("founder"),), subject="finn@example.org"),
    "operator": lambda w: Actor("Otto", grants=(Grant("operator"),), subject="otto@example.org"),
    "badge": lambda w: _through_a_link(w, "badge"),
    "guest of the system": lambda w: _through_a_link(w, "view"),
    "guest of the milestone": lambda w: _through_a_link(w, "view", w.milestone),
    "asked to answer": lambda w: _through_a_link(w, "respond"),
    "respondent": lambda w: _through_a_link(w, "respond", person=w.person),
    "reading token": lambda w: _with_a_token(w, "read"),
    "writing token": lambda w: _with_a_token(w, "write"),
}
METHODS = sorted(CALLS)


@pytest.mark.parametrize("who", WHO)
def test_each_may_do_what_the_table_says_and_nothing_else(store: Store, who: str) -> None:
    assert set(MAY) == set(WHO)
    world = a_world(store)
    actor = WHO[who](world)
    arguments = {name: CALLS[name](world) for name in METHODS}
    refused = [name for name in METHODS if name not in MAY[who]]
    before = _everything(store)
    let_in = [name for name in refused if not _is_refused(store, name, actor, arguments[name])]
    assert not let_in, f"{who} must not be able to call these"
    assert _everything(store) == before, "a refusal changes nothing"
    # Looks first: what is changed or removed meanwhile is not there for its owner either.
    allowed = sorted(MAY[who], key=lambda name: (_methods(store)[name].action not in LOOKS, name))
    wrongly = [name for name in allowed if _is_forbidden(store, name, actor, arguments[name])]
    assert not wrongly, f"{who} must be able to call these"


@pytest.mark.parametrize("role", ROLES)
def test_a_member_may_in_their_workspace_what_their_role_says(store: Store, role: str) -> None:
    world = a_world(store)
    member = Actor("A", grants=(Grant(role, Place(world.workspace)),), subject="a@example.org")
    alone = Actor("A", role)  # type: ignore[arg-type]
    arguments = {name: CALLS[name](world) for name in METHODS}
    # What is for the whole app, and what is done to the world's other workspaces.
    not_theirs = {
        "workspaces.create", "transfer.load", "backup", "backup_when_due", "doctor", "workspaces.restore",
        "workspaces.undelete", "deletion.workspace",
    }  # fmt: skip
    may_alone = {name for name in METHODS if may(alone, _methods(store)[name].action)} - not_theirs
    refused = set(METHODS) - may_alone
    assert [name for name in sorted(refused) if not _is_refused(store, name, member, arguments[name])] == []
    looks_first = sorted(may_alone, key=lambda name: (_methods(store)[name].action not in LOOKS, name))
    assert [name for name in looks_first if _is_forbidden(store, name, member, arguments[name])] == []


def test_what_is_elsewhere_is_not_there(store: Store) -> None:
    """A stranger cannot tell what exists: the sentence is that for an id which nobody ever had."""
    world = a_world(store)
    eve = WHO["owner elsewhere"](world)
    for wanted in (world.system, "no-such-system"):
        with pytest.raises(UnknownId) as refusal:
            store.systems.get(eve, wanted)
        assert str(refusal.value) == str(UnknownId("system", wanted))


def test_the_form_of_somebody_else_is_not_reached_through_an_own_id(store: Store) -> None:
    world = a_world(store)
    respondent = _through_a_link(world, "respond", person=world.person)
    assert store.responses.of(respondent, world.draft, world.person)
    assert store.respondents.submit(respondent, world.person).has_submitted
    assert not store.respondents.reopen(respondent, world.person).has_submitted
    for assessment, person in ((world.draft, world.submitted), (world.milestone, world.person), (world.draft, "")):
        with pytest.raises((UnknownId, Forbidden)):
            store.responses.of(respondent, assessment, person)


def _is_refused(store: Store, name: str, actor: Actor, arguments: tuple[object, ...]) -> bool:
    """Whether the call was turned away: forbidden, or as if the thing were not there."""
    try:
        _methods(store)[name](actor, *arguments)
    except (Forbidden, UnknownId):
        return True
    except StoreError:
        return False
    return False


def _is_forbidden(store: Store, name: str, actor: Actor, arguments: tuple[object, ...]) -> bool:
    try:
        _methods(store)[name](actor, *arguments)
    except Forbidden:
        return True
    except UnknownId:
        return _methods(store)[name].action in LOOKS
    except StoreError:
        return False
    return False


def test_the_table_knows_every_method(store: Store) -> None:
    assert set(METHODS) == set(_methods(store)) - WITHOUT_ACTOR - AT_THE_DOOR
    assert set().union(*MAY.values()) <= set(METHODS)
