"""How often programs may call: counted per address and per token, in the memory of this process."""

from functools import cached_property

from starlette.requests import Request

import settings
from api.addresses import address_of
from api.problems import Problem
from api.tries import Tries

PER_ADDRESS, PER_TOKEN, WRITES_PER_TOKEN, BADGES_PER_ADDRESS = 6000, 3000, 300, 3000


class Pace:
    """Requests a minute. One for all addresses of a process."""

    def __init__(
        self,
        per_address: int = PER_ADDRESS,
        per_token: int = PER_TOKEN,
        writes_per_token: int = WRITES_PER_TOKEN,
        badges_per_address: int = BADGES_PER_ADDRESS,
    ) -> None:
        amounts = {"address": per_address, "token": per_token, "write": writes_per_token, "badge": badges_per_address}
        self._amounts = amounts
        self._tries = {kind: Tries(f"{amount} per minute") for kind, amount in amounts.items()}

    @cached_property
    def _trusted(self) -> tuple[settings.Network, ...]:
        # Not before somebody asks: what is set wrongly is told by who starts the app, in a sentence.
        return tuple(settings.read().trusted_proxies)

    def count(self, kind: str, who: str) -> None:
        """One more request of `who`; a `Problem` that says when to come back, once there were too many."""
        seconds = self._tries[kind].wait(who)
        if seconds:
            detail = f"At most {self._amounts[kind]} requests a minute are answered; come back in {seconds} seconds."
            raise Problem("too-many-requests", detail, {"Retry-After": str(seconds)})

    def count_address(self, kind: str, request: Request) -> None:
        """One more request from where this one comes from."""
        self.count(kind, address_of(request, self._trusted))
