"""Who a request comes from, and whether people have to sign in at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from assistant.access.accounts import Accounts
from assistant.access.ledger import Ledger
from assistant.access.limits import Rate
from assistant.access.oidc import Provider
from assistant.access.roles import Role
from assistant.access.sessions import Sessions, Visitor
from assistant.settings import Settings

LOOKED = 1.0  # seconds between two looks whether there are accounts by now, made by another process


class Entrance:
    """Accounts, sessions, provider and rates, as they are configured.

    Where nobody can sign in and only this machine can connect, who sits at it may do everything; otherwise people are
    the public until they have signed in.

    Args:
        settings: the configuration.
        ledger: where accounts and sessions are kept.
        now: seconds since the epoch.
    """

    def __init__(self, settings: Settings, ledger: Ledger, now: Callable[[], float] = time.time) -> None:
        kept, limits = settings.sessions, settings.limits
        self.settings, self.ledger = settings, ledger
        self._now = now
        self.accounts = Accounts(ledger, kept.lock_after, now)
        self.sessions = Sessions(ledger, kept.idle_minutes * 60, kept.absolute_hours * 3600, now)
        self.provider = Provider(settings.oidc, now) if settings.oidc.issuer else None
        self._open, self._looked = False, float("-inf")
        self.asking = Rate(limits.requests_per_address)
        self.asking_in_session = Rate(limits.requests_per_session)
        self.uploading = Rate(limits.uploads_per_address)
        self.signing_in = Rate(limits.sign_ins_per_address)

    @classmethod
    def of_this_machine(cls) -> Entrance:
        """As on a laptop where nothing is configured; keeps nothing."""
        return cls(Settings(Path()), Ledger(None))

    @property
    def unlocked(self) -> bool:
        """Whether who sits at this machine need not sign in as long as there is no account."""
        return self.settings.server.local and self.provider is None

    @property
    def open(self) -> bool:
        """Whether who sits at this machine need not sign in."""
        if not self.unlocked:
            return False
        if not 0 <= self._now() - self._looked < LOOKED:
            self._open, self._looked = not self.accounts, self._now()
        return self._open

    def visitor(self, token: str, here: bool) -> Visitor:
        """Who asks.

        Args:
            token: of their session; empty where they have none.
            here: whether the request comes from this machine and calls it by its own name. Who comes through a proxy,
                or by another name that leads here (DNS rebinding), is the public.
        """
        found = self.sessions.visitor(token) if token else None
        if found:
            return found
        return Visitor(role=Role.STAFF) if here and self.open else Visitor()
