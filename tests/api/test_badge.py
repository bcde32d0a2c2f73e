"""The live badge: level and day through a link of its own, a plain picture for every other link."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from api import badge
from api.pace import Pace
from data.errors import DiskFull, StoreStopped
from data.model import Standing
from data.store import Store, as_of
from palette import LEVELS_LIGHT, contrast
from tests.api.answers import problem
from tests.api.conftest import a_client
from tests.e2e.stories import OWNER, a_draft, a_milestone, all_rated, by_area, checklist
from tests.pages.builders import JUNE, NOW

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def secret(store: Store, system: str) -> str:
    return store.links.make(OWNER, system, "badge", "README").secret


def test_a_badge_shows_level_and_day_in_the_levels_colour(
    store: Store, system: str, secret: str, stranger: TestClient
) -> None:
    a_milestone(as_of(store, JUNE), system, "Secret name", by_area(data=4, development=4, monitoring=4, governance=1))
    answer = stranger.get(f"/badge/{secret}.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert _words(answer.text) == ["MLOps maturity", "Level 2, Basic · 2 Jun 2026"]
    assert LEVELS_LIGHT[1] in answer.text
    for hidden in ("Churn", "Secret name", secret, system):
        assert hidden not in answer.text


def test_it_follows_the_newest_milestone_and_not_the_draft(
    store: Store, system: str, secret: str, stranger: TestClient
) -> None:
    assert "no level yet" in stranger.get(f"/badge/{secret}.svg").text
    a_milestone(store, system, "First", all_rated(2))
    first = stranger.get(f"/badge/{secret}.svg")
    a_draft(store, system, all_rated(5))
    assert stranger.get(f"/badge/{secret}.svg").text == first.text
    assert "Level 2" in first.text
    a_milestone(store, system, "Second", all_rated(4))
    second = stranger.get(f"/badge/{secret}.svg")
    assert "Level 4, Advanced" in second.text
    assert first.headers["etag"] != second.headers["etag"]


def test_a_health_check_alone_is_no_level(store: Store, system: str, secret: str, stranger: TestClient) -> None:
    draft = a_draft(store, system)
    for question in checklist().health:
        store.responses.save_health(OWNER, draft.id, question.id, "yes")
    store.milestones.make(OWNER, draft.id, "Health only", checklist())
    assert "no level yet" in stranger.get(f"/badge/{secret}.svg").text


def test_unknown_revoked_expired_and_other_links_show_one_and_the_same_picture(
    store: Store, system: str, secret: str, stranger: TestClient
) -> None:
    a_milestone(store, system)
    expired = as_of(store, NOW - timedelta(days=9)).links.make(OWNER, system, "badge", expires_at=NOW).secret
    others = [store.links.make(OWNER, system, scope).secret for scope in ("view", "respond")]
    revoked = store.links.make(OWNER, system, "badge")
    store.links.revoke(OWNER, revoked.id)
    strange = ["x" * 43, "x", "", "%00" * 43, "..%2f..%2fetc%2fpasswd", "' or 1=1 --", "é" * 43, "x" * 5000]
    answers = [stranger.get(f"/badge/{one}.svg") for one in (expired, *others, revoked.secret, *strange)]
    assert {one.status_code for one in answers} == {200}
    assert len({one.text for one in answers}) == 1
    assert _words(answers[0].text) == ["MLOps maturity", "unknown"]
    store.systems.delete(OWNER, system)
    assert stranger.get(f"/badge/{secret}.svg").text == answers[0].text


def test_a_link_of_a_badge_opens_nothing_else(store: Store, system: str, secret: str) -> None:
    a_milestone(store, system)
    caller = a_client(store, secret)
    for address in ("systems", f"systems/{system}/latest"):
        problem(caller.get(f"/api/v1/{address}"), 401, "no-token")


def test_nobody_keeps_it_longer_than_five_minutes(store: Store, system: str, secret: str, stranger: TestClient) -> None:
    a_milestone(store, system)
    for name in (secret, "unknown"):
        kept = stranger.get(f"/badge/{name}.svg").headers["cache-control"]
        seconds = re.search(r"max-age=(\d+)", kept)
        assert seconds
        assert 0 < int(seconds[1]) <= 300


def test_who_holds_it_already_is_told_so(store: Store, system: str, secret: str, stranger: TestClient) -> None:
    a_milestone(store, system)
    address = f"/badge/{secret}.svg"
    tag = stranger.get(address).headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}'):
        again = stranger.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert stranger.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = stranger.head(address)
    assert (head.status_code, head.headers["etag"]) == (200, tag)


def test_uses_are_counted_at_most_once_a_minute(store: Store, system: str, secret: str, stranger: TestClient) -> None:
    for _ in range(3):
        stranger.get(f"/badge/{secret}.svg")
    assert store.links.of(OWNER, system)[0].used_count == 1


def test_a_full_disk_or_a_store_that_is_away(
    store: Store, system: str, secret: str, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_milestone(store, system)

    def fail(error: Exception) -> object:
        def work(*_: object) -> object:
            raise error

        return work

    monkeypatch.setattr(store._desk.engine, "write", fail(DiskFull("No space.")))
    assert "Level 3" in stranger.get(f"/badge/{secret}.svg").text
    monkeypatch.setattr(store._desk.engine, "read", fail(StoreStopped("/srv/place")))
    away = stranger.get(f"/badge/{secret}.svg")
    assert (away.status_code, away.headers["cache-control"]) == (503, "no-store")
    assert _words(away.text)[1] == "not available"
    assert "/srv" not in away.text


def test_other_methods_and_addresses_are_problems(store: Store, secret: str, stranger: TestClient) -> None:
    problem(stranger.post(f"/badge/{secret}.svg"), 405, "method-not-allowed")
    problem(stranger.get(f"/badge/{secret}"), 404, "not-found")
    caller = a_client(store, pace=Pace(badges_per_address=1))
    assert [caller.get("/badge/x.svg").status_code for _ in range(2)] == [200, 429]


# The drawing

EVERY = [badge.drawn(Standing(level, datetime(2026, 12, 28, tzinfo=NOW.tzinfo))) for level in range(1, 6)]
EVERY += [badge.drawn(None), badge.unknown("unknown"), badge.unknown("not available")]


@pytest.mark.parametrize("picture", EVERY)
def test_every_badge_reads_well_and_says_what_it_shows(picture: str) -> None:
    root = ElementTree.fromstring(picture)  # noqa: S314  (our own drawing)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert root.get("role") == "img"
    assert root.get("aria-label") == title.text
    fields = root.findall(f"{SVG}g/{SVG}rect")
    texts = root.findall(f"{SVG}g/{SVG}text")
    for field, text in zip(fields, texts, strict=True):
        assert contrast(str(field.get("fill")), str(text.get("fill"))) >= 4.5
        left, right = int(field.get("x", 0)), int(field.get("x", 0)) + int(str(field.get("width")))
        begin = int(str(text.get("x")))
        assert left < begin
        assert begin + int(str(text.get("textLength"))) < right <= int(str(root.get("width"))), "no text is clipped"


def test_a_badge_needs_nothing_from_elsewhere() -> None:
    for picture in EVERY:
        assert "href" not in picture
        assert "script" not in picture
        assert "url(" not in picture.replace("url(#edge)", "")


def _words(picture: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314  (ours)
