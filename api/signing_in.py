"""Where Streamlit's own sign-in is completed: cookies for https alone, and a word where a sign-in came to nothing."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CALLBACK = "/oauth2callback"
COOKIE = "_streamlit_user="
# What the address says then, and what for; only these words, never what the sign-in service has written.
PARAMETER, DENIED, FAILED, UNREACHABLE = "sign-in", "denied", "failed", "unreachable"
LOGIN = "/auth/login"


class EncryptedCookies:
    """Let browsers send the app's cookies over https alone, where that is how people open it."""

    def __init__(self, app: ASGIApp, is_encrypted: Callable[[], bool]) -> None:
        self._app, self._is_encrypted = app, is_encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start" and self._is_encrypted():
                message["headers"] = [_secure(name, value) for name, value in message["headers"]]
            await send(message)

        await self._app(scope, receive, secured if scope["type"] == "http" else send)


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_open else value


class SayWhenItFailed:
    """Add `?sign-in=failed` (or `denied`) to where the way back from the sign-in service ends without a sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith(LOGIN):
            await self._to_the_service(scope, receive, send)
            return
        asked = scope.get("query_string", b"").decode("latin-1")
        # Signing out leads over this address too, and brings nothing with it.
        if scope["type"] != "http" or not scope["path"].endswith(CALLBACK) or not asked:
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (302, 303, 307):
                headers = MutableHeaders(scope=message)
                if not any(_signs_in(one) for one in headers.getlist("set-cookie")):
                    why = DENIED if "error=access_denied" in asked else FAILED
                    headers["location"] = f"{headers['location']}?{PARAMETER}={why}"
            await send(message)

        await self._app(scope, receive, told)

    async def _to_the_service(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The way to the sign-in service; where it does not answer, back to the page that people came from."""
        failed = False

        async def told(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start" and message["status"] >= 400:
                failed = True
                start = scope["path"].removesuffix(LOGIN)
                await RedirectResponse(f"{start}/?{PARAMETER}={UNREACHABLE}", 302)(scope, receive, send)
            elif not failed:
                await send(message)

        await self._app(scope, receive, told)


def _signs_in(cookie: str) -> bool:
    """Whether this header gives the browser a sign-in, rather than taking one away."""
    return cookie.startswith(COOKIE) and "max-age=0" not in cookie.lower()
