"""Is the app well? `GET /healthz` writes to the store before it says so."""

import logging
import threading
from collections.abc import Callable
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import logbook
from data.errors import StoreError
from data.store import Store

LOG = logging.getLogger("checkup.health")
OpenStore = Callable[[], Store]
FRESH = {"Cache-Control": "no-store"}
# Everybody may ask, so asking often must cost little: what was found holds for so long.
HOLDS_S = 1.0


def routes(open_store: OpenStore, clock: Callable[[], float] = monotonic) -> list[Route]:
    """The route of the health check."""
    pulse = _Pulse(open_store, clock)

    async def healthz(_request: Request) -> Response:
        reason = await run_in_threadpool(pulse.trouble)
        if reason:
            return JSONResponse({"status": "failing", "reason": reason}, 503, FRESH)
        return JSONResponse({"status": "ok"}, headers=FRESH)

    return [Route("/healthz", healthz)]


class _Pulse:
    """What the last write to the store came to; one at a time, and those who wait share it."""

    def __init__(self, open_store: OpenStore, clock: Callable[[], float]) -> None:
        self._open_store, self._clock = open_store, clock
        self._lock = threading.Lock()
        self._found: str = ""
        self._until = float("-inf")

    def trouble(self) -> str:
        """Why the store is not well, without secrets; "" when it is."""
        with self._lock:
            if self._clock() >= self._until:
                self._found = self._look()
                self._until = self._clock() + HOLDS_S
            return self._found

    def _look(self) -> str:
        try:
            self._open_store().ping()
        except StoreError as error:
            reason = logbook.redacted(str(error))
        except Exception as error:
            reason = f"The store failed; the log says more under the number {logbook.incident(error)}."
        else:
            return ""
        if reason != self._found:
            LOG.error("The store is not well: %s", reason)
        return reason
