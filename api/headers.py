"""What every answer tells the browser not to do: security headers, and how large a question may be."""

from collections.abc import Iterable
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Files come in through Streamlit's own door, which knows their limit and counts as it reads.
UPLOADS = "/_stcore/upload_file/"
# The API takes less than this, and says so in its own words.
WITH_LIMITS_OF_ITS_OWN = "/api/"
LARGEST = 5 * 1024 * 1024
YEAR_S = 31_536_000
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
}


def policy(scripts: Iterable[str]) -> str:
    """The content security policy; `scripts` are the hashes of the scripts that stand within a page.

    Two directives are looser than one would like, both for Streamlit: it writes styles into the page as it draws, and
    what it hears from the server is read by a piece of WebAssembly. A script that somebody writes into a page does not
    run: each must come from here as a file, or be one of those that are known by their hash.
    """
    known = " ".join(f"'{one}'" for one in scripts)
    directives = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {known}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class SecurityHeaders:
    """Puts them on every answer; what an answer has set for itself stays."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str] = ()) -> None:
        self._app = app
        self._headers = {**FIXED, "Content-Security-Policy": policy(scripts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if is_https(scope):
                    headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_S}")
            await send(message)

        await self._app(scope, receive, guarded)


def is_https(scope: Scope) -> bool:
    """Whether the browser came by https, here or at the proxy before."""
    return scope["scheme"] == "https" or Headers(scope=scope).get("x-forwarded-proto", "").lower() == "https"


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Refuses what is too large with 413: by what the question says of itself, else as soon as it was read so far."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith((UPLOADS, WITH_LIMITS_OF_ITS_OWN)):
            await self._app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        if said.isascii() and said.isdigit() and int(said) > self._largest:
            await self._refusal()(scope, receive, send)
            return
        begun = False
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise _TooLarge
            return message

        async def noticed(message: Message) -> None:
            nonlocal begun
            # What the app makes of being interrupted is not what the sender needs to know.
            if begun or taken <= self._largest:
                begun = True
                await send(message)

        with suppress(_TooLarge):
            await self._app(scope, counted, noticed)
        if taken > self._largest and not begun:
            await self._refusal()(scope, receive, send)

    def _refusal(self) -> JSONResponse:
        """As RFC 9457 has it; the connection ends, because the rest of the question is still on its way."""
        problem = {
            "type": "about:blank",
            "title": "Content too large",
            "status": 413,
            "detail": f"At most {self._largest // 1024**2} MB can be sent here.",
        }
        return JSONResponse(problem, 413, {"Connection": "close"}, "application/problem+json")
