import pytest

from data.errors import NameTaken, TextRefused, UnknownId
from data.store import Store
from tests.data.builders import OWNER, a_draft, a_milestone, a_system, a_world, the_workspace


def test_a_fresh_store_has_one_workspace(store: Store) -> None:
    assert [workspace.name for workspace in store.workspaces.all(OWNER)] == ["My workspace"]


def test_a_name_is_kept_in_one_form_on_one_line(store: Store) -> None:
    system = a_system(store, "  Cafe\u0301 \x00 model\x07\nv2 ")
    assert store.systems.get(OWNER, system.id).name == "Café model v2"


@pytest.mark.parametrize("name", ["", "   ", "\x00\x1f", "x" * 201])
def test_a_name_that_is_empty_or_too_long_is_refused_and_not_cut(store: Store, name: str) -> None:
    with pytest.raises(TextRefused):
        a_system(store, name)
    assert store.systems.all(OWNER, the_workspace(store).id) == []


def test_two_hundred_characters_are_kept_whole(store: Store) -> None:
    assert a_system(store, "x" * 200).name == "x" * 200


@pytest.mark.parametrize("twin", ["churn MODEL", "Churn  model", "CHURN MODEL", "Ｃhurn model"])
def test_two_living_systems_never_share_a_name(store: Store, twin: str) -> None:
    a_system(store, "Churn model")
    with pytest.raises(NameTaken, match='already has a system "Churn model"'):
        a_system(store, twin)


def test_two_workspaces_may_have_systems_of_the_same_name(store: Store) -> None:
    a_system(store, "Churn model")
    other = store.workspaces.create(OWNER, "Other")
    assert store.systems.create(OWNER, other.id, "Churn model").name == "Churn model"


def test_a_system_can_change_the_capitals_of_its_own_name(store: Store) -> None:
    system = a_system(store, "churn model")
    assert store.systems.rename(OWNER, system.id, "Churn Model").name == "Churn Model"


def test_renaming_to_a_name_in_use_is_refused(store: Store) -> None:
    a_system(store, "Ranking")
    system = a_system(store, "Churn")
    with pytest.raises(NameTaken):
        store.systems.rename(OWNER, system.id, "ranking")
    assert store.systems.get(OWNER, system.id).name == "Churn"


def test_a_description_keeps_its_line_breaks(store: Store) -> None:
    system = a_system(store)
    store.systems.describe(OWNER, system.id, "First line\r\nsecond line\n")
    assert store.systems.get(OWNER, system.id).about == "First line\nsecond line"


def test_systems_are_listed_by_name_whatever_their_capitals(store: Store) -> None:
    for name in ("beta", "Alpha", "Gamma"):
        a_system(store, name)
    listed = store.systems.all(OWNER, the_workspace(store).id)
    assert [system.name for system in listed] == ["Alpha", "beta", "Gamma"]


def test_archiving_puts_a_system_away_and_restoring_brings_it_back(store: Store) -> None:
    workspace, system = the_workspace(store).id, a_system(store).id
    store.systems.archive(OWNER, system)
    assert store.systems.all(OWNER, workspace) == []
    assert [one.id for one in store.systems.all(OWNER, workspace, archived=True)] == [system]
    store.systems.restore(OWNER, system)
    assert [one.id for one in store.systems.all(OWNER, workspace)] == [system]


def test_a_deleted_system_is_out_of_sight_and_comes_back_as_it_was(store: Store) -> None:
    workspace, system = the_workspace(store).id, a_system(store)
    draft = a_draft(store, system.id, data_1=4)
    answers = store.answers(OWNER, draft.id)
    store.systems.delete(OWNER, system.id)
    assert store.systems.all(OWNER, workspace) == []
    assert [one.id for one in store.systems.deleted(OWNER, workspace)] == [system.id]
    with pytest.raises(UnknownId):
        store.answers(OWNER, draft.id)
    assert store.systems.undelete(OWNER, system.id) == system
    assert store.answers(OWNER, draft.id) == answers


def test_undeleting_into_a_name_that_is_taken_by_now_is_refused(store: Store) -> None:
    system = a_system(store, "Churn")
    store.systems.delete(OWNER, system.id)
    a_system(store, "churn")
    with pytest.raises(NameTaken):
        store.systems.undelete(OWNER, system.id)


def test_a_deleted_workspace_hides_its_systems_until_it_comes_back(store: Store) -> None:
    workspace, system = the_workspace(store), a_system(store)
    store.workspaces.delete(OWNER, workspace.id)
    with pytest.raises(UnknownId):
        store.systems.get(OWNER, system.id)
    assert [one.id for one in store.workspaces.deleted(OWNER)] == [workspace.id]
    store.workspaces.undelete(OWNER, workspace.id)
    assert store.systems.get(OWNER, system.id) == system


def test_purging_takes_everything_of_a_system_and_nothing_else(store: Store) -> None:
    world = a_world(store)
    other = a_milestone(store, a_system(store, "Bystander").id)
    before = store.size().counts
    store.systems.purge(OWNER, world.system)
    after = store.size().counts
    assert after["systems"] == before["systems"] - 1
    assert after["results"] == 1
    assert after["system_latest"] == 1
    assert store.history.trend(OWNER, world.system) == []
    assert len(store.responses.of(OWNER, other.id)) == 41
    assert after["audit_events"] == before["audit_events"] + 1
    assert store.audit.events(OWNER, system=world.system)[0].event == "purge-system"


@pytest.mark.parametrize("wanted", ["", "nothing", "'; drop table systems; --", "x" * 500])
def test_an_unknown_id_is_answered_with_a_sentence(store: Store, wanted: str) -> None:
    with pytest.raises(UnknownId, match="Go back and choose another"):
        store.systems.get(OWNER, wanted)
    with pytest.raises(UnknownId):
        store.systems.create(OWNER, wanted, "Name")
