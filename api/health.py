"""Is the app well? `GET /healthz` writes to the store before it says so."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.errors import StoreError
from data.store import Store

OpenStore = Callable[[], Store]
FRESH = {"Cache-Control": "no-store"}


def routes(open_store: OpenStore) -> list[Route]:
    """The route of the health check."""

    async def healthz(_request: Request) -> Response:
        try:
            await run_in_threadpool(lambda: open_store().ping())
        except StoreError as error:
            return JSONResponse({"status": "failing", "reason": str(error)}, 503, FRESH)
        return JSONResponse({"status": "ok"}, headers=FRESH)

    return [Route("/healthz", healthz)]
