"""Candidates by meaning: the vectors nearest to a query's, by HNSW, or one by one where filters leave few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.contract import Matrix
from index.postgres.database import Connection, Database, array_of

SIGNATURE, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"  # of a binary COPY
FARTHEST = 1000  # vectors that a scan which does not go on can find
SCANNED = 100_000  # vectors that a filtered scan of the index may go through
NEAREST = """
SELECT v.key, p.place, p.referential, -(v.meaning <#> %(vector)s::{kind}) FROM vectors v
JOIN passages p ON p.vector = v.key {filtered} ORDER BY (v.meaning <#> %(vector)s::{kind}){exactly} LIMIT {most}
"""
FILTERED = "JOIN referentials r ON r.id = p.referential WHERE "
AMONG = "WHERE p.referential = ANY(%(among)s::bigint[])"  # of a condition PostgreSQL misjudges how few it lets through
COSINES = "SELECT key, -(meaning <#> %(vector)s::{kind}) FROM vectors WHERE key = ANY(%(keys)s::bigint[])"


def prepare(database: Database, connection: Connection, most: int, filtered: bool) -> None:
    """Set, for a transaction, how far the index is searched."""
    at_once = most if database.iterative or not filtered else FARTHEST
    settings = {"hnsw.ef_search": at_once, "enable_sort": "off"}  # a sort would read every vector
    if database.iterative:
        settings |= {"hnsw.iterative_scan": "relaxed_order", "hnsw.max_scan_tuples": SCANNED}
    asked = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())
    connection.execute(f"SELECT {asked}")


def exactly(allowed: int, total: int, most: int) -> bool:
    """Whether comparing every passage let through is less work than going through the index until enough are found.

    The index comes across one that is let through every total / allowed vectors, each about twice the work.
    """
    return allowed * allowed <= 2 * most * total


def nearest(
    database: Database,
    connection: Connection,
    vector: str,
    most: int,
    where: tuple[str, Mapping[str, object]] | None = None,
    among: Iterable[int] | None = None,
) -> Connection:
    """Ask for the passages nearest to a unit vector: key of the vector, place, referential, cosine; best first.

    Args:
        vector: as `written` gives it.
        where: a condition on their referentials, with its values; None lets all through, hidden ones as well.
        among: the referentials that it lets through, where all their passages are compared, one by one.
    """
    condition, values = where or ("", {})
    filtered, exactly = FILTERED + condition if condition else "", ""
    if among is not None:
        filtered, exactly, values = AMONG, " + 0", {"among": array_of(among)}
    query = NEAREST.format(kind=database.kind, filtered=filtered, exactly=exactly, most=most)
    return connection.execute(query, {**values, "vector": vector}, binary=True)


def cosines(database: Database, connection: Connection, vector: str, keys: Sequence[int]) -> dict[int, float]:
    """The cosines of some vectors, by their keys."""
    asked = {"vector": vector, "keys": array_of(keys)}
    return dict(connection.execute(COSINES.format(kind=database.kind), asked, binary=True).fetchall())


def framed(vectors: Mapping[int, Matrix], half: bool) -> bytes:
    """Rows of key and vector as a binary COPY reads them; as text they take eight times as long.

    Args:
        half: whether the column keeps half precision; all vectors are rounded to it, as `written` does.
    """
    values = np.array(list(vectors.values()), dtype=np.float16)
    kind = np.dtype(">f2" if half else ">f4")
    head = [("fields", ">i2"), ("eight", ">i4"), ("key", ">i8"), ("bytes", ">i4"), ("dim", ">i2"), ("unused", ">i2")]
    rows = np.zeros(len(values), dtype=[*head, ("meaning", kind, values.shape[1:])])
    rows["fields"], rows["eight"], rows["dim"] = 2, 8, values.shape[1]
    rows["bytes"] = 4 + kind.itemsize * values.shape[1]
    rows["key"], rows["meaning"] = list(vectors), values
    return SIGNATURE + rows.tobytes() + END


def written(vector: Matrix) -> str:
    """As pgvector reads it, in half precision, what the embedded store keeps: five digits tell its values apart.

    That is four times as quick as `str`, which writes each of them exactly.
    """
    values = vector.astype(np.float16).tolist()
    return "[" + ",".join(["%.5g"] * len(values)) % tuple(values) + "]"
