import pytest

from access.actors import Actor
from data.audit import Wanted
from data.door import token_actor
from data.store import Store, as_of
from scoring.model import Response
from tests.data.builders import CHECKLIST, EDITOR, OWNER, START, a_draft, a_system, the_workspace


def test_an_event_says_who_what_before_and_after(store: Store) -> None:
    draft = a_draft(store, data_1=2)
    store.responses.save(EDITOR, draft.id, "data-1", Response.rated(4, "now in CI"), expected=1)
    event = store.audit.events(OWNER, system=draft.system)[0]
    assert (event.actor, event.role, event.event, event.subject) == ("Emil", "editor", "answer", "data-1")
    assert event.assessment == draft.id
    assert event.before == {"state": "rated", "rating": 2}
    assert event.after == {"state": "rated", "rating": 4, "note": "now in CI"}


def test_events_come_newest_first_and_as_many_as_asked_for(store: Store) -> None:
    workspace = the_workspace(store).id
    for name in ("One", "Two", "Three"):
        a_system(store, name)
    assert [event.subject for event in store.audit.events(OWNER, workspace, limit=2)] == ["Three", "Two"]


def test_the_events_of_a_system_are_its_own(store: Store) -> None:
    one, two = a_system(store, "One"), a_system(store, "Two")
    assert [event.subject for event in store.audit.events(OWNER, system=one.id)] == ["One"]
    assert [event.subject for event in store.audit.events(OWNER, system=two.id)] == ["Two"]


def test_a_name_with_control_characters_is_cleaned_before_it_is_kept(store: Store) -> None:
    store.workspaces.create(Actor("Eve\x00\x1b[31m\ud800", "owner"), "Hers")
    hers = next(one for one in store.workspaces.all(OWNER) if one.name == "Hers")
    assert store.audit.events(OWNER, hers.id)[0].actor == "Eve[31m"


def test_events_are_asked_for_by_workspace_or_by_system(store: Store) -> None:
    with pytest.raises(ValueError, match="not both"):
        store.audit.events(OWNER)


def _system_with_changes(store: Store, count: int) -> str:
    system = a_system(store).id
    for number in range(count):
        store.systems.describe(EDITOR if number % 2 else OWNER, system, f"Text {number}")
    return system


def test_pages_of_events_neither_repeat_nor_skip_one_while_more_happens(store: Store) -> None:
    system = _system_with_changes(store, 11)
    whole = [event.id for event in store.audit.events(OWNER, system=system)]
    read: list[str] = []
    while page := store.audit.events(OWNER, system=system, limit=5, older_than=read[-1] if read else None):
        read += [event.id for event in page]
        store.systems.describe(OWNER, system, f"Meanwhile {len(read)}")
    assert read == whole


def test_events_of_one_moment_are_told_apart_by_their_ids(store: Store) -> None:
    then = as_of(store, START)
    system = a_system(then).id
    for number in range(4):
        then.systems.describe(OWNER, system, f"Text {number}")
    first, *rest = store.audit.events(OWNER, system=system)
    assert store.audit.events(OWNER, system=system, older_than=first.id) == rest


def test_events_are_looked_for_by_person_kind_and_time(store: Store) -> None:
    system = _system_with_changes(store, 4)
    every = store.audit.events(OWNER, system=system)
    assert {one.actor for one in store.audit.events(OWNER, system=system, wanted=Wanted(who="Emil"))} == {"Emil"}
    kinds = Wanted(kinds=("create-system", "no-such"))
    assert [one.event for one in store.audit.events(OWNER, system=system, wanted=kinds)] == ["create-system"]
    between = Wanted(since=every[3].at, until=every[1].at)
    assert store.audit.events(OWNER, system=system, wanted=between) == every[2:4]
    assert store.audit.people(OWNER, the_workspace(store).id) == ["Emil", "MLOps Checkup", "Olga"]


def test_an_event_names_its_system_and_the_link_or_token_it_came_through(store: Store) -> None:
    system = a_system(store).id
    token = store.door.token(store.tokens.make(OWNER, the_workspace(store).id, "Nightly", "write").secret)
    assert token
    store.assessments.start(token_actor(token), system, CHECKLIST.version)
    event = store.audit.events(OWNER, system=system)[0]
    assert (event.via, event.via_name, event.system_name) == (f"token {token.id}", "Nightly", "Churn model")


def test_sql_in_a_filter_is_text(store: Store) -> None:
    system = _system_with_changes(store, 1)
    text = "' or 1=1 --"
    for wanted in (Wanted(who=text), Wanted(kinds=(text,))):
        assert store.audit.events(OWNER, system=system, wanted=wanted) == []
    assert len(store.audit.events(OWNER, system=system, older_than=text)) == 2
