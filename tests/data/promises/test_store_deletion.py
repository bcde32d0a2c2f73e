"""What is deleted for good is in no table any more, and what is not stays as it is."""

import json

import pytest

from data.errors import LastOwner, TextRefused, UnknownId, ValueRefused
from data.personal import NAMED, without_notes_of
from data.store import Store
from scoring.model import Response
from tests.data.builders import CHECKLIST, OWNER, World, a_draft, a_milestone, a_world, the_workspace

BEN = "ben@example.org"


def _everything(store: Store, workspace: str) -> str:
    return json.dumps(store.transfer.dump(OWNER, workspace, with_access=True), sort_keys=True)


def _another(store: Store) -> str:
    """A workspace with something in every corner, deleted."""
    made = store.workspaces.create(OWNER, "Acme")
    system = store.systems.create(OWNER, made.id, "Pricing").id
    a_milestone(store, system, "Acme's first")
    draft = a_draft(store, system).id
    person = store.respondents.add(OWNER, draft, "Ann", "lead").id
    store.responses.save(OWNER, draft, "data-1", Response.rated(2, "Acme's own words"), respondent=person)
    store.members.invite(OWNER, made.id, "ann@acme.example", "viewer")
    link = store.door.link(store.links.make(OWNER, system, "view").secret)
    assert link
    store.door.enter(link)
    store.tokens.make(OWNER, made.id, "Nightly", "write")
    store.links.make_way_back(OWNER, person)
    store.workspaces.delete(OWNER, made.id)
    return made.id


def test_a_workspace_goes_with_every_row_and_one_event_of_nobodys_stays(store: Store) -> None:
    world = a_world(store)
    others, counts = _everything(store, world.workspace), store.size().counts
    gone = _another(store)
    assert store.deletion.workspace(OWNER, gone, "  ACME ") > 50
    assert _everything(store, world.workspace) == others
    assert store.size().counts == {**counts, "audit_events": counts["audit_events"] + 1}
    left = store.audit.events(OWNER, gone)
    assert [(one.event, one.actor, one.subject, one.after) for one in left] == [("erase-trail", "Somebody", "", None)]
    assert store.doctor(OWNER, CHECKLIST).is_healthy
    with pytest.raises(UnknownId):
        store.workspaces.undelete(OWNER, gone)


def test_a_workspace_goes_only_when_it_is_deleted_and_named(store: Store) -> None:
    gone = _another(store)
    with pytest.raises(ValueRefused, match='type "Acme"'):
        store.deletion.workspace(OWNER, gone, "Acne")
    store.workspaces.undelete(OWNER, gone)
    before = _everything(store, gone)
    with pytest.raises(ValueRefused, match="still in use"):
        store.deletion.workspace(OWNER, gone, "Acme")
    assert _everything(store, gone) == before


def _answered(world: World) -> None:
    """Ben is a member, has a form of his own with a note, and his name is in the notes of a milestone."""
    store = world.store
    store.members.invite(OWNER, world.workspace, "olga@example.org", "owner")
    store.door.memberships("olga@example.org", "Olga")
    store.members.invite(OWNER, world.workspace, BEN, "editor")
    store.door.memberships(BEN, "Ben")
    store.respondents.reopen(OWNER, world.submitted)
    words = Response.rated(2, "Ben's wife knows\nthe second line", ("https://ben.example",))
    store.responses.save(OWNER, world.draft, "data-4", words, respondent=world.submitted)
    store.responses.save(OWNER, world.draft, "data-4", Response.rated(2, "Ana's words"), respondent=world.person)
    for person in (world.submitted, world.person):
        store.respondents.submit(OWNER, person)
    store.links.make_way_back(OWNER, world.submitted)
    store.milestones.make(OWNER, world.draft, "Second", CHECKLIST)


@pytest.mark.parametrize("who", ["Ben", "BEN@example.org"])
def test_a_person_is_found_by_name_and_by_address(store: Store, who: str) -> None:
    world = a_world(store)
    _answered(world)
    found = store.personal.about(OWNER, world.workspace, who)
    assert found.names == ("ben", BEN)
    assert {"members", "respondents", "responses", "audit_events", "share_links"} <= set(found.rows)
    told = json.dumps(found.rows)
    assert "Ben's wife knows" in told
    assert "hash" not in told
    assert "Ana" not in {row.get("name") for rows in found.rows.values() for row in rows}


def test_a_person_is_forgotten_and_their_ratings_stay_as_numbers(store: Store) -> None:
    world = a_world(store)
    _answered(world)
    before = store.answers(OWNER, world.draft)
    store.personal.erase(OWNER, world.workspace, "Ben")
    left = _everything(store, world.workspace)
    for trace in ('"Ben', "ben@", "ben.example", "wife", "second line"):
        assert trace not in left, trace
    after = store.answers(OWNER, world.draft)
    assert {item: one.rating for item, one in after.responses.items()} == {
        item: one.rating for item, one in before.responses.items()
    }
    assert after.responses["data-4"].note == "Ana: Ana's words"
    assert [one.email for one in store.members.all(OWNER, world.workspace)] == ["olga@example.org", "vera@example.org"]
    with pytest.raises(UnknownId):
        store.personal.about(OWNER, world.workspace, "Ben")
    assert store.audit.events(OWNER, world.workspace)[0].event == "erase-person"
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def test_a_form_that_was_not_submitted_goes_whole(store: Store) -> None:
    world = a_world(store)
    store.personal.erase(OWNER, world.workspace, "Ana")
    assert [one.name for one in store.respondents.all(OWNER, world.draft)] == ["Ben"]
    assert store.doctor(OWNER, CHECKLIST).is_healthy


def test_a_namesake_elsewhere_stays(store: Store) -> None:
    world, gone = a_world(store), _another(store)
    store.workspaces.undelete(OWNER, gone)
    before = _everything(store, gone)
    with pytest.raises(UnknownId):
        store.personal.erase(OWNER, world.workspace, "Ann")
    assert _everything(store, gone) == before


def test_the_only_owner_cannot_be_forgotten(store: Store) -> None:
    workspace = the_workspace(store).id
    store.members.invite(OWNER, workspace, BEN, "owner")
    store.door.memberships(BEN, "Ben")
    with pytest.raises(LastOwner, match="somebody else an owner"):
        store.personal.erase(OWNER, workspace, "Ben")


@pytest.mark.parametrize("who", ["", "  ", "Somebody"])
def test_one_person_has_to_be_named(store: Store, who: str) -> None:
    with pytest.raises(TextRefused):
        store.personal.about(OWNER, the_workspace(store).id, who)


def test_what_others_noted_stays_in_a_note_of_several() -> None:
    note = "Ana: one\nmore\nBen: two\nand: three\nCleo: four"
    assert without_notes_of(note, {"Ben"}, {"Ana", "Ben", "Cleo"}) == "Ana: one\nmore\nCleo: four"
    assert without_notes_of("Bending: no", {"Ben"}, {"Ben"}) == "Bending: no"


def test_every_column_that_names_people_is_known() -> None:
    from data.schema import TABLES

    naming = {"author", "owner", "started_by", "made_by", "actor", "invited_by", "created_by", "email"}
    columns = {(table, column) for table, names in TABLES.items() for column in names if column in naming}
    assert columns <= {(table, column) for table, names in NAMED.items() for column in names}
