"""A language model that keeps failing is left alone for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.model.faults import ModelFault, Reason, fault
from assistant.model.port import LanguageModel

FAILURES = 3  # in a row, after which the model rests
REST = 60.0  # seconds of the first rest; each further one is twice as long
LONGEST = 3600.0  # seconds of a rest, whatever a server asks for


@dataclass(frozen=True, slots=True)
class State:
    """How a language model is doing.

    Attributes:
        failures: in a row, up to now.
        resting: seconds until it is asked again; 0 where it may be asked now.
        reason: of the last failure, None where the last reply came through.
    """

    failures: int = 0
    resting: float = 0.0
    reason: Reason | None = None


class Guarded:
    """A language model behind a circuit breaker: after failures in a row it rests, then a single request tries it.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, model: LanguageModel, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = model.name
        self._model, self._clock = model, clock
        self._lock = threading.Lock()
        self._failures, self._until, self._trying = 0, 0.0, False
        self._reason: Reason | None = None

    @property
    def state(self) -> State:
        with self._lock:
            return State(self._failures, max(0.0, self._until - self._clock()), self._reason)

    def stream(self, prompt: str) -> Iterator[str]:
        """The model's reply; raises ModelFault at once while it rests or while another request tries it."""
        trial = self._admitted()
        spoke = False
        try:
            with closing(self._model.stream(prompt)) as pieces:
                for piece in pieces:
                    spoke = True
                    yield piece
            self._served()
        except GeneratorExit:  # the reader has what it wants, or has gone
            if spoke:
                self._served()
            raise
        except Exception as error:
            found = fault(error)
            self._failed(found)
            raise found from None
        finally:
            if trial:
                self._trying = False

    def _admitted(self) -> bool:
        """True for the one request that tries a model after its rest."""
        with self._lock:
            left = self._until - self._clock()
            if left > 0 or self._trying:
                raise ModelFault(Reason.RESTING, f"after {self._failures} failures: {self._reason}", max(left, 1.0))
            self._trying = self._failures >= FAILURES
            return self._trying

    def _served(self) -> None:
        with self._lock:
            self._failures, self._until, self._reason = 0, 0.0, None

    def _failed(self, found: ModelFault) -> None:
        with self._lock:
            self._failures, self._reason = self._failures + 1, found.reason
            over = self._failures - FAILURES
            rest = REST * 2 ** min(over, 10) if over >= 0 else 0.0
            self._until = self._clock() + min(LONGEST, max(rest, found.seconds))
