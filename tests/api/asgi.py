"""How tests ask an ASGI app without a server: one question, and everything that came back."""

import asyncio
from collections.abc import Awaitable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What came back, and how many bytes of the question were read for it."""

    status: int
    headers: dict[str, str]
    body: bytes
    read: int


async def _all_of(answering: Awaitable[None]) -> None:
    await answering


def ask(
    app: ASGIApp,
    path: str = "/",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: Iterable[bytes] = (),
    client: str = "127.0.0.1",
    scheme: str = "http",
) -> Answer:
    """The answer of the app to somebody at the address `client`, who sends `body` piece by piece."""
    pieces = [*body, b""]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "scheme": scheme, "server": ("127.0.0.1", 80), "client": (client, 1), "http_version": "1.1",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
    }  # fmt: skip
    sent: list[Message] = []
    read = 0

    async def receive() -> Message:
        nonlocal read
        piece = pieces.pop(0)
        read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    # A thread of its own: where a browser is at work in this process, this one has an event loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_all_of(app(scope, receive, send)))).result()
    begun = sent[0]
    told = {name.decode(): value.decode() for name, value in begun["headers"]}
    return Answer(begun["status"], told, b"".join(message.get("body", b"") for message in sent[1:]), read)
