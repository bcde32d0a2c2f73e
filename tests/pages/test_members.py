"""The door, the members page, and the form of who answers alone: what each may see and change, without a browser."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from scoring.model import Response
from tests.e2e.stories import OWNER, a_draft, a_system, checklist, the_workspace
from tests.pages.accounts import RUNS_IT, as_member, people_sign_in, signed_in
from tests.pages.builders import NOW
from tests.pages.states import Address, two_milestones_and_a_draft, two_workspaces
from tests.pages.visitor import FILES, Visit, clicks, opens, text_of, turns_to, unbroken

DOOR = "Find out where your ML systems stand, and what to fix first."
ITEM = checklist().items[0].id
# The other two belong to who comes through a link, and know no accounts.
PAGES = [page for page in FILES if page not in ("shared", "respond")]


def _said(app: AppTest) -> str:
    """The text of a page whose warnings are labels, where each sign of Markdown is escaped."""
    return text_of(app).replace("\\", "")


def _labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button if not button.disabled}


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_sees_the_door_alone(page: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    address = two_milestones_and_a_draft(store)
    people_sign_in(monkeypatch)
    app = opens(page, **address)
    assert DOOR in text_of(app)
    assert _labels(app) == {"Sign in"}
    assert not app.page_link


@pytest.mark.parametrize("page", PAGES)
def test_who_belongs_nowhere_is_told_what_to_do(page: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    address = two_milestones_and_a_draft(store)
    signed_in(monkeypatch, "eve@example.org", "Eve")
    app = opens(page, **address)
    assert "Nobody has invited you yet" in text_of(app)
    assert "eve@example.org" in text_of(app)
    assert not app.page_link


def test_a_sign_in_ends_in_the_middle_of_a_session(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, exp=(NOW + timedelta(seconds=90)).timestamp())
    app = visit("settings")
    assert "Your sign-in ends at 09:01." in text_of(app)
    signed_in(monkeypatch, exp=NOW.timestamp())
    assert "Your sign-in has run out" in _said(app.run())


def test_whoever_runs_the_app_owns_what_was_there_before(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = two_workspaces(store)
    signed_in(monkeypatch)
    assert "Elsewhere" in text_of(visit("results", **address))
    for workspace in store.workspaces.all(OWNER):
        assert [(one.email, one.role) for one in store.members.all(OWNER, workspace.id)] == [(RUNS_IT, "owner")]


def test_an_owner_invites_changes_and_removes_and_takes_it_back(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch)
    app = visit("members")
    app.text_input("invite-email").set_value("Vera@example.org")
    app.selectbox("invite-role").set_value("viewer")
    said = text_of(clicks(app, "Invite"))
    assert "vera@example.org" in said
    assert "has not signed in yet" in said
    app.text_input("invite-email").set_value("vera@example.org")
    assert "is a member or invited already" in _said(clicks(app, "Invite"))
    app.text_input("invite-email").set_value("nonsense")
    assert "write it like name@example.org" in _said(clicks(app, "Invite"))
    assert [one.email for one in store.members.all(OWNER, the_workspace(store))] == [RUNS_IT, "vera@example.org"]


def test_without_sign_in_the_members_page_says_how(visit: Visit) -> None:
    app = visit("members")
    assert "set up sign-in" in text_of(app)
    assert "Members" not in {link.label for link in app.page_link}


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_owners_decide_who_is_a_member(
    role: str, store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_member(monkeypatch, store, role)  # type: ignore[arg-type]
    app = visit("members")
    assert "An owner of the workspace invites others" in text_of(app)
    assert _labels(app) == {"Sign out"}


def _rich(store: Store) -> Address:
    """A system in which every page has something to do: milestones, a draft, people who disagree, a file, fixes."""
    address = two_milestones_and_a_draft(store)
    draft = store.assessments.draft(OWNER, address["system"])
    assert draft
    for name, rating in (("Ana", 1), ("Ben", 5), ("Cleo", 3)):
        person = store.respondents.add(OWNER, draft.id, name).id
        store.responses.save(OWNER, draft.id, ITEM, Response.rated(rating), respondent=person)
        if name != "Cleo":
            store.respondents.submit(OWNER, person)
    return {"system": address["system"]}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_viewer_is_offered_is_never_refused_and_changes_nothing(
    page: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _rich(store)
    as_member(monkeypatch, store, "viewer")
    app = opens(page, **address)
    workspace = the_workspace(store)
    before = store.transfer.dump(OWNER, workspace)
    keys = [one.key for one in app.button if not one.disabled and one.key not in ("sign-out", None)]
    for key in keys:
        turns_to(app, page, **address)
        # What was clicked before may have left this one nothing to do, such as to move up what stands first by now.
        if any(one.key == key and not one.disabled for one in app.button):
            unbroken(app.button(key).click().run())
            assert "may not" not in text_of(app), f"“{key}” is offered on {page}, and refused"
    assert store.transfer.dump(OWNER, workspace) == before


@pytest.mark.parametrize("page", PAGES)
def test_every_page_serves_an_editor(page: str, store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    address = _rich(store)
    as_member(monkeypatch, store, "editor")
    said = text_of(visit(page, **address))
    assert "may not" not in said
    assert "You may look at everything here" not in said
    assert "Editor of “My workspace”" in said


@pytest.mark.parametrize("page", ["health-check", "checklist", "people", "results", "history", "answers-file", "home"])
def test_a_viewer_of_an_empty_system_is_told_who_can_begin(
    page: str, store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = a_system(store).id
    as_member(monkeypatch, store, "viewer")
    text_of(visit(page, system=system))
    assert store.assessments.draft(OWNER, system) is None


def test_a_role_that_is_taken_away_holds_from_the_next_click(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _rich(store)
    as_member(monkeypatch, store, "editor")
    app = visit("checklist", **address)
    assert not app.radio(f"answer-{ITEM}").disabled
    store.members.change(OWNER, the_workspace(store), "editor@example.org", "viewer")
    app.radio(f"answer-{ITEM}").set_value(4)
    said = _said(app.run())
    assert "Not saved: A viewer may not change answers" in said
    draft = store.assessments.draft(OWNER, address["system"])
    assert draft
    assert store.responses.of(OWNER, draft.id)[ITEM].response.rating == 1


def test_a_member_answers_alone_and_nobody_else_reads_it(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = a_system(store).id
    draft = a_draft(store, system)
    as_member(monkeypatch, store, "editor")
    clicks(visit("people", system=system), "Answer for myself")
    mine = store.respondents.all(OWNER, draft.id)[0]
    assert (mine.name, mine.subject) == ("Editor", "editor@example.org")
    form = visit("checklist", system=system, respondent=mine.id)
    form.radio(f"answer-{ITEM}").set_value(4).run()
    again = visit("people", system=system)
    assert "Answer for myself" not in _labels(again)
    assert "Go on with my answers" in text_of(again)
    as_member(monkeypatch, store, "owner")
    assert "answers alone" in text_of(visit("people", system=system))
    said = text_of(visit("checklist", system=system, respondent=mine.id))
    assert "These answers are their author’s alone until they submit them" in said
