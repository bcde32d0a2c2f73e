"""What the app counts, for Prometheus: `GET /metrics`, and who may read it."""

import hmac
import ipaddress
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import meters
from api.health import FRESH

# Addresses by their first part; what is not here is a page. So no label holds what somebody typed.
ROUTES = ("healthz", "metrics", "badge", "l", "api", "media", "static", "component", "_stcore")
# Streamlit counts for itself, and would tell everybody.
GUARDED = ("/metrics", "/_stcore/metrics")
# Put there by a proxy: then the neighbour on this machine asks for somebody else.
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def routes() -> list[Route]:
    """The route of the metrics; `Metrics` stands before it."""

    async def metrics(_request: Request) -> Response:
        return Response(await run_in_threadpool(meters.text), media_type=meters.MIME, headers=FRESH)

    return [Route("/metrics", metrics)]


class Metrics:
    """Counts every request, and lets only whoever runs the app read what was counted.

    Without a token that is somebody on this machine who asks directly, not through a proxy; with one it is whoever
    sends it, from wherever. To everybody else the page is not there.
    """

    def __init__(self, app: ASGIApp, token: Callable[[], str] = str) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].rstrip("/")

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                meters.REQUESTS.labels(route_of(path), message["status"]).inc()
            await send(message)

        if path in GUARDED and not self._may_read(HTTPConnection(scope)):
            await PlainTextResponse("Not found", 404, FRESH)(scope, receive, counted)
            return
        await self._app(scope, receive, counted)

    def _may_read(self, asked: HTTPConnection) -> bool:
        if token := self._token():
            sent = asked.headers.get("authorization", "").encode()
            return hmac.compare_digest(sent, f"Bearer {token}".encode())
        return _is_neighbour(asked) and not any(name in asked.headers for name in PASSED_ON)


def route_of(path: str) -> str:
    """The kind of address: "/badge" for every badge, "page" for every page."""
    first = path.strip("/").partition("/")[0]
    return f"/{first}" if first in ROUTES else "page"


def _is_neighbour(asked: HTTPConnection) -> bool:
    try:
        return asked.client is not None and ipaddress.ip_address(asked.client.host).is_loopback
    except ValueError:
        return False
