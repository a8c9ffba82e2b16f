"""Asynchronous work in tests that are not asynchronous."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[..., T], *given: object) -> T:
    """What work gives that starts an event loop: a browser's test before it leaves its own running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()


def awaited(work: Coroutine[object, object, T]) -> T:
    return apart(asyncio.run, work)
