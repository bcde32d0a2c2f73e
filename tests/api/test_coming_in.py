"""What stands before the pages: an open app answers this machine alone, cookies are for https, failures are told."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.listening import OnlyThisMachine
from api.signing_in import EncryptedCookies, SayWhenItFailed


async def _page(_request: Request) -> Response:
    return Response("drawn")


async def _way_back(request: Request) -> Response:
    """As Streamlit's: to the start, with a cookie when the sign-in is good."""
    response = RedirectResponse("/", status_code=302)
    if request.query_params.get("code") == "good":
        response.set_cookie("_streamlit_user", "signed", httponly=True, samesite="lax")
    else:
        response.delete_cookie("_streamlit_user")
    return response


async def _to_the_service(_request: Request) -> Response:
    return Response("Authentication error", status_code=400)


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("drawn")
    await websocket.close()


def _client(
    address: str = "http://127.0.0.1:8501", is_too_open: bool = False, is_encrypted: bool = False
) -> TestClient:
    routes = [
        Route("/", _page),
        Route("/oauth2callback", _way_back),
        Route("/auth/login", _to_the_service),
        WebSocketRoute("/stream", _socket),
    ]
    middleware = [
        Middleware(OnlyThisMachine, is_too_open=lambda: is_too_open),
        Middleware(EncryptedCookies, is_encrypted=lambda: is_encrypted),
        Middleware(SayWhenItFailed),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware), base_url=address, follow_redirects=False)


@pytest.mark.parametrize("host", ["192.168.1.7", "10.0.0.1", "[fd00::7]", "[::ffff:10.0.0.1]"])
def test_an_open_app_answers_this_machine_alone(host: str) -> None:
    refused = _client(f"http://{host}:8501", is_too_open=True).get("/")
    assert refused.status_code == 403
    assert "CHECKUP_OPEN_TO_ALL=yes" in refused.text
    assert "drawn" not in refused.text
    with (
        pytest.raises(WebSocketDisconnect),
        _client(f"http://{host}:8501", is_too_open=True).websocket_connect(f"ws://{host}:8501/stream"),
    ):
        pass
    assert _client(f"http://{host}:8501", is_too_open=False).get("/").text == "drawn"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_answered(host: str) -> None:
    assert _client(f"http://{host}:8501", is_too_open=True).get("/").text == "drawn"
    with _client(f"http://{host}:8501", is_too_open=True).websocket_connect(f"ws://{host}:8501/stream") as socket:
        assert socket.receive_text() == "drawn"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("?code=good&state=x", "/"),
        ("?code=bad&state=x", "/?sign-in=failed"),
        ("?error=access_denied&error_description=%0d%0aX-Evil:1", "/?sign-in=denied"),
        ("?error=<script>", "/?sign-in=failed"),
        ("", "/"),
    ],
)
def test_a_sign_in_that_came_to_nothing_is_told_to_the_next_page(asked: str, leads_to: str) -> None:
    back = _client().get(f"/oauth2callback{asked}")
    assert back.headers["location"] == leads_to
    assert "x-evil" not in back.headers


def test_a_service_that_cannot_be_reached_leads_back_to_the_door() -> None:
    back = _client().get("/auth/login?provider=x")
    assert (back.status_code, back.headers["location"], back.text) == (302, "/?sign-in=unreachable", "")


def test_cookies_are_for_https_alone_where_people_use_it() -> None:
    encrypted, open_ = (_client(is_encrypted=one).get("/oauth2callback?code=good") for one in (True, False))
    assert encrypted.headers["set-cookie"].endswith("; Secure")
    assert "HttpOnly" in encrypted.headers["set-cookie"]
    assert "Secure" not in open_.headers["set-cookie"]
