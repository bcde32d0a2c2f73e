"""The API and the badge of the real server, beside its pages: what only a real connection shows."""

import http.client
import json
import re
from collections.abc import Iterator, Mapping

import pytest

from data.store import Store
from tests.api.answers import a_file
from tests.e2e.conftest import shared_server
from tests.e2e.server import Server
from tests.e2e.stories import OWNER, a_milestone, a_system, the_workspace

MEGABYTE = 1_000_000


def filled(store: Store) -> Mapping[str, str]:
    system = a_system(store).id
    a_milestone(store, system)
    return {
        "system": system,
        "token": store.tokens.make(OWNER, the_workspace(store), "CI", "write").secret,
        "badge": store.links.make(OWNER, system, "badge").secret,
    }


server = shared_server(filled)
Answer = tuple[http.client.HTTPResponse, bytes]


def ask(server: Server, method: str, path: str, body: str | bytes | Iterator[bytes] | None = None) -> Answer:
    headers = {"Authorization": f"Bearer {server.ids['token']}"}
    headers |= {"Content-Type": "application/yaml"} if body is not None else {}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, body, headers, encode_chunked=isinstance(body, Iterator))
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_programs_are_answered_beside_the_pages(server: Server) -> None:
    system = server.ids["system"]
    made, body = ask(server, "POST", f"/api/v1/systems/{system}/assessments", a_file(4))
    assert (made.status, json.loads(body)["level"]) == (201, 4)
    assert json.loads(ask(server, "GET", str(made.headers["location"]))[1]) == json.loads(body)
    listed, body = ask(server, "GET", "/api/v1/systems")
    assert (listed.status, json.loads(body)["systems"][0]["latest"]["level"]) == (200, 4)
    shown, body = ask(server, "GET", f"/badge/{server.ids['badge']}.svg")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/svg+xml")
    assert b"Level 4" in body
    for head in ("/api/v1/systems", f"/badge/{server.ids['badge']}.svg"):
        answer, body = ask(server, "HEAD", head)
        assert (answer.status, body) == (200, b"")


def test_an_unknown_address_is_a_problem_and_not_a_page(server: Server) -> None:
    for path in ("/api", "/api/", "/api/v1/nothing", "/api/v1/assessments/%20", "/api/v1/systems/%2a/latest"):
        answer, body = ask(server, "GET", path)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json"), path
        assert b"<html" not in body


def test_who_tries_to_climb_out_of_the_addresses_is_turned_away(server: Server) -> None:
    for path in ("/api/v1/systems/..%2f..%2fetc%2fpasswd/latest", "/api/v1/../../etc/passwd", "/badge/..%2f..%2fx.svg"):
        answer, body = ask(server, "GET", path)
        assert answer.status in (400, 404), path
        assert b"root:" not in body
        assert b"Traceback" not in body


@pytest.mark.parametrize(
    "climb", ["/../../", "/..%2f..%2f", "/%2e%2e/%2e%2e/", "/%252e%252e%252f", "/..%5c..%5c", "//"]
)
def test_no_address_leads_to_a_file_outside_of_what_is_served(climb: str, server: Server) -> None:
    for folder in ("", "/static", "/app/static", "/media", "/component/x", "/_stcore", "/l", "/pages"):
        for file in ("app.py", "settings.py", f"{server.folder}/checkup.duckdb", "etc/passwd"):
            answer, body = ask(server, "GET", f"{folder}{climb}{file}")
            assert not [mark for mark in (b"root:", b'"""', b"DUCK") if mark in body[:4096]], (folder, file)
            assert answer.status < 500, (folder, file)


def test_fifty_megabytes_are_refused_and_the_server_goes_on(server: Server) -> None:
    address = f"/api/v1/systems/{server.ids['system']}/assessments"
    for body in (b"#" * 50 * MEGABYTE, iter([b"#" * MEGABYTE] * 50)):
        answer, said = ask(server, "POST", address, body)
        assert (answer.status, json.loads(said)["title"]) == (413, "The answers file is too large")
    assert ask(server, "GET", "/api/v1/systems")[0].status == 200


def test_no_secret_stands_in_the_log(server: Server) -> None:
    ask(server, "GET", f"/badge/{server.ids['badge']}.svg")
    ask(server, "GET", f"/badge/{server.ids['badge']}")
    ask(server, "POST", f"/api/v1/systems/{server.ids['system']}/assessments", "nonsense: yes")
    for secret in (server.ids["badge"], server.ids["token"]):
        assert not re.search(re.escape(secret[-20:]), server.log)
