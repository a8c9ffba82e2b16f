"""An export of thousands of fiches, prepared batch by batch: only what is new or changed is read, cut and encoded."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import AcquisError, UnreadableFile
from corpus.passages import Passage
from corpus.reading.fiches import Fiche, fiches
from index import holdings, intake
from index.contract import Encoder, Matrix
from index.forms import meaning, meaning_key
from index.holdings import Entry
from index.progress import Tally
from index.staging import Staging
from index.store import Store
from index.tokens import count

BATCH = 4096  # passages prepared between two commits of the staging file: some seconds of work
TOLD = 1.0  # seconds between two tallies


class Importing:
    """One export on its way into the staging file; iterate over it to let it go on.

    Attributes:
        staged: the sources that are new or changed, now in the staging file.
        failed: fiches that were refused, last the file where it could not be read to its end; each with the reason.
    """

    def __init__(self, path: Path, store: Store, encoder: Encoder, staging: Staging) -> None:
        self.staged: list[str] = []
        self.failed: list[tuple[str, AcquisError]] = []
        self._path, self._store, self._encoder, self._staging = path, store, encoder, staging
        self._seen: set[str] = set()
        self._unchanged = self._refused = 0
        self._at = self._total = 0
        self._batch: list[Entry] = []
        self._start = time.monotonic()

    def __iter__(self) -> Iterator[Tally]:
        """Tallies, about one a second; the last one when all is prepared."""
        with self._store.reading() as connection:
            stored = holdings.digests(connection)
        prepared, told = self._staging.digests, self._start
        try:
            for found in fiches(self._path):
                self._take(found, stored, prepared)
                if sum(len(r[1]) for e in self._batch for r in e.referentials) >= BATCH:
                    self._flush()
                if time.monotonic() - told >= TOLD:
                    told = time.monotonic()
                    yield self.tally
        except UnreadableFile as error:
            self.failed.append((self._path.name, error))
        self._flush()
        yield self.tally

    @property
    def tally(self) -> Tally:
        share = self._at / self._total if self._total else 0.0
        seconds = time.monotonic() - self._start
        return Tally(self._path.name, len(self.staged), self._unchanged, self._refused, share, seconds)

    def _take(self, found: Fiche | UnreadableFile, stored: dict[str, str], prepared: dict[str, str]) -> None:
        if isinstance(found, UnreadableFile):
            self._refuse(self._path.name, found)
            return
        self._at, self._total = found.at, found.total
        if found.name in self._seen:
            self._refuse(found.name, _twice(found.name, self._path.name))
            return
        self._seen.add(found.name)
        if stored.get(found.name) == found.digest:
            self._unchanged += 1
            return
        if prepared.get(found.name) != found.digest:
            try:
                self._batch.append(intake.fiche_entry(found, count))
            except UnreadableFile as error:
                self._refuse(found.name, error)
                return
        self.staged.append(found.name)

    def _refuse(self, name: str, error: AcquisError) -> None:
        self._refused += 1
        self.failed.append((name, error))

    def _flush(self) -> None:
        if self._batch:
            self._staging.put(self._batch, self._vectors(p for e in self._batch for p in e.passages))
            self._batch = []

    def _vectors(self, passages: Iterable[Passage]) -> dict[bytes, Matrix]:
        """The vectors of those texts that have none yet, here or in the store."""
        texts = {meaning_key(p): meaning(p) for p in passages}
        with self._store.reading() as connection:
            known = holdings.known_vectors(connection, texts)
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
