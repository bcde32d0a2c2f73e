"""Two processes behind nginx on one PostgreSQL: one is killed in the middle of answering, and nothing is lost."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from data.migrate import migrations
from tests.e2e.conftest import LAPTOP
from tests.e2e.person import PATIENCE, TRACEBACK, Person
from tests.e2e.replicas import COOKIE, Replica, Site
from tests.e2e.stories import OWNER, a_draft, a_system, all_rated, checklist, ratings, stored
from tests.postgres import Server

pytestmark = pytest.mark.browser

SECTION = checklist().sections[0]
ITEM, OTHER = SECTION.items[0], SECTION.items[2]
SECRET = "Zq8-3vKx_W0rdThatOpensEverything0123456789a"
WAYS_TO_WRITE_IT = ("/l/", "//l/", "/%6c/", "/L/", "/l/more/", "/badge/", "/badge//", "/x/../badge/")


@pytest.fixture
def site(tmp_path: Path, postgres: Server) -> Iterator[Site]:
    site = Site(tmp_path, postgres)
    try:
        site.start()
        yield site
    finally:
        site.end()
    for replica in site.replicas:
        assert TRACEBACK not in replica.log, f"A process has logged a fault:\n{replica.log}"


def _person(site: Site, context: BrowserContext, at: Replica | None = None) -> Person:
    """Somebody with a browser of their own; `at` is the process that serves them."""
    if at is not None:
        context.add_cookies([{"name": COOKIE, "value": str(at.port), "url": site.address}])
    return Person(context.new_page(), site.address)


def _serves(site: Site, context: BrowserContext) -> Replica:
    """The process that the browser's websocket has reached."""
    return site.replica(next(one["value"] for one in context.cookies() if one["name"] == COOKIE))


def test_answering_goes_on_with_the_other_process_when_one_is_killed(site: Site, context: BrowserContext) -> None:
    site.look(a_system)
    person = _person(site, context)
    person.opens("/checklist")
    first, second, third, *_ = items = SECTION.items
    person.answers(first.id, 2)
    person.sees_answered(1)
    killed = _serves(site, context)
    with person.page.expect_websocket(timeout=PATIENCE):
        person.answers(second.id, 4)
        killed.kill()
    person.settles()
    person.eventually(lambda: person.chosen(items).get(first.id) == 2, "what was saved is shown")
    assert _serves(site, context) is not killed
    assert site.look(stored)[first.id].rating == 2
    person.answers(third.id, 5)
    person.eventually(lambda: ratings(site.look(stored)).get(third.id) == 5, "the next answer is saved")
    person.eventually(lambda: person.answered() == len(person.chosen(items)), "the count says what the form shows")
    assert ratings(site.look(stored)) == person.chosen(items)
    # It was on its way when the process ended: it may have come through, but never as something else.
    assert person.chosen(items) | {second.id: 4} == {first.id: 2, second.id: 4, third.id: 5}
    person.sees_no_fault()


def test_who_was_taken_over_stays_where_their_page_is(site: Site, context: BrowserContext, tmp_path: Path) -> None:
    """A file waits in the process that made it, so the one that comes back must not be asked for it."""
    site.look(lambda store: a_draft(store, a_system(store).id, all_rated()))
    person = _person(site, context)
    person.opens("/report")
    killed = _serves(site, context)
    with person.page.expect_websocket(timeout=PATIENCE):
        killed.kill()
    person.settles()
    # Streamlit draws nothing anew by itself when it has found a server again; the next click does.
    person.goes_to("Results")
    person.goes_to("Report")
    killed.start()
    with person.page.expect_download(timeout=PATIENCE) as download:
        person.key("download-pdf").get_by_role("button").click()
    target = tmp_path / "report.pdf"
    download.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert _serves(site, context) is not killed


def test_two_people_at_two_processes_who_change_one_answer_decide_in_a_dialog(
    site: Site, context: BrowserContext, browser: Browser
) -> None:
    site.look(a_system)
    elsewhere = browser.new_context(viewport=LAPTOP)
    first, second = _person(site, context, site.replicas[0]), _person(site, elsewhere, site.replicas[1])
    second.meets_a_change_of(first, ITEM, OTHER)
    assert [_serves(site, context), _serves(site, elsewhere)] == site.replicas
    assert ratings(site.look(stored)) == {ITEM.id: 2, OTHER.id: 5}
    second.clicks("Save my choice")
    second.sees_chosen(SECTION.items, {ITEM.id: 4, OTHER.id: 5})
    assert ratings(site.look(stored)) == {ITEM.id: 4, OTHER.id: 5}
    elsewhere.close()


def test_both_processes_bring_a_new_database_up_to_date_at_once(site: Site, postgres: Server) -> None:
    taken = postgres.admin("select number from schema_migrations order by number", database="checkup")
    assert [number for (number,) in taken] == [step.number for step in migrations()]
    assert len(site.look(lambda store: store.workspaces.all(OWNER))) == 1
    owners = postgres.admin("select distinct tableowner from pg_tables where schemaname = 'public'", database="checkup")
    assert owners == [("checkup_owner",)]


def test_nginx_writes_no_secret_into_any_log(site: Site) -> None:
    asked = [f"{way}{SECRET}{end}" for way in WAYS_TO_WRITE_IT for end in ("", ".svg?size=2", "/")]
    asked += [f"/oauth2callback?code={SECRET}&state={SECRET}"]
    statuses = {_get(site, path)[0] for path in asked}
    assert 503 not in statuses
    for replica in site.replicas:
        replica.kill()
    for path in asked:
        status, body = _get(site, path)
        assert (status, "Back in a moment" in body) == (503, True)
    assert SECRET not in site.nginx_logs
    assert site.nginx_logs.count("***") >= 2 * len(asked) - 2


def test_a_share_link_opens_through_nginx_and_is_in_no_log(site: Site, context: BrowserContext) -> None:
    link = site.look(lambda store: store.links.make(OWNER, a_draft(store, a_system(store).id).system, "view"))
    person = _person(site, context)
    person.page.goto(f"{site.address}/l/{link.secret}")
    person.sees("Churn model")
    assert link.secret not in person.page.url
    assert f"via={link.id}" in person.page.url
    served = _serves(site, context)
    with person.page.expect_websocket(timeout=PATIENCE):
        served.kill()
    person.page.reload()
    person.sees("Churn model")
    assert link.secret not in site.nginx_logs
    assert not [replica for replica in site.replicas if link.secret in replica.log]


def test_nginx_says_in_words_that_nobody_is_there_and_what_is_too_large(site: Site) -> None:
    status, body = _get(site, "/api/v1/systems", method="POST", body=b"x" * 2_500_000)
    assert (status, '"status": 413' in body) == (413, True)
    assert _get(site, "/metrics")[0] == 404
    assert _get(site, "/healthz") == (200, '{"status":"ok"}')
    for replica in site.replicas:
        replica.kill()
    assert '"status": 503' in _get(site, "/api/v1/systems")[1]
    assert _get(site, "/healthz")[0] == 503


def _get(site: Site, path: str, method: str = "GET", body: bytes | None = None) -> tuple[int, str]:
    """Status and text; the path goes out as it is written here."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.putrequest(method, path)
        connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
