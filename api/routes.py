"""Every address beside the pages, in one list."""

from starlette.routing import BaseRoute

from api import badge, health, links, v1
from api.health import OpenStore
from api.pace import Pace


def routes(open_store: OpenStore, pace: Pace | None = None) -> list[BaseRoute]:
    """The routes of the app; `open_store` gives the store of this process, `pace` counts who calls how often."""
    kept = pace or Pace()
    return [
        *health.routes(open_store),
        *links.routes(open_store),
        *badge.routes(open_store, kept),
        *v1.routes(open_store, kept),
    ]
