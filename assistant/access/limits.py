"""How often somebody may ask."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """So many requests a minute for each key, and as many at once after a pause (a token bucket).

    Args:
        a_minute: requests.
        now: seconds of a clock that never goes back.
        remembered: keys; who was not seen for the longest time is forgotten first, and begins with a full bucket.
    """

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic, remembered: int = 100_000) -> None:
        self.a_minute, self.now, self.remembered = a_minute, now, remembered
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # requests left, and when
        self.lock = threading.Lock()

    def taken(self, key: str) -> float:
        """Take one request of a key's: 0, or how many seconds it has to wait for it."""
        with self.lock:
            now = self.now()
            left, then = self.buckets.pop(key, (float(self.a_minute), now))
            left = min(float(self.a_minute), left + (now - then) * self.a_minute / 60)
            granted = left >= 1
            self.buckets[key] = (left - granted, now)
            if len(self.buckets) > self.remembered:
                self.buckets.popitem(last=False)
            return 0.0 if granted else (1 - left) * 60 / self.a_minute
