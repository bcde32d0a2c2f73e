"""Every address beside the pages, in one list, and what stands before all of them."""

from collections.abc import Callable, Iterable

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from api import badge, health, links, metrics, v1
from api.headers import BodyLimit, SecurityHeaders
from api.health import OpenStore
from api.pace import Pace


def routes(open_store: OpenStore, pace: Pace | None = None) -> list[BaseRoute]:
    """The routes of the app; `open_store` gives the store of this process, `pace` counts who calls how often."""
    kept = pace or Pace()
    return [
        *health.routes(open_store),
        *metrics.routes(),
        *links.routes(open_store),
        *badge.routes(open_store, kept),
        *v1.routes(open_store, kept),
    ]


def middleware(metrics_token: Callable[[], str], scripts: Iterable[str]) -> list[Middleware]:
    """From the outside in. `scripts` are the hashes of the scripts within pages."""
    return [
        Middleware(SecurityHeaders, scripts=tuple(scripts)),
        Middleware(metrics.Metrics, token=metrics_token),
        Middleware(BodyLimit),
    ]
