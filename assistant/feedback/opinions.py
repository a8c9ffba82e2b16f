"""Opinions on answers: one SQLite file in the home, without a name, an address or a session in it."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.answer import Answer
from corpus.errors import StoreError

FILE = "feedback.sqlite"
VERSION = 1
HOUR = 3600
LONGEST = 1_000  # characters of a comment
TABLE = """CREATE TABLE opinions (
    id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, status TEXT NOT NULL, answer TEXT NOT NULL, citations TEXT NOT NULL, author TEXT NOT NULL
) STRICT"""


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"


REASONS = {
    Verdict.UP: ("useful", "clear"),
    Verdict.DOWN: ("wrong", "incomplete", "beside", "citation"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's opinion of one answer.

    Attributes:
        day: when it was given, as 2026-01-15; nothing finer is told.
        reason: one of REASONS[verdict], or "".
        citations: places, as "source:first-last".
    """

    day: str
    verdict: Verdict
    reason: str
    comment: str
    question: str
    status: str
    answer: str
    citations: tuple[str, ...]
    author: str


class Opinions:
    """The file of opinions; those that are too old are gone before another one is written or any is read.

    Args:
        home: the folder; without one nothing is written to disk.
        keep_hours: how long an opinion is kept.
        now: seconds since 1970.
    """

    def __init__(self, home: Path | None, keep_hours: int, now: Callable[[], float] = time.time) -> None:
        """Open the file, made if it is missing, readable by its owner alone; raises StoreError where that fails."""
        self.path = home / FILE if home else Path(":memory:")
        self.keep_hours, self.now = keep_hours, now
        self.lock = threading.Lock()
        try:
            if home:
                home.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False)
            self.connection.execute("PRAGMA secure_delete = ON")  # what is purged is overwritten
            self.prepare()
        except (OSError, sqlite3.Error) as error:
            raise self.unusable(f"cannot open {self.path}: {error}") from error

    def prepare(self) -> None:
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise self.unusable(f"{self.path} is of version {version}, expected {VERSION}")
        if version == 0:
            with self.connection as write:
                write.execute(TABLE)
                write.execute(f"PRAGMA user_version = {VERSION}")

    def unusable(self, message: str) -> StoreError:
        return StoreError(
            message,
            f"Les avis ({self.path}) ne peuvent pas être ouverts : vérifiez les droits sur ce fichier et sa version.",
            f"The opinions ({self.path}) cannot be opened: check the rights on this file and its version.",
        )

    def add(self, question: str, answer: Answer, verdict: Verdict, reason: str = "", comment: str = "") -> None:
        """Keep an opinion; a reason that the verdict has not is left out."""
        self.purge()
        cited = [f"{c.source}:{c.quote.first}-{c.quote.last}" for c in answer.citations]
        known = reason if reason in REASONS[verdict] else ""
        row = (
            *(int(self.now()) // HOUR, verdict.value, known, comment.strip()[:LONGEST], question),
            *(answer.status.value, answer.text, json.dumps(cited, ensure_ascii=False), answer.author),
        )
        with self.lock, self.connection as write:
            write.execute(
                "INSERT INTO opinions (hour, verdict, reason, comment, question, status, answer, citations, author)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def purge(self, before: datetime | None = None) -> int:
        """Forget those given before a moment, by default those older than `keep_hours`; how many there were."""
        least = before.timestamp() / HOUR if before else int(self.now()) // HOUR - self.keep_hours
        with self.lock, self.connection as write:
            return write.execute("DELETE FROM opinions WHERE hour < ?", (least,)).rowcount

    def all(self) -> list[Opinion]:
        """Those that are kept, oldest first."""
        self.purge()
        query = "SELECT hour, verdict, reason, comment, question, status, answer, citations, author FROM opinions"
        with self.lock:
            rows = self.connection.execute(f"{query} ORDER BY id").fetchall()
        return [
            Opinion(_day(hour), Verdict(verdict), *told, tuple(json.loads(cited)), author)
            for hour, verdict, *told, cited, author in rows
        ]

    def close(self) -> None:
        self.connection.close()


def _day(hour: int) -> str:
    return f"{datetime.fromtimestamp(hour * HOUR, UTC):%Y-%m-%d}"
