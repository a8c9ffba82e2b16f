"""Whether the service can answer now: the store opens, the model encodes, this generation's index is in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from corpus.errors import AcquisError
from index.library import Library


@dataclass(frozen=True, slots=True)
class Ready:
    """What was found; `fault` names the kind of error, "" where there is none."""

    ready: bool
    generation: int | None = None
    fault: str = ""


class Readiness:
    """Asks the library for one search a generation, which needs all that any search needs; then it is known."""

    def __init__(self, library: Library) -> None:
        self._library, self._known = library, -1
        self._searching = threading.Lock()

    def now(self) -> Ready:
        """Never waits for another request that is finding out."""
        try:
            generation = self._library.generation
            if generation == self._known:
                return Ready(True, generation)
            if not self._searching.acquire(blocking=False):
                return Ready(False, generation, "loading")
            try:
                self._library.search("certification", top=1)
                self._known = generation
            finally:
                self._searching.release()
        except (AcquisError, OSError, ValueError) as error:
            return Ready(False, None, type(error).__name__)
        return Ready(True, generation)
