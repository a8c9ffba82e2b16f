"""What is made anew after a change of the store, while what was made before goes on serving."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

PATIENCE = 1.0  # seconds from its beginning for which the new is waited for, where there is an old one


class Renewing:
    """Makes something in a thread of its own, one at a time; who needs it waits for a moment, or until there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making: Future[None] | None = None
        self._begun = 0.0

    def wait(self, make: Callable[[], None], needed: bool) -> None:
        """Let `make` run unless it does already, and wait for it, for a moment only unless it is needed.

        Raises:
            Exception: what `make` raised while it was waited for.
        """
        with self._lock:
            if self._making is None or self._making.done():
                self._making, self._begun = Future(), time.monotonic()
                threading.Thread(target=_made, args=(make, self._making), daemon=True).start()
            making, left = self._making, self._begun + PATIENCE - time.monotonic()
        try:
            making.result(None if needed else max(0.0, left))
        except TimeoutError:
            if making.done():
                raise


def _made(make: Callable[[], None], told: Future[None]) -> None:
    try:
        make()
    except BaseException as error:
        told.set_exception(error)
    else:
        told.set_result(None)
