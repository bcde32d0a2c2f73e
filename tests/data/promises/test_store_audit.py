import pytest

from access.actors import Actor
from data.store import Store
from scoring.model import Response
from tests.data.builders import EDITOR, OWNER, a_draft, a_system, the_workspace


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
