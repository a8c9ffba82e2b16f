"""What people leave in a home: how much of it there is, and how it is erased. Nothing else of theirs is written."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.access import ledger as access
from assistant.access.ledger import Ledger
from assistant.feedback import opinions as feedback
from assistant.feedback.opinions import Opinions
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Traces:
    """How many of each kind: accounts, open sessions, sign-ins that went to a provider, opinions on answers."""

    accounts: int = 0
    sessions: int = 0
    journeys: int = 0
    opinions: int = 0

    @property
    def total(self) -> int:
        return self.accounts + self.sessions + self.journeys + self.opinions


def kept(settings: Settings) -> Traces:
    """What there is at present."""
    counts = [0, 0, 0]
    with accounts_of(settings) as ledger:
        if ledger:
            tables = ("accounts", "sessions", "journeys")
            counts = [ledger.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    with opinions_of(settings) as opinions:
        return Traces(*counts, len(opinions.all()) if opinions else 0)


def erase_account(settings: Settings, name: str) -> Traces:
    """Erase a person's account and sessions, a provider's too; opinions bear no name and go by their date."""
    with accounts_of(settings) as ledger:
        if not ledger:
            return Traces()
        with ledger.writing() as write:
            sessions = write.execute("DELETE FROM sessions WHERE name = ? COLLATE NOCASE", (name,)).rowcount
            accounts = write.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount
    return Traces(accounts=accounts, sessions=sessions)


def erase_before(settings: Settings, moment: datetime) -> Traces:
    """Erase sessions last used before a moment, sign-ins begun and opinions given before it; accounts stay."""
    sessions = journeys = opinions = 0
    with accounts_of(settings) as ledger:
        if ledger:
            with ledger.writing() as write:
                least = (moment.timestamp(),)
                sessions = write.execute("DELETE FROM sessions WHERE seen < ?", least).rowcount
                journeys = write.execute("DELETE FROM journeys WHERE begun < ?", least).rowcount
    with opinions_of(settings) as file:
        if file:
            opinions = file.purge(moment)
    return Traces(0, sessions, journeys, opinions)


def sweep(settings: Settings, uploads: Path, now: Callable[[], float] = time.time) -> Traces:
    """Erase whatever has been kept for as long as is configured, or longer."""
    swept_files(uploads, now() - settings.privacy.uploads_seconds)
    ended = now() - settings.sessions.idle_minutes * 60, now() - settings.sessions.absolute_hours * 3600
    sessions = opinions = 0
    with accounts_of(settings) as ledger:
        if ledger:
            with ledger.writing() as write:
                sessions = write.execute("DELETE FROM sessions WHERE seen < ? OR begun < ?", ended).rowcount
    with opinions_of(settings) as file:
        if file:
            opinions = file.purge(datetime.fromtimestamp(now() - settings.feedback.keep_hours * 3600, UTC))
    return Traces(0, sessions, 0, opinions)


def swept_files(folder: Path, before: float) -> None:
    """Delete files and folders of a folder that nobody has changed since a moment."""
    for found in folder.iterdir() if folder.is_dir() else ():
        below = [p for p in found.rglob("*") if p.is_file()] if found.is_dir() else [found]
        try:
            if all(p.stat().st_mtime < before for p in (below or [found])):
                shutil.rmtree(found, ignore_errors=True) if found.is_dir() else found.unlink(missing_ok=True)
        except FileNotFoundError:  # the page erased it meanwhile
            continue


@contextmanager
def accounts_of(settings: Settings) -> Iterator[Ledger | None]:
    """The accounts where there are any; what is erased of them is overwritten."""
    if not (settings.accounts / access.FILE).exists():
        yield None
        return
    with closing(Ledger(settings.accounts)) as ledger:
        ledger.connection.execute("PRAGMA secure_delete = ON")
        yield ledger
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def opinions_of(settings: Settings) -> Iterator[Opinions | None]:
    """The opinions where there are any."""
    if not (settings.accounts / feedback.FILE).exists():
        yield None
        return
    opinions = Opinions(settings.accounts, settings.feedback.keep_hours)
    with closing(opinions.connection):
        yield opinions
