"""Opening a link: what the address gives to a browser, and what it never tells."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import settings
from api import links
from api.addresses import address_of, is_https
from data.entry import Scope
from data.ids import utc_now
from data.store import Store, as_of, open_store
from settings import Settings
from tests.data.builders import MEMORY, OWNER, a_draft, a_system

PASSPHRASE = "correct horse"


class Clock:
    """A clock that stands still until somebody turns it."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the rate limits."""
    clock = Clock()
    for module in ("limits.storage.memory.time", "api.tries.time"):
        monkeypatch.setattr(module, SimpleNamespace(time=clock.time))
    return clock


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(MEMORY) as opened:
        yield opened


@pytest.fixture
def system(store: Store) -> str:
    return a_system(store).id


@pytest.fixture
def browser(store: Store, clock: Clock) -> TestClient:
    return _browser(store)


def _browser(store: Store, address: str = "203.0.113.5", base: str = "http://checkup.example") -> TestClient:
    app = Starlette(routes=links.routes(lambda: store))
    return TestClient(app, base_url=base, follow_redirects=False, client=(address, 50000))


def _make(store: Store, system: str, scope: Scope = "view", **given: object) -> str:
    return store.links.make(OWNER, system, scope, **given).secret  # type: ignore[arg-type]


def _cookie(browser: TestClient, secret: str) -> SimpleCookie:
    return SimpleCookie(browser.get(f"/l/{secret}").headers["set-cookie"])


@pytest.mark.parametrize(("scope", "page"), [("view", "shared"), ("respond", "respond")])
def test_a_link_gives_a_cookie_and_leads_to_an_address_without_the_secret(
    scope: Scope, page: str, store: Store, system: str, browser: TestClient
) -> None:
    made = store.links.make(OWNER, system, scope)
    answer = browser.get(f"/l/{made.secret}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"../{page}?via={made.id}"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    cookie = SimpleCookie(answer.headers["set-cookie"])[f"checkup-link-{made.id}"]
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert not cookie["secure"]
    assert int(cookie["max-age"]) == 30 * 24 * 3600
    assert made.secret not in f"{answer.headers} {answer.text}"
    assert store.door.visit(made.id, cookie.value)


def test_behind_https_the_cookie_travels_by_https_alone(
    store: Store, system: str, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    secret = _make(store, system)
    assert "Secure" in _browser(store, base="https://checkup.example").get(f"/l/{secret}").headers["set-cookie"]
    monkeypatch.setenv("CHECKUP_PUBLIC_URL", "https://checkup.example")
    monkeypatch.setenv("CHECKUP_OPEN_TO_ALL", "yes")
    assert "Secure" in _browser(store).get(f"/l/{secret}").headers["set-cookie"]


def test_the_cookie_ends_with_the_link(store: Store, system: str, browser: TestClient) -> None:
    secret = _make(store, system, expires_at=utc_now() + timedelta(days=2))
    (cookie,) = _cookie(browser, secret).values()
    assert 0 < 2 * 24 * 3600 - int(cookie["max-age"]) < 60


def test_a_dead_link_does_not_say_why(store: Store, system: str, browser: TestClient) -> None:
    revoked, badge = store.links.make(OWNER, system, "view"), store.links.make(OWNER, system, "badge")
    store.links.revoke(OWNER, revoked.id)
    yesterday = utc_now() - timedelta(days=1)
    over = _make(as_of(store, yesterday - timedelta(days=1)), system, expires_at=yesterday)
    unknown = "x" * len(revoked.secret)
    odd = ("", "short", f"{unknown}/more", f"{unknown}%00", "..%2f..%2fetc%2fpasswd", "'; drop table share_links; --")
    answers = [browser.get(f"/l/{secret}") for secret in (revoked.secret, over, unknown, badge.secret, *odd)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({str(sorted((k, v) for k, v in answer.headers.items() if k != "date")) for answer in answers}) == 1
    assert "set-cookie" not in answers[0].headers
    assert not re.search(r"<script|src=|href=", answers[0].text)


def test_a_passphrase_is_asked_for_on_a_page_that_tells_nothing(store: Store, system: str, browser: TestClient) -> None:
    made = store.links.make(OWNER, system, "view", "<b>For the auditor</b>", passphrase=PASSPHRASE)
    page = browser.get(f"/l/{made.secret}")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    for told in ("Churn", "auditor", made.id, made.secret):
        assert told not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    wrong = browser.post(f"/l/{made.secret}", data={"passphrase": "Correct horse"})
    assert wrong.status_code == 403
    assert "This is not the passphrase" in wrong.text
    assert "Correct horse" not in wrong.text
    right = browser.post(f"/l/{made.secret}", data={"passphrase": PASSPHRASE})
    assert right.status_code == 303
    assert right.headers["location"] == f"../shared?via={made.id}"
    again = browser.get(f"/l/{made.secret}")
    assert again.status_code == 303, "this browser has given it already"


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"", "text/plain"), (b"\xff\x00=%zz", "application/x-www-form-urlencoded"), (b"x" * 100_000, "text/plain")],
    ids=["empty", "garbage", "large"],
)
def test_what_is_no_form_of_ours_is_a_wrong_passphrase(
    body: bytes, kind: str, store: Store, system: str, browser: TestClient
) -> None:
    secret = _make(store, system, passphrase=PASSPHRASE)
    answer = browser.post(f"/l/{secret}", content=body, headers={"content-type": kind})
    assert answer.status_code == 403


def test_passphrases_are_not_to_be_guessed(store: Store, system: str, browser: TestClient, clock: Clock) -> None:
    secret = _make(store, system, passphrase=PASSPHRASE)
    elsewhere = TestClient(browser.app, follow_redirects=False, client=("198.51.100.7", 50000))

    def tries(guess: str, who: TestClient = browser) -> int:
        return who.post(f"/l/{secret}", data={"passphrase": guess}).status_code

    assert [tries(f"guess {count}") for count in range(10)] == [403] * 10
    assert tries(PASSPHRASE) == 429, "the right one tells nothing to somebody who tries them all"
    assert tries(PASSPHRASE, elsewhere) == 429, "from wherever they try"
    answer = browser.post(f"/l/{secret}", data={"passphrase": PASSPHRASE})
    assert int(answer.headers["retry-after"]) == 15 * 60
    assert "Try again in 15 minutes." in answer.text
    clock.now += 15 * 60 + 1
    assert tries(PASSPHRASE) == 303


def test_a_team_that_knows_the_passphrase_is_not_held_up(store: Store, system: str, clock: Clock) -> None:
    secret = _make(store, system, passphrase=PASSPHRASE)
    app = _browser(store).app
    for person in range(15):
        one = TestClient(app, follow_redirects=False, client=(f"198.51.100.{person}", 50000))
        assert one.post(f"/l/{secret}", data={"passphrase": PASSPHRASE}).status_code == 303


def test_who_opens_too_many_links_waits(store: Store, system: str, browser: TestClient, clock: Clock) -> None:
    for count in range(60):
        assert browser.get(f"/l/{count}").status_code == 404
    secret = _make(store, system)
    answer = browser.get(f"/l/{secret}")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert "Try again in 1 minute." in answer.text
    other = TestClient(browser.app, follow_redirects=False, client=("198.51.100.7", 50000))
    assert other.get(f"/l/{secret}").status_code == 303, "others come in meanwhile"
    clock.now += 61
    assert browser.get(f"/l/{secret}").status_code == 303


def test_one_link_is_not_opened_without_end(store: Store, system: str, clock: Clock) -> None:
    secret, other = _make(store, system), _make(store, system)
    app = _browser(store).app

    def opens(secret: str, count: int) -> int:
        one = TestClient(app, follow_redirects=False, client=(f"198.51.{count % 200}.{count // 200}", 50000))
        return one.get(f"/l/{secret}").status_code

    assert [opens(secret, count) for count in range(240)] == [303] * 240
    assert opens(secret, 240) == 429
    assert opens(other, 241) == 303


def test_looking_whether_there_is_something_uses_nothing_up(store: Store, system: str, browser: TestClient) -> None:
    secret = _make(store, system)
    found, none = browser.head(f"/l/{secret}"), browser.head("/l/none")
    assert (found.status_code, dict(found.headers)) == (none.status_code, dict(none.headers))
    assert store.links.of(OWNER, system)[0].used_count == 0


def test_who_opens_the_link_again_goes_on_with_their_form(store: Store, system: str, browser: TestClient) -> None:
    draft, made = a_draft(store, system), store.links.make(OWNER, system, "respond")
    (first,) = _cookie(browser, made.secret).values()
    person = store.respondents.add(OWNER, draft.id, "Ana")
    store.door.introduce(made.id, first.value, person.id)
    (second,) = _cookie(browser, made.secret).values()
    assert second.value != first.value
    visit = store.door.visit(made.id, second.value)
    assert visit
    assert visit.respondent == person.id
    assert store.door.visit(made.id, first.value), "a tab that is open goes on"


def test_a_store_that_is_away_is_told_in_a_sentence(store: Store, system: str, browser: TestClient) -> None:
    secret = _make(store, system)
    store.close()
    answer = browser.get(f"/l/{secret}")
    assert answer.status_code == 503
    assert "can’t be reached" in answer.text
    assert answer.headers["retry-after"]


# Who asks


@pytest.mark.parametrize(
    ("peer", "told", "trusted", "address"),
    [
        ("203.0.113.5", "198.51.100.1", "", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.3", "127.0.0.1, 10.0.0.0/8", "198.51.100.1"),
        ("127.0.0.1", "'; drop table --", "127.0.0.1", "unknown"),
        ("127.0.0.1", "", "127.0.0.1", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", "", "2001:db8:1:2::/64"),
    ],
)
def test_only_a_trusted_proxy_is_believed_about_who_asks(peer: str, told: str, trusted: str, address: str) -> None:
    found = _asks(lambda one: address_of(one, _trusting(trusted)), peer, {"x-forwarded-for": told})
    assert found == address


@pytest.mark.parametrize(("trusted", "secure"), [("", "False"), ("127.0.0.1", "True")])
def test_only_a_trusted_proxy_is_believed_about_https(trusted: str, secure: str) -> None:
    headers = {"x-forwarded-proto": "https"}
    assert _asks(lambda one: str(is_https(one, _trusting(trusted))), "127.0.0.1", headers) == secure


def _trusting(proxies: str) -> tuple[settings.Network, ...]:
    return settings.read({"CHECKUP_TRUSTED_PROXIES": proxies, "CHECKUP_OPEN_TO_ALL": "yes"}).trusted_proxies


def _asks(judge: Callable[..., str], peer: str, headers: dict[str, str]) -> str:
    from starlette.requests import Request

    raw = [(name.encode(), value.encode()) for name, value in headers.items() if value]
    return judge(Request({"type": "http", "client": (peer, 1), "headers": raw, "scheme": "http", "method": "GET",
                          "path": "/", "query_string": b"", "server": ("app", 80)}))  # fmt: skip


# Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHECKUP_PUBLIC_URL", "checkup.example.org"),
        ("CHECKUP_PUBLIC_URL", "ftp://checkup.example.org"),
        ("CHECKUP_PUBLIC_URL", "https://checkup.example.org/?a=b"),
        ("CHECKUP_TRUSTED_PROXIES", "nginx"),
        ("CHECKUP_TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_what_to_set(name: str, value: str) -> None:
    with pytest.raises(settings.SettingsError, match=f"{name} is .* set it to"):
        settings.read({name: value})


def test_what_is_not_set_trusts_nobody() -> None:
    assert settings.read({}) == Settings()
    assert Settings().trusted_proxies == ()
    told = {"CHECKUP_PUBLIC_URL": "https://a.example/x/", "CHECKUP_OPEN_TO_ALL": "yes"}
    assert settings.read(told).public_url == "https://a.example/x"
