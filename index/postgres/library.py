"""The library on PostgreSQL: any number of processes search and change one corpus, none keeps a file of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index import library
from index.contract import Encoder, Filters, Hit, Matrix
from index.encoder import configured_encoder
from index.forms import meaning, meaning_key
from index.importing import encoded
from index.postgres import holdings
from index.postgres.database import Connection, Database
from index.postgres.filtering import condition
from index.postgres.schema import INDEXES
from index.postgres.searching import EXACT, Vocabulary, allowed_by, candidates, nearest, vocabulary
from index.query import understand
from index.ranking import rank
from index.staging import Staging


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
        with self._store.reading() as connection:
            known = self._known(connection)
            asked = understand(query, known.knows, known.speller)
            vector = self._vector(asked)
            catalogue = candidates(self._store, connection, known, asked.weights, vector, filters)
            found = rank(catalogue, asked, vector, None, top)
            passages = holdings.passages(connection, [catalogue.ids[f.row] for f in found])
        return [Hit(p, f.score, f.cosine, f.lexical) for p, f in zip(passages, found, strict=True)]

    def nearest(self, vectors: Matrix, filters: Filters = Filters(), top: int = 50) -> list[tuple[str, float]]:  # noqa: B008
        """As `Library.nearest`."""
        if not len(vectors) or top < 1:
            return []
        where, values = condition(filters)
        with self._store.reading() as connection:
            allowed = allowed_by(connection, filters, where, values)
            found = [nearest(self._store, connection, v, where, values, allowed) for v in vectors]
            keys = sorted({key for near in found for key, _ in near})
            source_of = _sources(connection, keys)
        return _together(found, source_of)[:top]

    def _known(self, connection: Connection) -> Vocabulary:
        """The vocabulary of the generation that a connection sees."""
        generation = holdings.generation_of(connection)
        held = self._vocabulary
        if held is not None and held.generation == generation:
            return held
        with self._loading:
            self._store.agree(connection, self.encoder)  # another process may have reindexed it meanwhile
            self._vocabulary = vocabulary(connection)
            return self._vocabulary

    def _settle(self, connection: Connection) -> None:
        """End a change: a new generation, and the indexes once there is enough to index; not yet committed."""
        holdings.settle(connection)
        rows = int(connection.execute("SELECT value FROM meta WHERE key = 'rows'").fetchone()[0])
        missing = connection.execute("SELECT to_regclass('vectors_by_meaning') IS NULL").fetchone()[0]
        if rows > EXACT and missing:
            for statement in INDEXES.format(kind=self._store.kind).split(";")[:-1]:
                connection.execute(statement)

    def _move(self, staged: Staging, names: Sequence[str], vanished: Sequence[str]) -> None:
        with self._store.writing() as connection:
            holdings.remove(connection, vanished)
            holdings.put_vectors(connection, dict(staged.vectors()))
            for entry in staged.entries(names):
                holdings.put(connection, entry)
            lacking = {meaning_key(p): meaning(p) for p in holdings.without_vector(connection)}
            holdings.put_vectors(connection, encoded(lacking, self.encoder))
            self._settle(connection)


def _sources(connection: Connection, keys: list[int]) -> dict[int, str]:
    query = "SELECT p.id, r.source FROM passages p JOIN referentials r ON r.id = p.referential WHERE p.id = ANY(%s)"
    return dict(connection.execute(query, (keys,)).fetchall())


def _together(found: Sequence[Sequence[tuple[int, float]]], source_of: dict[int, str]) -> list[tuple[str, float]]:
    """The mean over some vectors of each source's best cosine, the last of a vector's where it has none; best first."""
    best: dict[str, list[float]] = defaultdict(lambda: [min(c for _, c in near) for near in found])
    for place, near in enumerate(found):
        for key, cosine in near:
            cosines = best[source_of[key]]
            cosines[place] = max(cosines[place], cosine)
    means = {source: float(np.mean(cosines)) for source, cosines in best.items()}
    return sorted(means.items(), key=lambda item: (-item[1], item[0]))
