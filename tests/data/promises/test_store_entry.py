"""Coming in: links, passes, passphrases, tokens and members, as the store promises them."""

from datetime import UTC, datetime, timedelta

import pytest

from access import Actor, Forbidden, Grant, Place
from data.door import Visit, visitor
from data.entry import Link
from data.errors import LastOwner, NameTaken, TextRefused, UnknownId, ValueRefused
from data.secrets import BYTES, LENGTH, digest
from data.store import Store, as_of
from scoring.model import Response
from tests.data.builders import OWNER, a_draft, a_milestone, a_system, the_workspace

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def system(store: Store) -> str:
    return a_system(store).id


def _later(store: Store, days: float) -> Store:
    return as_of(store, START + timedelta(days=days))


def test_a_secret_has_256_bits_and_is_nowhere_in_the_store(store: Store, system: str) -> None:
    made = store.links.make(OWNER, system, "view", passphrase="correct horse")
    token = store.tokens.make(OWNER, the_workspace(store).id, "CI", "read")
    assert BYTES * 8 == 256
    assert len(made.secret) == LENGTH
    kept = str(store.transfer.dump(OWNER, the_workspace(store).id, with_access=True))
    assert digest(made.secret) in kept
    assert digest(token.secret) in kept
    for secret in (made.secret, token.secret, "correct horse"):
        assert secret not in kept
    assert made.secret not in str(store.transfer.dump(OWNER, the_workspace(store).id))


def test_a_file_to_hand_over_names_no_members_links_or_tokens(store: Store, system: str) -> None:
    workspace = the_workspace(store).id
    store.links.make(OWNER, system, "view")
    store.tokens.make(OWNER, workspace, "CI", "read")
    store.members.invite(OWNER, workspace, "vera@example.org", "viewer")
    handed_over, moved = (store.transfer.dump(OWNER, workspace, access) for access in (False, True))
    for table in ("members", "share_links", "api_tokens"):
        assert not handed_over[table]
        assert len(moved[table]) == 1


def test_a_link_opens_until_it_expires_or_is_revoked(store: Store, system: str) -> None:
    week = START + timedelta(days=7)
    expiring = store.links.make(OWNER, system, "view", expires_at=week)
    lasting = store.links.make(OWNER, system, "view")
    assert _later(store, 6.9).door.link(expiring.secret)
    assert _later(store, 7).door.link(expiring.secret) is None
    assert _later(store, 3000).door.link(lasting.secret)
    store.links.revoke(OWNER, lasting.id)
    assert store.door.link(lasting.secret) is None
    assert store.door.link("x" * LENGTH) is None


def test_revoking_turns_out_who_is_inside(store: Store, system: str) -> None:
    link, held = _inside(store, store.links.make(OWNER, system, "view").secret)
    assert store.door.visit(link.id, held) == Visit(store.links.of(OWNER, system)[0])
    store.links.revoke(OWNER, link.id)
    assert store.door.visit(link.id, held) is None


def test_a_pass_is_good_for_its_own_link_and_ends_with_it(store: Store, system: str) -> None:
    link, held = _inside(store, store.links.make(OWNER, system, "view", expires_at=START + timedelta(days=7)).secret)
    other, _ = _inside(store, store.links.make(OWNER, system, "view").secret)
    assert store.door.visit(other.id, held) is None
    assert _later(store, 6.9).door.visit(link.id, held)
    assert _later(store, 7).door.visit(link.id, held) is None


def test_a_pass_ends_after_thirty_days_even_when_the_link_goes_on(store: Store, system: str) -> None:
    link, held = _inside(store, store.links.make(OWNER, system, "view").secret)
    assert _later(store, 29.9).door.visit(link.id, held)
    assert _later(store, 31).door.visit(link.id, held) is None


def test_uses_are_counted(store: Store, system: str) -> None:
    made = store.links.make(OWNER, system, "view", "For the auditor")
    assert (store.links.of(OWNER, system)[0].used_count, store.links.of(OWNER, system)[0].last_used_at) == (0, None)
    _inside(store, made.secret)
    _inside(store, made.secret)
    used = store.links.of(OWNER, system)[0]
    assert used.used_count == 2
    assert used.last_used_at is not None


def test_a_passphrase_is_asked_for_and_nothing_else_fits(store: Store, system: str) -> None:
    link = store.door.link(store.links.make(OWNER, system, "view", passphrase="correct horse").secret)
    assert link
    assert link.has_passphrase
    assert store.door.fits(link, "correct horse")
    assert not store.door.fits(link, "Correct horse")
    assert not store.door.fits(link, "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"passphrase": "short"}, "at least 8 characters"),
        ({"expires_at": START}, "expired already"),
        ({"scope": "edit"}, "nothing that a link can be for"),
        ({"scope": "respond", "milestone": "m"}, "leave the milestone out"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(
    store: Store, system: str, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValueRefused, match=sentence):
        store.links.make(OWNER, system, **{"scope": "view", **changes})  # type: ignore[arg-type]
    assert store.links.of(OWNER, system) == []


def test_a_colleague_answers_through_a_link_and_comes_back_on_another_device(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    link, held = _inside(store, store.links.make(OWNER, system, "respond").secret)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana", "On-call engineer")
    store.door.introduce(link.id, held, person.id)
    ana = visitor(_visit(store, link, held))
    store.responses.save(ana, draft.id, "data-1", Response.rated(4), respondent=person.id)

    back = store.links.make_way_back(ana, person.id)
    elsewhere, pass_there = _inside(store, back.secret)
    there = visitor(_visit(store, elsewhere, pass_there))
    assert store.responses.of(there, draft.id, person.id)["data-1"].response == Response.rated(4)
    assert elsewhere not in store.links.of(OWNER, system), "a person's own way back is nobody else's to see"

    store.links.make_way_back(ana, person.id)
    assert store.door.visit(elsewhere.id, pass_there) is None, "an older way back stops working"


def test_a_way_back_has_the_limits_of_the_link_and_ends_with_it(store: Store, system: str) -> None:
    draft, week = a_draft(store, system), START + timedelta(days=7)
    made = store.links.make(OWNER, system, "respond", areas=["data"], expires_at=week)
    link, held = _inside(store, made.secret)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    store.door.introduce(link.id, held, person.id)
    ana = visitor(_visit(store, link, held), frozenset({"data-1"}))

    back, pass_there = _inside(store, store.links.make_way_back(ana, person.id, week + timedelta(days=7)).secret)
    assert (back.areas, back.expires_at, back.parent) == (("data",), week, link.id)
    there = visitor(_visit(store, back, pass_there), frozenset({"data-1"}))
    further, pass_further = _inside(store, store.links.make_way_back(there, person.id).secret)
    assert (further.areas, further.expires_at, further.parent) == (("data",), week, link.id)

    store.links.revoke(OWNER, link.id)
    assert store.door.visit(further.id, pass_further) is None


def test_a_way_back_to_a_private_form_is_its_authors_alone_to_make(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    link, _ = _inside(store, store.links.make(OWNER, system, "respond").secret)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    owner = Actor("Ola", grants=(Grant("owner", Place(link.workspace)),), subject="ola@example.org")
    for nosy in (OWNER, owner, visitor(Visit(link))):
        with pytest.raises(Forbidden):
            store.links.make_way_back(nosy, person.id)


def test_who_opens_the_link_again_in_the_same_browser_stays_who_they_were(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    made = store.links.make(OWNER, system, "respond")
    link, held = _inside(store, made.secret)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    store.door.introduce(link.id, held, person.id)
    again = _later(store, 20).door.enter(link, held)
    assert _visit(_later(store, 40), link, again).respondent == person.id
    assert _visit(store, link, store.door.enter(link, "x" * LENGTH)).respondent is None
    other, _ = _inside(store, store.links.make(OWNER, system, "respond").secret)
    assert _visit(store, other, store.door.enter(other, held)).respondent is None


def test_nobody_reads_a_form_that_came_through_a_link_before_it_is_submitted(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    link, held = _inside(store, store.links.make(OWNER, system, "respond").secret)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    store.door.introduce(link.id, held, person.id)
    ana = visitor(_visit(store, link, held))
    store.responses.save(ana, draft.id, "data-1", Response.rated(4), respondent=person.id)
    with pytest.raises(Forbidden, match="their author's alone"):
        store.responses.of(OWNER, draft.id, person.id)
    store.respondents.submit(ana, person.id)
    assert store.responses.of(OWNER, draft.id, person.id)


def test_a_link_that_asks_about_some_areas_takes_answers_to_these_alone(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    link, held = _inside(store, store.links.make(OWNER, system, "respond", areas=["data"]).secret)
    assert link.areas == ("data",)
    person = store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    store.door.introduce(link.id, held, person.id)
    ana = visitor(_visit(store, link, held), items=frozenset({"data-1", "data-2"}))
    store.responses.save(ana, draft.id, "data-1", Response.rated(4), respondent=person.id)
    with pytest.raises(Forbidden):
        store.responses.save(ana, draft.id, "monitoring-1", Response.rated(4), respondent=person.id)
    with pytest.raises(Forbidden):
        store.responses.save_many(ana, draft.id, {"monitoring-1": Response.rated(4)}, person.id)


def test_a_guest_sees_milestones_and_no_draft(store: Store, system: str) -> None:
    milestone = a_milestone(store, system)
    draft = a_draft(store, system, data_1=2)
    link, _ = _inside(store, store.links.make(OWNER, system, "view").secret)
    guest = visitor(Visit(link))
    assert store.responses.of(guest, milestone.id)
    with pytest.raises(Forbidden, match="This link"):
        store.responses.of(guest, draft.id)


def test_a_token_opens_until_it_is_revoked_and_remembers_its_last_use(store: Store) -> None:
    workspace = the_workspace(store).id
    made = store.tokens.make(OWNER, workspace, "CI", "read", expires_at=START + timedelta(days=30))
    found = store.door.token(made.secret)
    assert found
    assert found.id == made.id
    assert found.last_used_at is None
    store.door.used(found)
    assert store.tokens.of(OWNER, workspace)[0].last_used_at is not None
    assert _later(store, 30).door.token(made.secret) is None
    store.tokens.revoke(OWNER, made.id)
    assert store.door.token(made.secret) is None


def test_an_invited_colleague_is_let_in_with_their_role_and_turned_out_again(store: Store) -> None:
    workspace = the_workspace(store).id
    assert store.door.memberships("ola@example.org", "Ola") == ()
    store.members.invite(OWNER, workspace, " Ola@Example.org ", "editor")
    assert store.door.memberships("OLA@example.org", "Ola") == (Grant("editor", Place(workspace)),)
    member = store.members.all(OWNER, workspace)[0]
    assert (member.email, member.name, member.joined_at is not None) == ("ola@example.org", "Ola", True)
    store.members.change(OWNER, workspace, member.email, "viewer")
    assert store.door.memberships("ola@example.org", "Ola") == (Grant("viewer", Place(workspace)),)
    store.members.remove(OWNER, workspace, member.email)
    assert store.door.memberships("ola@example.org", "Ola") == ()


def test_who_begins_a_workspace_owns_it_and_the_last_owner_stays(store: Store) -> None:
    founder = Actor("Ola", grants=(Grant("founder"),), subject="ola@example.org")
    made = store.workspaces.create(founder, "Ola's")
    assert store.door.memberships("ola@example.org", "Ola") == (Grant("owner", Place(made.id)),)
    ola = Actor("Ola", grants=(Grant("owner", Place(made.id)),), subject="ola@example.org")
    assert [one.name for one in store.workspaces.all(ola)] == ["Ola's"]
    for turn_out in (
        lambda: store.members.remove(ola, made.id, "ola@example.org"),
        lambda: store.members.change(ola, made.id, "ola@example.org", "viewer"),
    ):
        with pytest.raises(LastOwner, match="make somebody else an owner first"):
            turn_out()


def test_who_runs_the_app_owns_its_first_workspace_and_what_nobody_is_a_member_of(store: Store) -> None:
    first, before_sign_in = the_workspace(store).id, store.workspaces.create(OWNER, "Made before").id
    founder = Actor("Ola", grants=(Grant("founder"),), subject="ola@example.org")
    others = store.workspaces.create(founder, "Ola's").id
    store.members.invite(OWNER, first, "ben@example.org", "viewer")
    store.door.take_charge(["Ben@example.org", "olga@example.org"])
    for workspace in (first, before_sign_in):
        members = store.members.all(OWNER, workspace)
        assert [(one.email, one.role) for one in members] == [
            ("ben@example.org", "owner"),
            ("olga@example.org", "owner"),
        ]
    assert [one.email for one in store.members.all(OWNER, others)] == ["ola@example.org"]
    events = store.size().counts["audit_events"]
    store.door.take_charge(["ben@example.org", "olga@example.org"])
    assert store.size().counts["audit_events"] == events, "what is so already is not written down again"
    assert Grant("owner", Place(first)) in store.door.memberships("olga@example.org", "Olga")


def test_who_runs_the_app_sees_no_workspace_of_others_by_that(store: Store) -> None:
    for role in ("founder", "operator"):
        actor = Actor("Otto", grants=(Grant(role),), subject="otto@example.org")
        workspace = the_workspace(store).id
        with pytest.raises(UnknownId):
            store.workspaces.get(actor, workspace)
        if role == "founder":
            assert store.workspaces.all(actor) == store.workspaces.deleted(actor) == []


def test_a_deleted_workspace_is_there_for_its_owners_alone(store: Store) -> None:
    workspace = the_workspace(store).id
    for name, role in (("ola", "owner"), ("eva", "editor")):
        store.members.invite(OWNER, workspace, f"{name}@example.org", role)  # type: ignore[arg-type]
    store.workspaces.delete(OWNER, workspace)
    assert store.door.memberships("eva@example.org", "Eva") == ()
    ola = Actor("Ola", grants=store.door.memberships("ola@example.org", "Ola"), subject="ola@example.org")
    assert [one.id for one in store.workspaces.deleted(ola)] == [workspace]
    assert store.workspaces.undelete(ola, workspace)


def test_a_form_of_ones_own_is_read_answered_and_submitted_by_nobody_else(store: Store, system: str) -> None:
    draft, workspace = a_draft(store, system).id, the_workspace(store).id
    eva, ola = (
        Actor(name, grants=(Grant("owner", Place(workspace)),), subject=f"{name}@example.org")
        for name in ("eva", "ola")
    )
    mine = store.respondents.add(eva, draft, "Eva", myself=True)
    assert mine.subject == "eva@example.org"
    store.responses.save(eva, draft, "data-1", Response.rated(2), respondent=mine.id)
    for others_try in (
        lambda: store.responses.of(ola, draft, mine.id),
        lambda: store.responses.save(ola, draft, "data-1", Response.rated(5), respondent=mine.id),
        lambda: store.respondents.submit(ola, mine.id),
    ):
        with pytest.raises(Forbidden, match="their author's alone"):
            others_try()
    store.respondents.submit(eva, mine.id)
    assert store.responses.of(ola, draft, mine.id)


def test_inviting_twice_and_no_address_are_refused(store: Store) -> None:
    workspace = the_workspace(store).id
    store.members.invite(OWNER, workspace, "ola@example.org", "editor")
    with pytest.raises(NameTaken):
        store.members.invite(OWNER, workspace, "OLA@example.org", "viewer")
    with pytest.raises(TextRefused, match="write it like"):
        store.members.invite(OWNER, workspace, "Ola", "viewer")
    with pytest.raises(ValueRefused):
        store.members.invite(OWNER, workspace, "eva@example.org", "admin")  # type: ignore[arg-type]


def test_what_was_done_through_a_link_or_token_says_so_in_the_trail(store: Store, system: str) -> None:
    draft = a_draft(store, system)
    link, _ = _inside(store, store.links.make(OWNER, system, "respond").secret)
    store.respondents.add(visitor(Visit(link)), draft.id, "Ana")
    event = store.audit.events(OWNER, system=system, limit=1)[0]
    assert (event.event, event.actor, event.role, event.via) == (
        "add-person",
        "A colleague",
        "invited",
        f"link {link.id}",
    )


def _inside(store: Store, secret: str) -> tuple[Link, str]:
    link = store.door.link(secret)
    assert link
    return link, store.door.enter(link)


def _visit(store: Store, link: Link, held: str) -> Visit:
    found = store.door.visit(link.id, held)
    assert found
    return found
