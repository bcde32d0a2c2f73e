"""Signing in with a real OpenID provider: the first owner, an invited colleague, a role that changes, and forgeries."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, decode_signed_value

from data.entry import Scope
from data.store import Store
from tests.e2e.conftest import a_profile
from tests.e2e.person import PATIENCE, SIDE_LINK, TRACEBACK, Person
from tests.e2e.provider import SECRET, Provider, a_provider, signs_in_with
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist
from tests.e2e.test_addresses import ADDRESSES
from tests.pages.visitor import FILES

pytestmark = pytest.mark.browser
ITEM = checklist().items[0]
COOKIE = "_streamlit_user"
DOOR = "Find out where your ML systems stand"
PEOPLE = {
    "Olga": {"email": "olga@example.org", "email_verified": True},
    "Vera": {"email": "Vera@Example.org", "email_verified": True},
    "Carl": {"email": "carl@example.org", "email_verified": False},
    "Eve": {"email": "eve@elsewhere.example", "email_verified": True},
    "Finn": {"email": "finn@founders.example"},
}
# A signed token of the provider, and what an address of the way back holds.
TOKEN = re.compile(r"eyJ[\w-]{8,}|(?:code|state|nonce|id_token|access_token)=[\w-]{8,}")
OTHER = "Pricing of the neighbours"
OPENED_BY_LINKS: dict[Scope, str] = {"view": "/shared", "respond": "/respond"}
NewPerson = Callable[[], Person]


def _filled(store: Store) -> dict[str, str]:
    system, other = a_system(store, "Churn model").id, a_system(store, OTHER).id
    a_draft(store, system, all_rated(3))
    links = {scope: store.links.make(OWNER, system, scope).secret for scope in OPENED_BY_LINKS}
    return {"system": system, "other": other, **links}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider(**PEOPLE) as running:
        yield running


@pytest.fixture
def server(provider: Provider, tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.ids = running.with_store(_filled)
    owns = {"CHECKUP_OWNERS": "olga@example.org", "CHECKUP_ALLOWED_DOMAINS": "founders.example"}
    signs_in_with(provider, running, tmp_path, **owns)
    try:
        running.start()
        yield running
    finally:
        running.end()


@pytest.fixture
def somebody(browser: Browser, server: Server) -> Iterator[NewPerson]:
    """Each with a browser profile of their own."""
    with ExitStack() as profiles:
        yield lambda: Person(profiles.enter_context(a_profile(browser)).new_page(), server.address)


def _no_secret_is_logged(server: Server, *browsers: Person) -> None:
    """Neither an address of a person, nor what the provider or a cookie said, in whatever words Streamlit writes."""
    said = [one["value"] for person in browsers for one in person.page.context.cookies() if len(one["value"]) > 20]
    forbidden = [str(claims["email"]).casefold() for claims in PEOPLE.values()] + said
    assert not [one for one in forbidden if one in server.log.casefold() or one in server.log]
    assert not TOKEN.search(server.log), TOKEN.findall(server.log)
    assert SECRET not in server.log


def _sees_the_door(person: Person) -> None:
    expect(person.page.get_by_role("heading", level=1, name=DOOR)).to_be_visible(timeout=PATIENCE)
    expect(person.page.locator(SIDE_LINK)).to_have_count(0)


def _signs_in(person: Person, name: str, address: str = "/") -> None:
    person.page.goto(f"{person.address}{address}")
    _sees_the_door(person)
    _goes_through_the_door(person, name)


def _goes_through_the_door(person: Person, name: str) -> None:
    person.clicks("Sign in")
    person.page.get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(f"{person.address}/**")


def _is_in(person: Person) -> None:
    person.settles()
    expect(person.key("account")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("address", [*ADDRESSES, "/no-such-page"])
def test_a_fresh_server_shows_nothing_but_the_door(address: str, server: Server, somebody: NewPerson) -> None:
    person = somebody()
    person.page.goto(f"{person.address}{address}?system={server.ids['system']}")
    _sees_the_door(person)
    assert "Churn" not in person.reads().replace("Churn model is at", ""), "The example alone may be named."
    person.sees_no_fault()


def test_a_link_opens_its_own_page_and_before_every_other_one_stands_the_door(
    server: Server, somebody: NewPerson
) -> None:
    visitor, via = somebody(), {}
    for scope, page in OPENED_BY_LINKS.items():
        visitor.page.goto(f"{visitor.address}/l/{server.ids[scope]}")
        visitor.page.wait_for_url(f"**{page}?via=*")
        via[page] = visitor.page.url.partition("via=")[2]
        visitor.sees("Churn model")
    # With every pass in hand, and the names of what lies next door.
    for page in (f"/{one}" for one in sorted(FILES)):
        for link in via.values():
            visitor.page.goto(f"{visitor.address}{page}?via={link}&system={server.ids['other']}")
            if link == via.get(page):
                visitor.sees("Churn model")
            elif page in via:
                visitor.sees_title("This link does not work any more")
            else:
                _sees_the_door(visitor)
            assert OTHER not in visitor.page.content(), visitor.page.url
            visitor.sees_no_fault()
    assert TRACEBACK not in server.log


def test_a_team_signs_in_invites_promotes_and_removes(server: Server, somebody: NewPerson) -> None:
    olga, vera = somebody(), somebody()
    system = server.ids["system"]
    # Who was not invited is told so, and what to do.
    _signs_in(vera, "Vera")
    vera.sees_title("Nobody has invited you yet")
    vera.sees("vera@example.org")
    # The first owner comes for a page and gets there.
    _signs_in(olga, "Olga", f"/results?system={system}")
    _is_in(olga)
    olga.page.wait_for_url(f"**/results?system={system}")
    olga.sees("Churn model")
    olga.goes_to("Members")
    olga.sees("olga@example.org")
    olga.types("E-mail address", "vera@example.org")
    olga.clicks("Invite")
    olga.sees("has not signed in yet")
    # As a viewer: everything is there to see, and nothing to change.
    vera.clicks("Look again")
    _is_in(vera)
    vera.opens("/checklist", system=system)
    vera.sees("An editor or owner of the workspace can answer")
    expect(vera.option(ITEM.id, 5).locator("input")).to_be_disabled(timeout=PATIENCE)
    vera.opens("/members")
    assert "Invite somebody" not in vera.reads()
    # Promoted: from the next click on.
    olga.goes_to("Systems")
    olga.goes_to("Members")
    olga.sees("Vera")
    olga.picks_from_menu("member-menu-vera-example-org", "Make an editor")
    olga.sees("is an editor from the next click on")
    vera.goes_to("Systems")
    vera.opens("/checklist", system=system)
    vera.answers(ITEM.id, 5)
    vera.sees_answered(41)
    vera.eventually(lambda: vera.chosen((ITEM,)) == {ITEM.id: 5}, "the answer is chosen")
    # Removed: out at the next click, in the middle of a form.
    olga.picks_from_menu("member-menu-vera-example-org", "Remove")
    olga.sees("is no longer a member")
    vera.answers(ITEM.id, 1)
    vera.sees_title("Nobody has invited you yet")
    second = Person(olga.page.context.new_page(), olga.address)
    second.opens("/checklist", system=system)
    second.eventually(lambda: second.chosen((ITEM,)) == {ITEM.id: 5}, "her last answer as a member is what is stored")
    # And back again: what she had clicked on her open page is hers to save now.
    olga.clicks("Undo")
    # Her name alone stands in the message about her removal as well.
    expect(olga.key("member-menu-vera-example-org")).to_be_visible(timeout=PATIENCE)
    vera.clicks("Look again")
    _is_in(vera)
    for person in (olga, vera):
        person.sees_no_fault()
    server.stop()
    stored = server.with_store(
        lambda store: store.responses.of(OWNER, store.assessments.draft(OWNER, system).id)[ITEM.id]  # type: ignore[union-attr]
    )
    assert (stored.response.rating, stored.author) == (1, "Vera")
    assert TRACEBACK not in server.log


def test_who_may_begin_a_workspace_does_and_sees_no_other(server: Server, somebody: NewPerson) -> None:
    finn = somebody()
    _signs_in(finn, "Finn")
    finn.sees_title("Begin with a workspace")
    finn.types("Name", "Finn & Co")
    finn.clicks("Begin")
    _is_in(finn)
    finn.opens("/settings")
    assert "My workspace" not in finn.reads()
    finn.opens("/results", system=server.ids["system"])
    finn.sees("This system is not here")
    finn.sees_no_fault()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Carl", "has not verified that carl@example.org is yours"),
        ("Eve", "but this address is not a member of any workspace"),
    ],
)
def test_who_is_not_let_in_reads_why(name: str, sentence: str, somebody: NewPerson) -> None:
    person = somebody()
    _signs_in(person, name)
    person.sees(sentence)
    assert "My workspace" not in person.reads()
    person.sees_no_fault()


def test_a_provider_that_is_not_who_it_says_signs_nobody_in(
    provider: Provider, server: Server, somebody: NewPerson
) -> None:
    provider.issuer = "https://accounts.elsewhere.example"
    person = somebody()
    _signs_in(person, "Olga")
    _sees_the_door(person)
    person.sees("The sign-in did not work")
    person.sees_no_fault()
    _no_secret_is_logged(server, person)


def test_who_refuses_at_the_provider_reads_so(server: Server, somebody: NewPerson) -> None:
    person = somebody()
    person.page.goto(person.address)
    _goes_through_the_door(person, "Deny")
    _sees_the_door(person)
    person.sees("refused at the sign-in service")
    _no_secret_is_logged(server, person)


def test_a_provider_that_does_not_answer_is_told(provider: Provider, somebody: NewPerson) -> None:
    provider.is_down = True
    person = somebody()
    person.page.goto(person.address)
    _sees_the_door(person)
    person.clicks("Sign in")
    person.sees("does not answer at the moment")
    _sees_the_door(person)
    provider.is_down = False
    _goes_through_the_door(person, "Olga")
    _is_in(person)


def _with_cookie(page: Page, change: Callable[[str], str]) -> None:
    """The browser's sign-in, changed."""
    found = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    page.context.add_cookies([{**found, "value": change(found["value"])}])  # type: ignore[typeddict-item, list-item]


def _older(value: str) -> str:
    """The same sign-in after its time, signed as the app signs."""
    claims = json.loads(decode_signed_value(SECRET, COOKIE, value) or b"{}")
    return create_signed_value(SECRET, COOKIE, json.dumps({**claims, "exp": int(time.time()) - 1})).decode()


def _of_another_app(value: str) -> str:
    claims = decode_signed_value(SECRET, COOKIE, value) or b""
    return create_signed_value("another-secret-that-somebody-guessed", COOKIE, claims.decode()).decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_older, "Your sign-in has run out"),
        (lambda value: value[:-4] + "AAAA", "could not be read"),
        (lambda value: value[: len(value) // 2], "could not be read"),
        (lambda value: "x", "could not be read"),
        (_of_another_app, "could not be read"),
    ],
    ids=["expired", "tampered", "truncated", "nonsense", "foreign"],
)
def test_a_sign_in_that_does_not_hold_ends_at_the_door(
    change: Callable[[str], str], sentence: str, server: Server, somebody: NewPerson
) -> None:
    olga = somebody()
    _signs_in(olga, "Olga")
    _is_in(olga)
    _with_cookie(olga.page, change)
    olga.page.goto(f"{olga.address}/results?system={server.ids['system']}")
    _sees_the_door(olga)
    olga.sees(sentence)
    olga.sees_no_fault()
    _no_secret_is_logged(server, olga)
    # The way in is open, and leads to where one wanted to go.
    _goes_through_the_door(olga, "Olga")
    olga.page.wait_for_url(f"**/results?system={server.ids['system']}")
    _is_in(olga)


def test_signing_out_leaves_nothing_behind(somebody: NewPerson) -> None:
    olga = somebody()
    _signs_in(olga, "Olga")
    _is_in(olga)
    olga.key("sign-out").get_by_role("button").click()
    olga.page.get_by_role("button", name="End session").click()
    _sees_the_door(olga)
    assert not [one for one in olga.page.context.cookies() if one["name"].startswith(COOKIE)]
    olga.page.goto(f"{olga.address}/settings")
    _sees_the_door(olga)


def test_a_download_is_made_for_who_asks(server: Server, somebody: NewPerson) -> None:
    """Streamlit makes it outside of the session, where nobody is signed in."""
    olga = somebody()
    _signs_in(olga, "Olga")
    _is_in(olga)
    olga.opens("/answers-file", system=server.ids["system"])
    with olga.page.expect_download() as answers:
        olga.clicks("Download the answers file")
    assert "system: Churn model" in Path(answers.value.path()).read_text("utf-8")
    olga.opens("/settings")
    with olga.page.expect_download() as workspace:
        olga.page.get_by_role("button", name="Export as a file").first.click()
    assert Path(workspace.value.path()).read_bytes().startswith(b"PK")
    assert TRACEBACK not in server.log
