"""In how many passages and places each word stands: kept up with every change, so that nothing is counted anew."""

from __future__ import annotations

from collections.abc import Sequence

from index.postgres.database import Connection, meta_of, tell

OF_PASSAGES = """
INSERT INTO terms
SELECT u.lexeme, %(sign)s * count(*) FILTER (WHERE 'A' = ANY(u.weights)),
    %(sign)s * count(*) FILTER (WHERE 'B' = ANY(u.weights)), 0
FROM passages p, unnest(p.words) u WHERE p.referential = ANY(%(keys)s) GROUP BY 1
ON CONFLICT (term) DO UPDATE SET own = terms.own + excluded.own, above = terms.above + excluded.above
"""
OF_PLACES = """
INSERT INTO terms SELECT u.lexeme, 0, 0, %(sign)s * count(*)
FROM places p, unnest(p.words) u WHERE p.referential = ANY(%(keys)s) GROUP BY 1
ON CONFLICT (term) DO UPDATE SET places = terms.places + excluded.places
"""
OF_SURFACES = """
INSERT INTO surfaces SELECT w, %(sign)s * count(*) FROM referentials r, unnest(r.surfaces) w
WHERE r.id = ANY(%(keys)s) GROUP BY 1 ON CONFLICT (word) DO UPDATE SET held = surfaces.held + excluded.held
"""
TOTALS = """
SELECT (SELECT count(*) FROM passages WHERE referential = ANY(%(keys)s)),
    (SELECT coalesce(sum(own), 0) FROM passages WHERE referential = ANY(%(keys)s)),
    (SELECT coalesce(sum(above), 0) FROM passages WHERE referential = ANY(%(keys)s)),
    (SELECT count(*) FROM places WHERE referential = ANY(%(keys)s)),
    (SELECT coalesce(sum(length), 0) FROM places WHERE referential = ANY(%(keys)s))
"""
NAMES = ("rows", "own", "above", "places", "words")  # of the totals, in meta


def count(connection: Connection, keys: Sequence[int]) -> None:
    """Add what some referentials say."""
    _change(connection, keys, 1)


def uncount(connection: Connection, keys: Sequence[int]) -> None:
    """Take away what some referentials, which are still there, say."""
    _change(connection, keys, -1)
    if keys:
        connection.execute("DELETE FROM terms WHERE own <= 0 AND above <= 0 AND places <= 0")
        connection.execute("DELETE FROM surfaces WHERE held <= 0")


def _change(connection: Connection, keys: Sequence[int], sign: int) -> None:
    if not keys:
        return
    values = {"keys": list(keys), "sign": sign}
    for query in (OF_PASSAGES, OF_PLACES, OF_SURFACES):
        connection.execute(query, values)
    meta = meta_of(connection)
    totals = connection.execute(TOTALS, values).fetchone()
    tell(connection, {n: str(int(meta[n]) + sign * int(t)) for n, t in zip(NAMES, totals, strict=True)})
