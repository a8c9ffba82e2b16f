"""An export of thousands of fiches, prepared batch by batch: only what is new or changed is read, cut and encoded."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from corpus.errors import AcquisError, UnreadableFile
from corpus.passages import Passage
from corpus.reading.fiches import Fiche, fiches
from index import intake
from index.contract import Encoder, Matrix
from index.forms import meanings
from index.holdings import Entry, Holdings
from index.progress import Tally
from index.readings import Reading
from index.staging import Staging
from index.store import Store
from index.tokens import count

BATCH = 4096  # passages prepared between two commits of the staging file: some seconds of work
TOLD = 1.0  # seconds between two tallies
PARTIAL = 0.1  # share of the fiches held up to which those that an export lacks are withdrawn; beyond, it is an extract
FICHE = re.compile(r"(RNCP|RS)\d+\.xml$")  # the name of a source that came out of an export


class Importing:
    """One export on its way into the staging file; iterate over it to let it go on.

    Attributes:
        staged: the sources that are new or changed, now in the staging file.
        failed: fiches that were refused, last the file where it could not be read to its end; each with the reason.
        vanished: once all is prepared, the sources that a whole export no longer has.
        readings: of unchanged sources that were read all the same, so that they need not be the next time.
    """

    def __init__(
        self,
        path: Path,
        store: Store,
        holdings: Holdings,
        encoder: Encoder,
        staging: Staging,
        active_only: bool = False,
    ) -> None:
        self.staged: list[str] = []
        self.vanished: tuple[str, ...] = ()
        self.failed: list[tuple[str, AcquisError]] = []
        self.readings: dict[str, Reading] = {}
        self._path, self._store, self._holdings = path, store, holdings
        self._encoder, self._staging = encoder, staging
        self._stored: dict[str, str] = {}  # digests, by name, of what the store has …
        self._prepared: dict[str, str] = {}  # … and of what an import that was killed has left
        self._seen: set[str] = set()
        self._active_only = active_only
        self._inactive: frozenset[str] = frozenset()
        self._unchanged = self._refused = self._unnamed = self._facts = self._absent = 0
        self._at = self._total = 0
        self._batch: list[Entry] = []
        self._waiting = 0  # passages in the batch
        self._start = time.monotonic()

    def __iter__(self) -> Iterator[Tally]:
        """Tallies, about one a second; the last one when all is prepared."""
        with self._store.reading() as connection:
            self._stored = self._holdings.digests(connection)
            readings = self._holdings.readings(connection)
            if self._active_only:
                self._inactive = frozenset(c.source for c in self._holdings.cards(connection) if c.active is False)
        self._prepared = self._staging.digests
        known, told = self._known(chain(readings.items(), self._staging.readings.items())), self._start
        try:
            for found in fiches(self._path, known=known):
                self._take(found)
                if self._waiting >= BATCH:
                    self._flush()
                if time.monotonic() - told >= TOLD:
                    told = time.monotonic()
                    yield self.tally
            self._look_for_vanished()  # only in an export that was read to its end
        except UnreadableFile as error:
            self.failed.append((self._path.name, error))
        self._flush()
        yield self.tally

    @property
    def tally(self) -> Tally:
        share = self._at / self._total if self._total else 0.0
        seconds = time.monotonic() - self._start
        counts = (len(self.staged), self._unchanged, self._refused, len(self.vanished), self._absent, self._facts)
        return Tally(self._path.name, *counts, share=share, seconds=seconds)

    def _known(self, readings: Iterable[tuple[str, Reading]]) -> dict[str, tuple[str, str]]:
        """Name and digest, by their marks, of the fiches that need not be read: unchanged, or prepared already."""
        return {r.mark: (name, r.digest) for name, r in readings if self._held(name, r.digest)}

    def _held(self, name: str, digest: str) -> bool:
        facts = self._facts_of(digest)
        return self._is_unchanged(name, digest, facts) or self._prepared.get(name) in (digest, facts)

    def _is_unchanged(self, name: str, digest: str, facts: str) -> bool:
        held = self._stored.get(name)
        return held == facts or (held == digest and name not in self._inactive)

    def _facts_of(self, digest: str) -> str:
        return intake.facts_digest(digest) if self._active_only else ""

    def _take(self, found: Fiche | UnreadableFile) -> None:
        if isinstance(found, UnreadableFile):
            self._unnamed += 1
            self._refuse(self._path.name, found)
            return
        self._at, self._total = found.at, found.total
        if found.name in self._seen:
            self._refuse(found.name, _twice(found.name, self._path.name))
            return
        self._seen.add(found.name)
        facts = self._facts_of(found.digest)
        if self._is_unchanged(found.name, found.digest, facts):
            self._unchanged += 1
            self._facts += self._stored[found.name] == facts
            if found.body and found.mark:
                self.readings[found.name] = Reading(found.mark, found.digest)
            return
        ready = self._prepared.get(found.name)
        if ready not in (found.digest, facts):
            try:
                entry = intake.fiche_entry(found, count, self._active_only)
            except UnreadableFile as error:
                self._refuse(found.name, error)
                return
            self._batch.append(entry)
            self._waiting += sum(1 for _ in entry.passages)
            ready = entry.document.digest
        self.staged.append(found.name)
        self._facts += ready == facts

    def _refuse(self, name: str, error: AcquisError) -> None:
        self._refused += 1
        self.failed.append((name, error))

    def _look_for_vanished(self) -> None:
        """Settle which fiches of the store are withdrawn: those of the export's registers that it does not have.

        Where it lacks more than PARTIAL of them, or holds fiches whose number cannot be read, it is no proof.
        """
        registers = {FICHE.match(name)[1] for name in self._seen}
        held = [name for name in self._stored if (found := FICHE.match(name)) and found[1] in registers]
        gone = [name for name in held if name not in self._seen]
        if self._unnamed or len(gone) > PARTIAL * len(held):
            self._absent = len(gone)
        else:
            self.vanished = tuple(gone)

    def _flush(self) -> None:
        if self._batch:
            self._staging.put(self._batch, self._vectors(p for e in self._batch for p in e.passages))
            self._batch, self._waiting = [], 0

    def _vectors(self, passages: Iterable[Passage]) -> dict[bytes, Matrix]:
        """The vectors of those texts that have none yet, here or in the store."""
        texts = meanings(passages)
        with self._store.reading() as connection:
            known = self._holdings.known_vectors(connection, texts)
        known |= self._staging.known_vectors(texts)
        return encoded({key: text for key, text in texts.items() if key not in known}, self._encoder)


def encoded(texts: dict[bytes, str], encoder: Encoder) -> dict[bytes, Matrix]:
    return dict(zip(texts, encoder.encode_passages(list(texts.values())), strict=True)) if texts else {}


def _twice(name: str, export: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is twice in {export}",
        f"« {export} » contient deux fois la fiche {name} : la première a été gardée.",
        f"“{export}” holds the fiche {name} twice: the first one was kept.",
    )
