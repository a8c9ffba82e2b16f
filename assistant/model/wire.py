"""The HTTP client under an OpenAI-compatible server: it counts bytes, and hangs up when nobody waits any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import openai

from assistant.model.deadline import GONE
from assistant.model.faults import ModelFault, Reason

MOST = 10_000_000  # bytes of a response's body: 20,000 characters, each of which comes in an event of 500 bytes


def client(patience: float) -> openai.DefaultHttpxClient:
    """A client without redirects: a key and a question go to the address that was set, and nowhere else.

    Args:
        patience: seconds to connect, and between two bytes.
    """
    return openai.DefaultHttpxClient(
        timeout=patience,
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_bound]},
    )


def _bound(response: Any) -> None:
    """Put a meter on the body of a response before anybody reads it."""
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ModelFault(Reason.GARBLED, "a compressed reply, which could swell without end")
    response.iter_raw = _metered(response.iter_raw)


def _metered(raw: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
    """The body's bytes as they come, up to the most, and only while somebody waits for them."""

    def iter_raw(chunk_size: int | None = None) -> Iterator[bytes]:
        gone, length = GONE.get(), 0
        for data in raw(chunk_size):
            length += len(data)
            if length > MOST:
                raise ModelFault(Reason.LONG, f"over {MOST} bytes")
            if gone and gone.is_set():
                raise ModelFault(Reason.SLOW, "nobody waits for the reply any more")
            yield data

    return iter_raw
