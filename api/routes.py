"""Every address beside the pages, in one list."""

from starlette.routing import BaseRoute

from api import health, links
from api.health import OpenStore


def routes(open_store: OpenStore) -> list[BaseRoute]:
    """The routes of the app; `open_store` gives the store of this process."""
    return [*health.routes(open_store), *links.routes(open_store)]
