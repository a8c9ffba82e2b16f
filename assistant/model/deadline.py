"""A stream read in a thread of its own, so that no server can hold up a reader for longer than we say."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from contextvars import ContextVar
from queue import Empty, SimpleQueue

from assistant.model.faults import ModelFault, Reason, fault

GONE: ContextVar[threading.Event | None] = ContextVar("GONE", default=None)
"""Set, in the thread that reads, once nobody waits for its stream any more."""

Pieces = Iterator[str]


def within(seconds: float, start: Callable[[], Pieces]) -> Pieces:
    """The pieces of a stream, as long as all of it comes within the seconds.

    When the deadline passes or the caller closes this iterator, the thread is told; it closes the stream as soon as
    the stream lets it (at the next piece, or at the provider's own timeout), and nobody waits for that.

    Raises:
        ModelFault: the deadline has passed, or the stream raised anything.
    """
    queue: SimpleQueue[str | ModelFault | None] = SimpleQueue()
    gone = threading.Event()
    end = time.monotonic() + seconds
    threading.Thread(target=_read, args=(start, queue, gone), name="language model", daemon=True).start()
    try:
        while True:
            try:
                got = queue.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                raise ModelFault(Reason.SLOW, f"no whole reply within {seconds:g} s") from None
            if got is None:
                return
            if isinstance(got, ModelFault):
                raise got
            yield got
    finally:
        gone.set()


def _read(start: Callable[[], Pieces], queue: SimpleQueue, gone: threading.Event) -> None:
    GONE.set(gone)
    try:
        with closing(start()) as pieces:
            for piece in pieces:
                if gone.is_set():
                    return
                queue.put(piece)
        queue.put(None)
    except Exception as error:  # whatever a provider raises, the reader gets the extractive answer
        queue.put(fault(error))
