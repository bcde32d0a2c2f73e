import json

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.headers import UPLOADS, BodyLimit, SecurityHeaders, policy
from tests.api.asgi import ask
from ui import scripts

LIMIT = 1000
MEGABYTE = b"x" * 1024 * 1024


async def _reads_all(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _answers_first(_request: Request) -> Response:
    return PlainTextResponse("no", headers={"Referrer-Policy": "same-origin"})


PLAIN = Starlette(routes=[
    Route("/quick", _answers_first), Route("/{path:path}", _reads_all, methods=["GET", "POST", "PUT"])
])  # fmt: skip
GUARDED = SecurityHeaders(PLAIN, ["sha256-x"])
LIMITED = BodyLimit(PLAIN, LIMIT)


def _directives(text: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in text.split("; "))}


def test_every_answer_carries_the_headers() -> None:
    for path in ("/", "/healthz", "/media/x.pdf", "/no-such"):
        headers = ask(GUARDED, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_what_an_answer_says_for_itself_stays() -> None:
    assert ask(GUARDED, "/quick").headers["referrer-policy"] == "same-origin"


def test_no_script_runs_that_is_not_ours() -> None:
    directives = _directives(policy(scripts.hashes()))
    assert "'unsafe-inline'" not in directives["script-src"]
    assert "'unsafe-eval'" not in directives["script-src"]
    hashed = [one for one in directives["script-src"] if one.startswith("'sha256-")]
    assert len(hashed) == len(scripts.OURS) + 1, "ours, and the one of Streamlit's own page"
    assert all("http" not in " ".join(values) and "*" not in values for values in directives.values())


@pytest.mark.parametrize(
    ("scheme", "headers", "told"),
    [("http", {}, False), ("https", {}, True), ("http", {"X-Forwarded-Proto": "https"}, True)],
)
def test_only_who_came_by_https_is_told_to_stay_there(scheme: str, headers: dict[str, str], told: bool) -> None:
    assert ("strict-transport-security" in ask(GUARDED, scheme=scheme, headers=headers).headers) is told


def test_fifty_megabytes_are_refused_without_being_read() -> None:
    said = {"Content-Length": str(50 * len(MEGABYTE))}
    answer = ask(BodyLimit(PLAIN), "/l/x", "POST", said, [MEGABYTE] * 50)
    assert (answer.status, answer.read) == (413, 0)
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == 413


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "5"}, {"Content-Length": "many"}])
def test_fifty_megabytes_that_do_not_say_so_are_read_no_further_than_the_limit(headers: dict[str, str]) -> None:
    answer = ask(BodyLimit(PLAIN), "/", "POST", headers, [MEGABYTE] * 50)
    assert answer.status == 413
    assert answer.read <= 6 * len(MEGABYTE)


def test_what_is_just_small_enough_comes_through() -> None:
    assert ask(LIMITED, "/", "POST", {"Content-Length": str(LIMIT)}, [b"x" * LIMIT]).body == b"1000"
    assert ask(LIMITED, "/", "POST", {}, [b"x" * 600, b"x" * 400]).body == b"1000"
    assert ask(LIMITED, "/", "POST", {}, [b"x" * 600, b"x" * 401]).status == 413


def test_files_have_a_door_and_a_limit_of_their_own() -> None:
    assert ask(LIMITED, f"{UPLOADS}session/file", "PUT", {"Content-Length": "2000"}, [b"x" * 2000]).status == 200
