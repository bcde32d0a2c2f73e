"""How often programs may call: counted per address and per token, in the memory of this process."""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

from api.problems import Problem

PER_ADDRESS, PER_TOKEN, WRITES_PER_TOKEN, BADGES_PER_ADDRESS = 6000, 3000, 300, 3000


class Pace:
    """Requests a minute; a window begins with its first request. One for all addresses of a process."""

    def __init__(
        self,
        per_address: int = PER_ADDRESS,
        per_token: int = PER_TOKEN,
        writes_per_token: int = WRITES_PER_TOKEN,
        badges_per_address: int = BADGES_PER_ADDRESS,
    ) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        amounts = {"address": per_address, "token": per_token, "write": writes_per_token, "badge": badges_per_address}
        self._limits = {kind: RateLimitItemPerMinute(amount, 1, kind) for kind, amount in amounts.items()}

    def count(self, kind: str, who: str) -> None:
        """One more request of `who`; a `Problem` that says when to come back, once there were too many."""
        limit = self._limits[kind]
        if self._limiter.hit(limit, who):
            return
        seconds = max(1, math.ceil(self._limiter.get_window_stats(limit, who).reset_time - time.time()))
        detail = f"At most {limit.amount} requests a minute are answered; come back in {seconds} seconds."
        raise Problem("too-many-requests", detail, {"Retry-After": str(seconds)})


def address_of(request: Request) -> str:
    """Where a request comes from; of IPv6 the part that belongs to one line, because that has addresses without end."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
