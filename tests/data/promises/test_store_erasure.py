import pytest

from data.erasure import erase_person, erase_trail
from data.errors import UnknownId, ValueRefused
from data.store import Store
from scoring.model import Response
from tests.data.builders import OWNER, a_draft, a_world, the_workspace


def _trail_erased(store: Store, workspace: str) -> None:
    desk = store._desk
    desk.engine.write(lambda session: erase_trail(desk, session, OWNER, workspace))


def _person_erased(store: Store, person: str) -> None:
    desk = store._desk
    desk.engine.write(lambda session: erase_person(desk, session, OWNER, person))


def test_the_trail_of_a_deleted_workspace_goes_and_one_event_says_so(store: Store) -> None:
    world = a_world(store)
    others = store.audit.events(OWNER, workspace=world.other_workspace)
    count = len(store.audit.events(OWNER, workspace=world.workspace, limit=1000))
    store.workspaces.delete(OWNER, world.workspace)
    _trail_erased(store, world.workspace)
    (left,) = store.audit.events(OWNER, workspace=world.workspace)
    assert (left.event, left.actor, left.subject, left.before) == ("erase-trail", "Olga", "", count + 1)
    assert store.audit.events(OWNER, workspace=world.other_workspace) == others


def test_the_trail_of_a_workspace_in_use_stays(store: Store) -> None:
    world = a_world(store)
    before = store.audit.events(OWNER, workspace=world.workspace, limit=1000)
    with pytest.raises(ValueRefused, match="delete the workspace first"):
        _trail_erased(store, world.workspace)
    with pytest.raises(UnknownId):
        _trail_erased(store, "nowhere")
    assert store.audit.events(OWNER, workspace=world.workspace, limit=1000) == before


def test_a_person_leaves_no_name_in_the_trail_and_what_they_did_stays(store: Store) -> None:
    draft = a_draft(store)
    workspace = the_workspace(store).id
    person = store.respondents.add(OWNER, draft.id, "Ana Lima", "On-call engineer").id
    store.respondents.add(OWNER, draft.id, "Ben")
    store.responses.save(OWNER, draft.id, "data-1", Response.rated(4), respondent=person)
    store.respondents.rename(OWNER, person, "Ana Silva", "Lead")
    store.respondents.rename(OWNER, person, "Ana Souza", "Lead")
    store.respondents.remove(OWNER, person)
    before = store.audit.events(OWNER, workspace=workspace)
    _person_erased(store, person)
    told, *after = store.audit.events(OWNER, workspace=workspace)
    assert (told.event, told.before, told.assessment) == ("erase-person", 4, draft.id)
    assert [event.event for event in after] == [event.event for event in before]
    assert "Ana" not in str([told, *after])
    assert "On-call" not in str([told, *after])
    assert "Ben" in str(after)


def test_somebody_who_still_answers_keeps_their_name(store: Store) -> None:
    draft = a_draft(store)
    person = store.respondents.add(OWNER, draft.id, "Ana").id
    with pytest.raises(ValueRefused, match="take them off"):
        _person_erased(store, person)
    with pytest.raises(UnknownId):
        _person_erased(store, "nobody")
    assert "Ana" in str(store.audit.events(OWNER, system=draft.system))
