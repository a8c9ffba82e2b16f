"""The library on PostgreSQL: any number of processes search and change one corpus, none keeps a file of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from index import library
from index.contract import Encoder, Filters, Hit, Matrix
from index.encoder import configured_encoder
from index.forms import meanings
from index.importing import encoded
from index.postgres import holdings, meaning
from index.postgres.allowed import Allowed
from index.postgres.database import Connection, Database, array_of
from index.postgres.filtering import condition
from index.postgres.schema import INDEX
from index.postgres.searching import Sought, candidates
from index.postgres.vocabulary import Vocabulary, vocabulary
from index.progress import Progress, Report
from index.query import understand
from index.ranking import CANDIDATES, Found, rank
from index.staging import Staging
from index.store import Store

INDEXED = 5_000  # passages from which on their vectors have an index
VECTORS = 10_000  # of them written at once: the whole répertoire has half a million
BATCH = 200  # sources written between two tallies


class SharedLibrary(library.Library):
    """As `Library`, over a URL; what a process holds in memory is the vocabulary of one generation."""

    _holdings = holdings

    def __init__(self, store: Database, encoder: Encoder) -> None:
        super().__init__(store, encoder)
        self._vocabulary: Vocabulary | None = None

    @classmethod
    def open(cls, home: str, encoder: Encoder | None = None, create: bool = False) -> SharedLibrary:
        """Raises StoreError where the database is out of reach, empty (unless `create`), or another encoder's."""
        encoder = encoder or configured_encoder()
        return cls(Database.open(home, encoder, create), encoder)

    def search(self, query: str, filters: Filters = Filters(), top: int = 20) -> list[Hit]:  # noqa: B008  frozen
        """As `Library.search`."""
        if not query.strip() or top < 1:
            return []
        with self._store.reading(self.encoder) as connection:
            seen = holdings.asked_generation(connection)
            known = self._vocabulary or self._known(connection)  # mostly still that of the generation, read below
            keys, found = self._ranked(connection, known, query, filters, top)
            if holdings.read_generation(seen) != known.generation:
                keys, found = self._ranked(connection, self._known(connection), query, filters, top)
            bodies = holdings.asked_passages(connection, keys)  # read below: they come with the end of the transaction
        passages = holdings.read_passages(bodies, keys)
        return [Hit(p, f.score, f.cosine, f.lexical) for p, f in zip(passages, found, strict=True)]

    def _ranked(
        self, connection: Connection, known: Vocabulary, query: str, filters: Filters, top: int
    ) -> tuple[list[int], list[Found]]:
        """The keys of the best passages, with their scores."""
        asked = understand(query, known.knows, known.speller)
        weights = {term: weight for term, weight in asked.weights.items() if known.knows(term)}
        vector = self._vector(asked)
        sought = Sought(known, weights, meaning.written(vector))
        catalogue = candidates(self._store, connection, sought, filters)
        found = rank(catalogue, asked, vector, None, top)
        return [int(catalogue.ids[f.row]) for f in found], found

    def nearest(self, vectors: Matrix, filters: Filters = Filters(), top: int = 50) -> list[tuple[str, float]]:  # noqa: B008
        """As `Library.nearest`."""
        if not len(vectors) or top < 1:
            return []
        with self._store.reading() as connection:
            allowed = Allowed.of(connection, filters)
            exact = meaning.exactly(allowed.passages, self._known(connection).totals["rows"], CANDIDATES)
            among = allowed.referentials.tolist() if exact else None
            if not exact:
                meaning.prepare(self._store, connection, CANDIDATES, filtered=True)
            where = condition(filters)
            near = partial(meaning.nearest, self._store, connection, most=CANDIDATES, where=where, among=among)
            asked = [near(vector=meaning.written(vector)) for vector in vectors]
            found = [[(referential, cosine) for *_, referential, cosine in near] for near in asked]
            source_of = _sources(connection, sorted({key for near in found for key, _ in near}))
        return _together(found, source_of)[:top] if source_of else []

    def _known(self, connection: Connection) -> Vocabulary:
        """The vocabulary of the generation that a connection sees."""
        generation = holdings.generation_of(connection)
        held = self._vocabulary
        if held is None or held.generation != generation:
            with self._loading:
                held = self._vocabulary  # another thread may have loaded it while this one waited
                if held is None or held.generation != generation:
                    self._store.agree(connection, self.encoder)  # another process may have reindexed it meanwhile
                    held = self._vocabulary = vocabulary(connection)
        return held

    def _settle(self, connection: Connection) -> None:
        """End a change: a new generation, and the indexes once there is enough to index; not yet committed."""
        holdings.settle(connection)
        rows = int(connection.execute("SELECT value FROM meta WHERE key = 'rows'").fetchone()[0])
        missing = connection.execute("SELECT to_regclass('vectors_by_meaning') IS NULL").fetchone()[0]
        if rows > INDEXED and missing:
            connection.execute(INDEX.format(kind=self._store.kind))

    def copy(self, home: Path) -> Iterator[Progress]:
        """Copy the sources of a store in a folder as they were read, cut and encoded there, in one generation.

        Those that are here in the very same bytes stay as they are; none is withdrawn.

        Yields:
            How many sources are written, of how many; the last one carries the report.

        Raises:
            StoreError: no store in the folder, or one of another version or encoder.
            StoreBusy: another process is writing; nothing was changed.
        """
        folder = Store.open(home, self.encoder)
        with self._store.reading() as connection:
            known = holdings.digests(connection)
        with folder.reading() as connection:
            staged = Staging(connection)
            held = staged.digests
            names = sorted(name for name, digest in held.items() if known.get(name) != digest)
            for done in self._written(staged, names, ()) if names else ():
                yield Progress(done, len(names), "", "write")
        report = Report(tuple(names), tuple(sorted(held.keys() - set(names))))
        yield Progress(len(names), len(names), "", "done", report)

    def _move(self, staged: Staging, names: Sequence[str], vanished: Sequence[str]) -> None:
        for _ in self._written(staged, names, vanished):
            pass

    def _written(self, staged: Staging, names: Sequence[str], vanished: Sequence[str]) -> Iterator[int]:
        """Write sources that are ready, in one transaction; how many are written, every BATCH of them."""
        with self._store.writing() as connection:
            holdings.remove(connection, [*vanished, *names])  # all at once: each removal writes lists of words anew
            vectors = staged.vectors()
            while part := dict(islice(vectors, VECTORS)):
                holdings.put_vectors(connection, part)
            for done in range(0, len(names), BATCH):
                yield done
                holdings.put_new(connection, list(staged.entries(names[done : done + BATCH])))
            yield len(names)
            lacking = meanings(holdings.without_vector(connection))
            holdings.put_vectors(connection, encoded(lacking, self.encoder))
            self._settle(connection)


def _sources(connection: Connection, keys: list[int]) -> dict[int, str]:
    query = "SELECT id, source FROM referentials WHERE id = ANY(%s::bigint[])"
    return dict(connection.execute(query, (array_of(keys),)).fetchall())


def _together(found: Sequence[Sequence[tuple[int, float]]], source_of: dict[int, str]) -> list[tuple[str, float]]:
    """The mean over some vectors of each source's best cosine, the last of a vector's where it has none; best first."""
    last = [min((cosine for _, cosine in near), default=0.0) for near in found]
    best: dict[str, list[float]] = defaultdict(last.copy)
    for place, near in enumerate(found):
        for key, cosine in near:
            cosines = best[source_of[key]]
            cosines[place] = max(cosines[place], cosine)
    means = {source: float(np.mean(cosines)) for source, cosines in best.items()}
    return sorted(means.items(), key=lambda item: (-item[1], item[0]))
