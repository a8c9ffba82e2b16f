"""A port for a server of the tests."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress

FIRST, STRETCH, STRETCHES = 12_000, 2_000, 10  # all below 32,768, where Linux takes the ports of clients


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has, from a stretch that no other worker of pytest-xdist takes from."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % STRETCHES
    while True:
        port = FIRST + worker * STRETCH + secrets.randbelow(STRETCH)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
