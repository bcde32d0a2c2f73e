"""Every address beside the pages, in one list, and what stands before all of them."""

from collections.abc import Callable, Iterable

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from api import health, links, metrics
from api.headers import BodyLimit, SecurityHeaders
from api.health import OpenStore


def routes(open_store: OpenStore) -> list[BaseRoute]:
    """The routes of the app; `open_store` gives the store of this process."""
    return [*health.routes(open_store), *links.routes(open_store), *metrics.routes()]


def middleware(metrics_token: Callable[[], str], scripts: Iterable[str]) -> list[Middleware]:
    """From the outside in. `scripts` are the hashes of the scripts within pages."""
    return [
        Middleware(SecurityHeaders, scripts=tuple(scripts)),
        Middleware(metrics.Metrics, token=metrics_token),
        Middleware(BodyLimit),
    ]
