"""One address of the API: which methods it takes, and problem JSON for whatever goes wrong."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.problems import Problem, problem_of

Handler = Callable[[Request], Awaitable[Response]]
# A megabyte goes through the slowest line in this time; whoever drips it is let go.
BODY_WITHIN_S = 30


class Endpoint:
    """An ASGI app for one address: a handler for each method, or one for ANY. HEAD is answered where GET is."""

    def __init__(self, **handlers: Handler) -> None:
        self._handlers = handlers | ({"HEAD": handlers["GET"]} if "GET" in handlers else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            handler = self._handlers.get(request.method) or self._handlers.get("ANY")
            if handler is None:
                raise self._wrong_method(request.method)
            return await handler(request)
        except Exception as error:
            # Whatever it is, the sender gets an answer that says so.
            return problem_of(error).response()

    def _wrong_method(self, method: str) -> Problem:
        allowed = ", ".join(sorted(self._handlers))
        return Problem("method-not-allowed", f"This address takes {allowed}, not {method[:20]}.", {"Allow": allowed})


async def read_body(request: Request, limit: int) -> bytes:
    """The body, read no further than `limit` bytes; a `Problem` for a longer or a slow one."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > limit:
        raise too_large(limit)
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            return await _joined(request.stream(), limit)
    except TimeoutError:
        raise Problem("too-slow", f"The body did not arrive within {BODY_WITHIN_S} seconds; send it again.") from None


async def _joined(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def too_large(limit: int) -> Problem:
    return Problem("too-large", f"An answers file has at most {limit // 1_000_000} MB; this one is larger.")
