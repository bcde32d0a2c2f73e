"""When something fails inside: visitors read a sentence with a number, the log has the same number and the story."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import BrowserContext

from data.store import Store, open_store
from tests.e2e.conftest import NewPerson
from tests.e2e.person import INCIDENT, TRACEBACK, Person
from tests.e2e.server import Server
from tests.e2e.stories import a_system, checklist, examples_of_all_kinds, ratings, stored
from tests.postgres import PASSWORD
from tests.postgres import Server as Postgres

pytestmark = pytest.mark.browser

T = TypeVar("T")
SECTION = checklist().sections[0]
AWAY = "The database does not answer"
# Behind the file's head, which DuckDB reads when it opens, lies what it reads only when somebody asks.
HEAD = 3 * 4096


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Not by `a_server`: here the log is meant to hold a fault."""
    running = Server(tmp_path)
    try:
        running.with_store(examples_of_all_kinds)
        running.start()
        yield running
    finally:
        running.end()


def _damages_the_disk(server: Server) -> None:
    size = server.database.stat().st_size
    with server.database.open("r+b") as file:
        file.seek(HEAD)
        file.write(b"\xff" * (size - HEAD))


def test_a_visitor_of_a_damaged_database_reads_a_sentence_and_never_a_traceback(person: Person, server: Server) -> None:
    _damages_the_disk(server)
    person.page.goto(f"{server.address}/settings")
    main = person.page.get_by_test_id("stMain")
    person.eventually(lambda: bool(main.inner_text().strip()), "the page says something")
    why = f"{INCIDENT}|can’t be reached|file is damaged"
    person.eventually(lambda: bool(re.search(why, main.inner_text())), "the page says why")
    said = main.inner_text()
    assert TRACEBACK not in said
    assert "duckdb" not in said.lower()
    for incident in re.findall(r"number ([0-9a-f]{8})", said):
        assert f"incident {incident}" in server.log


def test_a_postgresql_that_restarts_behind_an_open_page_takes_nothing_with_it(
    context: BrowserContext, tmp_path: Path
) -> None:
    """The page says that it is away, keeps what was clicked and typed meanwhile, and saves it by itself."""
    first, second, *_ = SECTION.items
    with Postgres() as postgres:
        server = Server(tmp_path)
        url = postgres.url(postgres.empty_database())
        server.settings = {"CHECKUP_DATABASE_URL": url}
        try:
            server.start()
            _look(url, a_system)
            person = Person(context.new_page(), server.address)
            person.opens("/checklist")
            person.answers(first.id, 2)
            person.sees_answered(1)
            person.writes_note(second.id, "Typed in the dark")
            postgres.stop()
            person.answers(second.id, 4)
            person.sees(AWAY)
            person.sees("What you typed is kept on this page")
            postgres.start()
            person.no_longer_sees(AWAY)
            person.sees_answered(2)
            assert person.unfolds_note(second.id).input_value() == "Typed in the dark"
            person.opens("/results")
            person.opens("/checklist")
            person.sees_chosen(SECTION.items, {first.id: 2, second.id: 4})
            kept = _look(url, stored)
            assert (ratings(kept), kept[second.id].note) == ({first.id: 2, second.id: 4}, "Typed in the dark")
            person.sees_no_fault()
            assert TRACEBACK not in server.log
            assert PASSWORD not in server.log
        finally:
            server.end()


def _look(url: str, work: Callable[[Store], T]) -> T:
    """Ask the store, beside the process that runs."""
    store = open_store(url)
    try:
        return work(store)
    finally:
        store.close()


def test_unknown_ids_in_the_address_are_told_in_a_sentence(new_person: NewPerson) -> None:
    person = new_person()
    person.opens("/results", system="no-such-system")
    person.sees_title("This system is not here")
    person.sees_no_fault()


def test_a_page_that_does_not_exist_is_told_without_a_fault(person: Person, server: Server) -> None:
    person.page.goto(f"{server.address}/no-such-page")
    person.settles()
    person.sees_no_fault()
    assert TRACEBACK not in server.log


def test_a_server_that_is_gone_leaves_the_page_readable(person: Person, server: Server) -> None:
    person.opens("/results")
    before = person.page.get_by_test_id("stMain").inner_text()
    server.kill()
    person.eventually(
        lambda: person.page.locator('[data-test-connection-state="CONNECTED"]').count() == 0,
        "the page sees that nobody answers",
    )
    assert person.page.get_by_test_id("stMain").inner_text() == before
