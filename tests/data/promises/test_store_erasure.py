import pytest

from data.erasure import erase_trail
from data.errors import UnknownId, ValueRefused
from data.store import Store
from tests.data.builders import OWNER, a_world


def _trail_erased(store: Store, workspace: str) -> None:
    desk = store._desk
    desk.engine.write(lambda session: erase_trail(desk, session, OWNER, workspace))


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
