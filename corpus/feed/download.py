"""A file downloaded whole or not at all: resumed where it broke off, tried again, checked, renamed at the end."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FetchError
from corpus.feed.dataset import Resource
from corpus.feed.soundness import MEGABYTE, fault_in, sound, too_large
from corpus.feed.web import Broken, opened, unreachable

CHUNK = 1 << 18  # bytes
DISK = frozenset({errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO})  # our own troubles


@dataclass(frozen=True, slots=True)
class Terms:
    """What a download may cost.

    Attributes:
        tries: connections in a row that bring nothing; each that brings something starts the count anew.
        seconds: without a byte after which a connection counts as broken.
        pause: seconds before the second try, twice as many before each next one.
        largest: bytes of the file; inflated: bytes of what a ZIP holds.
    """

    tries: int = 5
    seconds: float = 30.0
    pause: float = 1.0
    largest: int = 4_000 * MEGABYTE
    inflated: int = 8_000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Received:
    """How far a download is; `path` is set once the file is whole and checked.

    Attributes:
        done, total: bytes; total is None where the server does not say.
        seconds: since the start of this run; `begun` bytes were there before.
    """

    done: int
    total: int | None
    begun: int
    seconds: float
    path: Path | None = None

    @property
    def rate(self) -> float:
        """Bytes a second."""
        return (self.done - self.begun) / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the end, None where nobody knows."""
        return (self.total - self.done) / self.rate if self.total and self.rate else None


def download(
    resource: Resource, folder: Path, terms: Terms = Terms(), wait: Callable[[float], None] = time.sleep
) -> Iterator[Received]:
    """Bring a file into a folder, going on with what an earlier run left there.

    Raises:
        FetchError: it cannot be had or written, or is not what was announced; what came stays for the next run, unless
            it is wrong.
    """
    try:
        yield from _download(resource, folder, terms, wait)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _download(resource: Resource, folder: Path, terms: Terms, wait: Callable[[float], None]) -> Iterator[Received]:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / resource.name
    if target.exists() and sound(resource, target, terms.inflated):
        yield Received(target.stat().st_size, resource.size, target.stat().st_size, 0.0, target)
        return
    part = _Part(resource, folder, terms)
    yield from part.received(wait)
    fault = fault_in(resource, part.path, terms.inflated)
    if fault and part.begun:  # what an earlier run left may have been of another day's file
        part.discard()
        part = _Part(resource, folder, terms)
        yield from part.received(wait)
        fault = fault_in(resource, part.path, terms.inflated)
    if fault:
        part.discard()
        raise fault
    done = part.done
    _sync(part.path)
    os.replace(part.path, target)
    part.discard()
    yield Received(done, done, part.begun, part.seconds, target)


class _Part:
    """The file while it is incomplete, and beside it what tells whether a server still means the same one."""

    def __init__(self, resource: Resource, folder: Path, terms: Terms) -> None:
        self.path = folder / f"{resource.name}.part"
        self._note = folder / f"{resource.name}.part.json"
        self._resource, self._terms = resource, terms
        self._mark = self._remembered()
        if not self._mark:
            self.discard()
        self.begun = self.done
        self._total = resource.size
        self._start = time.monotonic()

    @property
    def done(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def discard(self) -> None:
        for path in (self.path, self._note):
            path.unlink(missing_ok=True)

    def received(self, wait: Callable[[float], None]) -> Iterator[Received]:
        """Steps until all is there, over as many connections as it takes."""
        failures = 0
        while self._total is None or self.done < self._total:
            before = self.done
            try:
                yield from self._connection()
                if self._total is None or self.done >= self._total:
                    return
                raise ConnectionResetError(f"{self.done} bytes of {self._total}")
            except FetchError as error:
                if not error.retryable:
                    raise
                fault = error
            except Broken as error:
                if getattr(error, "errno", None) in DISK:
                    raise
                fault = unreachable(self._resource.url, error)
            failures = 0 if self.done > before else failures + 1
            if failures >= self._terms.tries:
                raise fault
            wait(self._terms.pause * 2**failures)

    def _connection(self) -> Iterator[Received]:
        """What one connection brings."""
        at = self.done
        headers = {"Range": f"bytes={at}-", "If-Range": self._mark} if at and self._mark else {}
        with opened(self._resource.url, self._terms.seconds, headers) as answer:
            resumed = answer.status == 206 and (answer.headers["Content-Range"] or "").startswith(f"bytes {at}-")
            self._remember(answer.headers["ETag"] or answer.headers["Last-Modified"] or "")
            length = answer.headers["Content-Length"]
            if length is not None:
                self._total = int(length) + (at if resumed else 0)
            self._bounded(self._total or 0)
            with self.path.open("ab" if resumed else "wb") as file:
                while chunk := answer.read1(CHUNK):  # what has come, so that a stall loses none of it
                    file.write(chunk)
                    self._bounded(file.tell())
                    yield Received(file.tell(), self._total, self.begun, self.seconds)

    def _bounded(self, size: int) -> None:
        if size > self._terms.largest:
            self.discard()
            raise too_large(self._resource, size)
        if size - self.done > shutil.disk_usage(self.path.parent).free:
            raise _no_room(self._resource, self.path.parent, size)

    def _remember(self, mark: str) -> None:
        self._mark = mark
        self._note.write_text(json.dumps({"url": self._resource.url, "mark": mark, "of": self._resource.checksum}))

    def _remembered(self) -> str:
        """The mark under which the server knew the part that is there; empty where it is of another file."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(self._note.read_text())
            of = tuple(note["of"]) if note["of"] else None
            if (note["url"], of) == (self._resource.url, self._resource.checksum):
                return str(note["mark"])
        return ""


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _unwritable(folder: Path, error: OSError) -> FetchError:
    return FetchError(
        f"cannot write to {folder}: {error}",
        f"Impossible d'écrire dans {folder} ({error.strerror or error}). Vérifiez la place libre et vos droits.",
        f"The folder {folder} cannot be written to ({error.strerror or error}). Check the free space and your rights.",
    )


def _no_room(resource: Resource, folder: Path, size: int) -> FetchError:
    told = size // MEGABYTE
    return FetchError(
        f"{resource.url}: {size} bytes, more than there is room for in {folder}",
        f"Il faut {told} Mo libres dans {folder} pour télécharger {resource.name}. Faites de la place et relancez.",
        f"{told} MB must be free in {folder} to download {resource.name}. Make room and try again.",
    )
