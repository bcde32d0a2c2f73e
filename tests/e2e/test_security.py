"""Every page under the content security policy: a browser finds no breach, and no script of a stranger runs."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from api.headers import UPLOADS
from data.store import Store
from tests.e2e.conftest import shared_server
from tests.e2e.person import Person
from tests.e2e.server import Server
from tests.e2e.stories import examples_of_all_kinds
from tests.pages.visitor import FILES

pytestmark = pytest.mark.browser

TELL = """document.addEventListener("securitypolicyviolation",
    breach => console.error(`breach of ${breach.violatedDirective}: ${breach.blockedURI}`));"""
# Those of visitors have no frame; test_links opens them under the same policy.
PAGES = sorted({"/" if page == "home" else f"/{page}" for page in FILES} - {"/shared", "/respond"})


def _fill(store: Store) -> dict[str, str]:
    first, *_, last = examples_of_all_kinds(store)
    return {"first": first, "answered": last}


server = shared_server(_fill)


@pytest.fixture
def breaches(context: BrowserContext) -> Iterator[list[str]]:
    """Whatever the browser refuses while a test goes on; at its end that has to be nothing."""
    found: list[str] = []
    context.add_init_script(TELL)
    context.on("console", lambda said: found.append(said.text) if "breach" in said.text else None)
    yield found
    assert not found


def test_no_page_breaks_the_policy(person: Person, ids: Mapping[str, str], breaches: list[str]) -> None:
    charts = 0
    for page in PAGES:
        person.opens(page, system=ids["answered" if page in ("/people", "/meeting") else "first"])
        person.sees_no_fault()
        assert not breaches, page
        charts += person.page.locator('[data-testid="stVegaLiteChart"]').count()
    assert charts, "no page showed a chart"


def test_files_go_out_and_come_in(person: Person, ids: Mapping[str, str], breaches: list[str], tmp_path: Path) -> None:
    person.opens("/audit", system=ids["first"])
    with person.page.expect_download() as download:
        person.key("download-audit").get_by_role("button").click()
    assert download.value.suggested_filename.endswith(".csv")
    person.opens("/answers-file", system=ids["answered"])
    with person.page.expect_download() as answers:
        person.key("download-answers").get_by_role("button").click()
    file = tmp_path / "answers.yaml"
    answers.value.save_as(file)
    # Streamlit's own protection against forged requests has to let this through.
    with person.page.expect_response(lambda answer: UPLOADS in answer.url and answer.request.method == "PUT") as sent:
        person.page.locator('input[type="file"]').first.set_input_files(file)
    assert sent.value.ok
    person.settles()
    person.sees_no_fault()


def test_a_script_of_ours_runs_and_one_of_a_stranger_does_not(person: Person, ids: Mapping[str, str]) -> None:
    person.opens("/checklist", system=ids["answered"])
    person.clicks_next()
    person.settles()
    person.eventually(
        lambda: person.page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0, "the page is at its top"
    )
    ran = person.page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "window.ran = true";
        document.body.append(script); return window.ran === true; }"""
    )
    assert not ran


def test_nobody_is_told_where_a_visitor_comes_from(server: Server) -> None:
    for path in ("/", "/results", "/healthz", "/static/no-such.js", "/_stcore/health"):
        try:
            answer = urllib.request.urlopen(f"{server.address}{path}")
        except urllib.error.HTTPError as refused:
            answer = refused
        assert answer.headers["Referrer-Policy"] == "no-referrer", path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path


def test_what_was_counted_has_no_names_and_is_for_the_neighbour(server: Server, person: Person) -> None:
    person.opens("/results")
    with urllib.request.urlopen(f"{server.address}/metrics") as answer:
        told = answer.read().decode()
    assert re.search(r'checkup_rerun_seconds_count\{part="page"\} [1-9]', told)
    assert re.search(r"checkup_open_sessions [1-9]", told)
    assert "Churn" not in told
    asked = urllib.request.Request(f"{server.address}/metrics", headers={"X-Forwarded-For": "10.0.0.7"})
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(asked)
