"""Who is signed in: kept by the server, known to the browser by a random token only."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.access.ledger import Ledger, digest
from assistant.access.roles import Role

NOTED = 60.0  # seconds between two notes that a session is in use
JOURNEY = 600.0  # seconds that signing in elsewhere may take


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name where they signed in, and what they may do.

    Attributes:
        session: what tells this session from others, to count its requests; empty where there is none.
    """

    name: str = ""
    role: Role = Role.PUBLIC
    session: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """A sign-in that went to a provider and is to come back: its nonce, its PKCE verifier, and where to go then."""

    nonce: str
    verifier: str
    onward: str


class Sessions:
    """The sessions of a home.

    Args:
        idle, absolute: seconds after the last request, and after the beginning, when a session ends.
        now: seconds since the epoch.
    """

    def __init__(self, ledger: Ledger, idle: float, absolute: float, now: Callable[[], float] = time.time) -> None:
        self.ledger, self.idle, self.absolute, self.now = ledger, idle, absolute, now

    def begin(self, name: str, role: Role, local: bool) -> str:
        """The token of a new session; a local account's sessions end with it."""
        token, now = secrets.token_urlsafe(32), self.now()
        with self.ledger.writing() as write:
            self.sweep(write, now)
            row = (digest(token), name, int(role), now, now, name if local else None)
            write.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", row)
        return token

    def visitor(self, token: str) -> Visitor | None:
        """Whose session a token is; None if it is of none, or of one that has ended."""
        key, now = digest(token), self.now()
        rows = self.ledger.rows("SELECT name, role, begun, seen FROM sessions WHERE digest = ?", key)
        if not rows:
            return None
        name, role, begun, seen = rows[0]
        if now - seen > self.idle or now - begun > self.absolute:
            self.end(token)
            return None
        if now - seen > min(NOTED, self.idle / 4):
            with self.ledger.writing() as write:
                write.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, key))
        return Visitor(name, Role(role), key.hex())

    def end(self, token: str) -> None:
        with self.ledger.writing() as write:
            write.execute("DELETE FROM sessions WHERE digest = ?", (digest(token),))

    def set_out(self, journey: Journey) -> str:
        """Keep a journey; its `state`, by which it is found once when it comes back."""
        state, now = secrets.token_urlsafe(32), self.now()
        with self.ledger.writing() as write:
            self.sweep(write, now)
            row = (digest(state), journey.nonce, journey.verifier, journey.onward, now)
            write.execute("INSERT INTO journeys VALUES (?, ?, ?, ?, ?)", row)
        return state

    def come_back(self, state: str) -> Journey | None:
        """The journey of a `state`, which is gone after that; None if there is none, or it took too long."""
        with self.ledger.writing() as write:
            take = "DELETE FROM journeys WHERE digest = ? AND begun > ? RETURNING nonce, verifier, onward"
            rows = write.execute(take, (digest(state), self.now() - JOURNEY)).fetchall()
        return Journey(*rows[0]) if rows else None

    def sweep(self, write, now: float) -> None:
        write.execute("DELETE FROM sessions WHERE seen < ? OR begun < ?", (now - self.idle, now - self.absolute))
        write.execute("DELETE FROM journeys WHERE begun < ?", (now - JOURNEY,))
