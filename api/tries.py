"""How often somebody may try, counted in the memory of this process: two of them let through twice as much."""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter


class Tries:
    """So many times in a while, such as "60 per minute", for each of those it is asked about."""

    def __init__(self, often: str) -> None:
        self._limit = parse(often)
        self._storage = MemoryStorage()
        self._counts = FixedWindowRateLimiter(self._storage)

    def wait(self, who: str) -> int:
        """Count one more; 0 when it was not too many, else how many seconds to wait."""
        if self._counts.hit(self._limit, who):
            return 0
        return max(1, math.ceil(self._counts.get_window_stats(self._limit, who).reset_time - time.time()))

    def give_back(self, who: str) -> None:
        """What was counted last was none that should be counted."""
        self._storage.decr(self._limit.key_for(who))
