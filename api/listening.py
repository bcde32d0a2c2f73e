"""Where it is made sure that an app in which nobody signs in answers this machine alone, however it was started."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SENTENCE = (
    "MLOps Checkup is open to everybody who reaches it, because nobody has to sign in; so it answers only the machine "
    "that it runs on. Set up sign-in (see .streamlit/secrets.toml.example), or set CHECKUP_OPEN_TO_ALL=yes.\n"
)


class OnlyThisMachine:
    """Refuse what came in at an address that others can reach, as long as `is_too_open` says that nobody signs in.

    `python app.py` does not even listen there; `uvicorn app:app --host 0.0.0.0` and `streamlit run` would.
    """

    def __init__(self, app: ASGIApp, is_too_open: Callable[[], bool]) -> None:
        self._app, self._is_too_open = app, is_too_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not _came_from_outside(scope) or not self._is_too_open():
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(SENTENCE, status_code=403)(scope, receive, send)


def _came_from_outside(scope: Scope) -> bool:
    """Whether the address that was connected to, one of this machine's own, is not its loopback."""
    here = (scope.get("server") or ("", None))[0]
    with suppress(ValueError):
        address = ip_address(str(here).partition("%")[0])
        return not (getattr(address, "ipv4_mapped", None) or address).is_loopback
    return False
