"""The one thing that the rest of the program talks to: a folder of sources, added to, removed from, searched."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.errors import AcquisError
from corpus.referential import Referential
from index import derived, holdings, intake
from index.building import Before, Building
from index.cards import Card
from index.catalogue import Catalogue, Words
from index.contract import Encoder, Filters, Hit, Matrix
from index.encoder import configured_encoder
from index.filters import admitted
from index.forms import meanings
from index.holdings import Entry, Holdings
from index.importing import Importing, encoded
from index.progress import Progress, Report
from index.query import Query, understand
from index.ranking import Found, nearest, rank
from index.renewing import Renewing
from index.shelf import Shelf
from index.staging import Staging, discard, staging
from index.store import Generation, Store, next_generation
from index.tokens import count
from index.troubles import twice, unknown

BATCH = 2048  # texts encoded at once
EXPLAINED = 0.6  # what the glossary's words weigh in a query's vector, its own words 1


class Library:
    """Sources with their referentials and passages; every call sees one committed generation."""

    _holdings: Holdings = holdings  # how to read and change what a connection leads to

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self.encoder = encoder
        self._store = store
        self._catalogue: Catalogue | None = None
        self._shelf = Shelf(self._holdings)
        self._loading, self._renewing = threading.Lock(), Renewing()

    @classmethod
    def open(cls, home: Path, encoder: Encoder | None = None, create: bool = False) -> Library:
        """Raises StoreError where the folder is missing (unless `create`), damaged, or built by another encoder."""
        encoder = encoder or configured_encoder()
        return cls(Store.open(Path(home), encoder, create), encoder)

    @property
    def generation(self) -> int:
        """How many times the library has changed since it was created."""
        with self._store.reading() as connection:
            return self._holdings.generation_of(connection).number

    def add(self, paths: Sequence[Path], active_only: bool = False) -> Iterator[Progress]:
        """Add files, each in place of the source of the same name; nothing is seen before all is written.

        Exports of many fiches come after the other files, one generation each: a fiche is a source of its own. An
        import that is killed goes on where it was when the export is added again. Fiches that a whole export no longer
        has are withdrawn, see `Importing`.

        Args:
            active_only: of an export's fiches that are no longer in force only the facts are kept, without passages.

        Yields:
            How far it is; the last one carries the report. A file that fails is reported, and the others go on.

        Raises:
            StoreBusy: another process is writing; nothing was changed.
        """
        with self._store.reading() as connection:
            known = self._holdings.digests(connection)
        entries: dict[str, Entry] = {}
        unchanged: list[str] = []
        failed: list[tuple[str, AcquisError]] = []
        files, exports = intake.parted(paths)
        for done, path in enumerate(files):
            yield Progress(done, len(paths), path.name, "read")
            try:
                if path.name in entries or path.name in unchanged:
                    raise twice(path)
                if known.get(path.name) == intake.digest(path):
                    unchanged.append(path.name)
                else:
                    entries[path.name] = intake.entry(path, count)
            except AcquisError as error:
                failed.append((path.name, error))
        if entries:
            yield Progress(len(files), len(paths), "", "encode")
            with self._store.reading() as connection:
                vectors = self._encode(connection, entries.values(), {})
            yield Progress(len(files), len(paths), "", "write")
            self._put(entries.values(), vectors)
        report = Report(tuple(entries), tuple(unchanged), tuple(failed))
        for done, path in enumerate(exports, len(files)):
            step = Progress(done, len(paths), path.name, "read")
            report = yield from self._import(path, step, report, active_only)
        yield Progress(len(paths), len(paths), "", "done", report)

    def _import(
        self, path: Path, progress: Progress, report: Report, active_only: bool
    ) -> Generator[Progress, None, Report]:
        """Add the fiches of an export that are new or changed, in one commit; the report with theirs."""
        yield progress
        with staging(self._store.home, self.encoder, "active" if active_only else "whole") as staged:
            importing = Importing(path, self._store, self._holdings, self.encoder, staged, active_only)
            for tally in importing:
                yield replace(progress, tally=tally)
            if importing.staged or importing.vanished:
                yield replace(progress, stage="write", tally=importing.tally)
                self._move(staged, importing.staged, importing.vanished)
            if importing.readings:
                with self._store.writing() as connection:  # no other generation: nothing that is seen changes
                    self._holdings.put_readings(connection, importing.readings)
            discard(self._store.home)  # before another import may look into it
        return report.with_import(importing.tally, importing.failed, importing.vanished)

    def _move(self, staged: Staging, names: Sequence[str], vanished: Sequence[str]) -> None:
        with self._store.writing() as connection:
            self._holdings.remove(connection, vanished)
            staged.move(names, connection)
            # a vector that the store had while the import was prepared may have left with its last passage since then
            lacking = meanings(self._holdings.without_vector(connection))
            self._holdings.put_vectors(connection, encoded(lacking, self.encoder))
            fresh = self._settle(connection)
        self._catalogue = fresh

    def remove(self, names: Iterable[str]) -> int:
        """Remove sources; the number of those that were there."""
        names = list(names)
        with self._store.reading() as connection:
            if not set(names) & set(self._holdings.digests(connection)):
                return 0
        with self._store.writing() as connection:
            removed = self._holdings.remove(connection, names)
            fresh = self._settle(connection)
        self._catalogue = fresh
        return removed

    def cards(self) -> tuple[Card, ...]:
        """The heads of all referentials but the notices of which an official source is there, ordered by source."""
        with self._store.reading() as connection:
            return self._shelf.cards(connection)

    def referentials(self, names: Collection[str] | None = None) -> tuple[Referential, ...]:
        """Referentials as a whole, in the order of `cards`.

        Args:
            names: sources, or codes of certifications; those that are not there are passed over. None means all, which
                takes seconds and a gigabyte where the national répertoire is held.
        """
        with self._store.reading() as connection:
            if names is None:
                return self._holdings.referentials(connection)
            return self._shelf.referentials(connection, names)

    def referential(self, name: str) -> Referential:
        """The first one of a source or of a certification's code; raises UsageError where there is none."""
        found = self.referentials([name])
        if not found:
            raise unknown(name)
        return found[0]

    def document(self, name: str) -> Document:
        """Raises UsageError where there is no such source."""
        with self._store.reading() as connection:
            found = self._holdings.document(connection, name)
        if found is None:
            raise unknown(name)
        return found

    def original(self, name: str) -> bytes | None:
        """The bytes of a source whose pages can be drawn (PDF); None for any other."""
        with self._store.reading() as connection:
            return self._holdings.original(connection, name)

    def search(self, query: str, filters: Filters = Filters(), top: int = 20) -> list[Hit]:  # noqa: B008  frozen
        """The passages that answer a query, best first: the best one of each block, then the others.

        Args:
            filters: applied before anything is ranked.
            top: at most so many hits.
        """
        if not query.strip() or top < 1:
            return []
        with self._store.reading() as connection:
            catalogue = self._current(connection)
            asked = understand(query, catalogue.knows, catalogue.speller)
            vector = self._vector(asked)
            found = rank(catalogue, asked, vector, self._mask(catalogue, filters), top)
            if catalogue.generation != self._holdings.generation_of(connection):
                found = self._there(connection, catalogue, found)
            passages = self._holdings.passages(connection, [catalogue.ids[f.row] for f in found])
        return [Hit(p, f.score, f.cosine, f.lexical) for p, f in zip(passages, found, strict=True)]

    def nearest(self, vectors: Matrix, filters: Filters = Filters(), top: int = 50) -> list[tuple[str, float]]:  # noqa: B008
        """The sources whose passages lie nearest to many vectors together, best first.

        Args:
            vectors: unit rows, shape (n, dim).
            filters: applied before anything is ranked.
            top: at most so many sources.

        Returns:
            Each source with the mean over the vectors of its best passage's cosine, in [-1, 1]; where that passage is
            not among the vector's nearest 1,000, the last of these counts instead.
        """
        if not len(vectors) or top < 1:
            return []
        with self._store.reading() as connection:
            catalogue = self._current(connection)
            return nearest(catalogue, vectors, self._mask(catalogue, filters), top)

    @staticmethod
    def _there(connection: sqlite3.Connection, catalogue: Catalogue, found: list[Found]) -> list[Found]:
        """Of what was found in another generation what a connection sees; no key is ever given to a second passage."""
        there = holdings.present(connection, [catalogue.ids[f.row] for f in found])
        return [f for f in found if int(catalogue.ids[f.row]) in there]

    @staticmethod
    def _mask(catalogue: Catalogue, filters: Filters) -> NDArray[np.bool_] | None:
        return None if filters == Filters() else admitted(catalogue.cards, filters)[catalogue.card_of]

    def _vector(self, query: Query) -> Matrix:
        """The unit vector of a query: of what is asked, leaning towards what the glossary says of it."""
        vectors = self.encoder.encode_queries([query.text, query.more] if query.more else [query.text])
        leaning = vectors[0] + EXPLAINED * vectors[1:].sum(axis=0)
        return leaning / max(float(np.linalg.norm(leaning)), 1e-9)

    def _encode(
        self, connection: sqlite3.Connection, entries: Iterable[Entry], held: Mapping[bytes, Matrix]
    ) -> dict[bytes, Matrix]:
        """The vectors held, and those of the texts that have none yet, by their key."""
        texts = meanings(p for entry in entries for p in entry.passages)
        known = self._holdings.known_vectors(connection, texts)
        keys = [key for key in texts if key not in known and key not in held]
        vectors = dict(held)
        for first in range(0, len(keys), BATCH):
            part = keys[first : first + BATCH]
            vectors |= zip(part, self.encoder.encode_passages([texts[key] for key in part]), strict=True)
        return vectors

    def _put(self, entries: Collection[Entry], vectors: Mapping[bytes, Matrix]) -> None:
        with self._store.writing() as connection:
            # once more: a vector seen before the transaction may have left with its last passage since then
            self._holdings.put_vectors(connection, self._encode(connection, entries, vectors))
            self._holdings.remove(connection, [entry.document.name for entry in entries])  # at once: see `_move`
            for entry in entries:
                self._holdings.put(connection, entry)
            fresh = self._settle(connection)
        self._catalogue = fresh

    def _settle(self, connection: sqlite3.Connection) -> Catalogue:
        """End a change: a new generation with its derived files, not yet committed."""
        before = self._holdings.generation_of(connection)
        cards = holdings.settle(connection)
        coming = next_generation(connection)
        # without a name, so that nothing keeps it once its rows are taken over: it may be half a gigabyte
        fresh, words = self._derive(
            connection, coming, cards, derived.before(self._store.home, before, self._catalogue, self.encoder)
        )
        derived.write(self._store.home, fresh, words, self.encoder.digest)
        derived.sweep(self._store.home, {before.stamp, fresh.generation.stamp})
        return fresh

    def _current(self, connection: sqlite3.Connection) -> Catalogue:
        """The catalogue of the generation that a connection sees; of the one before while that takes long to load."""
        generation = self._holdings.generation_of(connection)
        if self._catalogue is None:
            with self._loading:  # and not by a second connection, which a full disk would not let in
                self._catalogue = self._catalogue or self._load(connection, generation)
        held = self._catalogue
        if held is None or held.generation != generation:
            self._renewing.wait(self._renew, needed=held is None)
        return self._catalogue

    def _renew(self) -> None:
        """Load the catalogue of the last generation, unless it is there by now."""
        before, loaded = self._catalogue, None
        while loaded is None:
            with self._store.reading() as connection:
                generation = self._holdings.generation_of(connection)
                if before is not None and before.generation == generation:
                    return
                loaded = self._load(connection, generation)
        if self._catalogue is before:  # a change made by this process brings its own
            self._catalogue = loaded

    def _load(self, connection: sqlite3.Connection, generation: Generation) -> Catalogue | None:
        """None where another process has swept its files away, having gone on to another generation."""
        self._store.agree(connection, self.encoder)  # another process may have reindexed it meanwhile
        folder = derived.place(self._store.home, generation)
        with suppress(OSError, ValueError, KeyError):
            return derived.read(folder, generation, self.encoder.dim)
        if self._overtaken(generation):
            return None
        rebuilt, words = self._derive(connection, generation, holdings.cards(connection))
        with suppress(OSError):  # a full or read-only disk costs the next opening time, nothing else
            derived.write(self._store.home, rebuilt, words, self.encoder.digest)
        return rebuilt

    def _overtaken(self, generation: Generation) -> bool:
        with suppress(AcquisError), self._store.reading() as connection:  # a full disk lets no second one in
            return self._holdings.generation_of(connection) != generation
        return False

    def _derive(
        self,
        connection: sqlite3.Connection,
        generation: Generation,
        cards: tuple[Card, ...],
        before: Before | None = None,
    ) -> tuple[Catalogue, Words]:
        building = Building(self.encoder.dim, before)
        rows = holdings.rows(connection, before.keys) if before else holdings.rows(connection)
        del before
        building.fill(rows)
        return building.done(generation, cards)
