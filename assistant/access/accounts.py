"""Local accounts: passwords hashed with Argon2id, and locks that grow with each wrong one."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from corpus.errors import UsageError

SHORTEST, LONGEST = 12, 256  # characters of a password; CNIL's recommendation of 2022 for passwords without other rules
NAME = re.compile(r"[\w.@+-]{1,100}")
AT_ONCE = 2  # passwords hashed at the same time: each takes 64 MiB
FIRST_LOCK, LONGEST_LOCK = 30.0, 3600.0  # seconds: doubled by each further wrong password


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in with a password; `locked` is for how many seconds more they cannot."""

    name: str
    role: Role
    locked: float


class Accounts:
    """The local accounts of a home.

    Args:
        lock_after: wrong passwords in a row before the account is locked for a while.
        now: seconds since the epoch.
        hasher: by default with the parameters of RFC 9106 for little memory: 64 MiB, three passes.
    """

    def __init__(
        self,
        ledger: Ledger,
        lock_after: int = 5,
        now: Callable[[], float] = time.time,
        hasher: PasswordHasher = PasswordHasher(),  # noqa: B008
    ) -> None:
        self.ledger, self.lock_after, self.now, self.hasher = ledger, lock_after, now, hasher
        self.turn = threading.Semaphore(AT_ONCE)
        self.nobody = self.hasher.hash("nobody's")

    def __bool__(self) -> bool:
        return bool(self.ledger.rows("SELECT 1 FROM accounts LIMIT 1"))

    def add(self, name: str, role: Role, password: str) -> None:
        """Make an account, or give it another role and password; its sessions end.

        Raises:
            UsageError: a name or a password that will not do.
        """
        acceptable(name, password)
        made = self.hasher.hash(password)
        with self.ledger.writing() as write:
            write.execute("DELETE FROM sessions WHERE account = ?", (name,))
            write.execute(
                "INSERT INTO accounts (name, role, hash, made) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET role = excluded.role, hash = excluded.hash, failures = 0, locked_until = 0",
                (name, int(role), made, self.now()),
            )

    def remove(self, name: str) -> bool:
        """Take an account away, with its sessions; False where there was none."""
        with self.ledger.writing() as write:
            return write.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount > 0

    def unlock(self, name: str) -> bool:
        """Forget wrong passwords; False where there is no such account."""
        with self.ledger.writing() as write:
            update = "UPDATE accounts SET failures = 0, locked_until = 0 WHERE name = ?"
            return write.execute(update, (name,)).rowcount > 0

    def all(self) -> tuple[Account, ...]:
        rows = self.ledger.rows("SELECT name, role, locked_until FROM accounts ORDER BY name")
        return tuple(Account(name, Role(role), max(0.0, until - self.now())) for name, role, until in rows)

    def signed_in(self, name: str, password: str) -> Account | None:
        """The account of a name and its password; None for any other pair, and while the account is locked.

        A wrong name costs as much time as a wrong password. An attempt is counted before the password is looked at,
        so that attempts at the same time do not count as one.
        """
        found = self.attempt(name)
        if found is None:
            self.matches(self.nobody, password)
            return None
        name, role, stored = found
        if not self.matches(stored, password):
            return None
        self.unlock(name)
        return Account(name, Role(role), 0.0)

    def attempt(self, name: str) -> tuple[str, int, str] | None:
        """Count an attempt, and lock the account if it is one too many; None if it may not be made."""
        with self.ledger.writing() as write:
            query = "SELECT name, role, hash, failures, locked_until FROM accounts WHERE name = ?"
            row = write.execute(query, (name[:LONGEST],)).fetchone()
            if row is None or row[4] > self.now():
                return None
            failures = row[3] + 1
            beyond = failures - self.lock_after
            lock = min(FIRST_LOCK * 2 ** min(beyond, 10), LONGEST_LOCK) if beyond >= 0 else 0.0
            update = "UPDATE accounts SET failures = ?, locked_until = ? WHERE name = ?"
            write.execute(update, (failures, self.now() + lock if lock else 0.0, row[0]))
            return row[:3]

    def matches(self, stored: str, password: str) -> bool:
        with self.turn:
            try:
                return self.hasher.verify(stored, password[:LONGEST])
            except VerificationError:
                return False


def acceptable(name: str, password: str) -> None:
    """Raise UsageError for a name or a password that will not do."""
    if not NAME.fullmatch(name):
        raise UsageError(
            f"account name {name!r}, expected 1 to 100 letters, digits or . @ + - _",
            "Un nom de compte a de 1 à 100 lettres, chiffres ou signes . @ + - _.",
            "An account's name has 1 to 100 letters, digits or signs . @ + - _.",
        )
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 5 or name.casefold() in password.casefold():
        raise UsageError(
            f"{len(password)} characters, {len(set(password))} different, expected {SHORTEST} to {LONGEST}",
            f"Le mot de passe doit avoir au moins {SHORTEST} caractères, dont 5 différents, et ne pas contenir le nom.",
            f"The password needs at least {SHORTEST} characters, five of them different, and not the account's name.",
        )
