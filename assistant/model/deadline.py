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

NEXT = 2.0  # seconds that a quote that stands earns the next one, where the deadline would come sooner
WHOLE = 30.0  # seconds after which a reply has to be whole, however well it goes


class Progress:
    """When the reader last got something to read, in seconds of the monotonic clock."""

    def __init__(self) -> None:
        self.at = float("-inf")

    def made(self) -> None:
        self.at = time.monotonic()


PROGRESS: ContextVar[Progress] = ContextVar("PROGRESS", default=Progress())  # noqa: B039 - the default is never changed
"""Of the answer that is being written; whoever reads a stream makes one before it starts."""

Pieces = Iterator[str]


def within(seconds: float, start: Callable[[], Pieces]) -> Pieces:
    """The pieces of a stream, as long as all of it comes within the seconds, or makes PROGRESS.

    A server that sends bytes, even words, but nothing that can be shown makes none. When the deadline passes or the
    caller closes this iterator, the thread is told; it closes the stream as soon as the stream lets it (at the next
    piece, or at the provider's own timeout), and nobody waits for that.

    Raises:
        ModelFault: the deadline has passed, or the stream raised anything.
    """
    queue: SimpleQueue[str | ModelFault | None] = SimpleQueue()
    gone = threading.Event()
    progress, started = PROGRESS.get(), time.monotonic()
    threading.Thread(target=_read, args=(start, queue, gone), name="language model", daemon=True).start()
    try:
        while True:
            end = min(started + max(WHOLE, seconds), max(started + seconds, progress.at + NEXT))
            try:
                got = queue.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                raise ModelFault(Reason.SLOW, f"no reply within {seconds:g} s, or it came to a stop") from None
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
