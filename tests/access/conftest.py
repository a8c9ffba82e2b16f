"""A clock that tests set, a ledger of their own, a provider that answers."""

from __future__ import annotations

import pytest
from provider import running

from assistant.access.ledger import Ledger


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture(scope="session")
def started():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(started):
    """The provider, telling the truth again."""
    started.claims, started.userinfo, started.lies = {}, {}, {}
    started.signs_userinfo, started.forged, started.algorithm = False, False, "RS256"
    return started
