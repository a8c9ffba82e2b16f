"""In how many passages and places each word stands: kept up with every change, so that nothing is counted anew."""

from __future__ import annotations

from collections.abc import Sequence

from index.postgres import lists
from index.postgres.database import Connection, meta_of, tell
from index.postgres.schema import NAMES

OF_TERMS = """
INSERT INTO terms SELECT t.term, %(sign)s * sum(t.own), %(sign)s * sum(t.above), %(sign)s * sum(t.places)
FROM referentials r, unnest(r.terms, r.own, r.above, r.places) t (term, own, above, places)
WHERE r.id = ANY(%(keys)s) GROUP BY 1
ON CONFLICT (term) DO UPDATE
SET own = terms.own + excluded.own, above = terms.above + excluded.above, places = terms.places + excluded.places
"""
OF_SURFACES = """
INSERT INTO surfaces SELECT w, %(sign)s * count(*) FROM referentials r, unnest(r.surfaces) w
WHERE r.id = ANY(%(keys)s) GROUP BY 1 ON CONFLICT (word) DO UPDATE SET held = surfaces.held + excluded.held
"""
TOTALS = """
SELECT coalesce(sum(totals[1]), 0), coalesce(sum(totals[2]), 0), coalesce(sum(totals[3]), 0),
    coalesce(sum(totals[4]), 0), coalesce(sum(totals[5]), 0) FROM referentials WHERE id = ANY(%(keys)s)
"""
NO_TERMS = """
DELETE FROM terms WHERE own <= 0 AND above <= 0 AND places <= 0
AND term IN (SELECT unnest(r.terms) FROM referentials r WHERE r.id = ANY(%(keys)s))
"""  # of those touched: all of them are many
NO_SURFACES = """
DELETE FROM surfaces WHERE held <= 0
AND word IN (SELECT unnest(r.surfaces) FROM referentials r WHERE r.id = ANY(%(keys)s))
"""


def count(connection: Connection, keys: Sequence[int]) -> None:
    """Add what some referentials say."""
    if keys:
        _change(connection, keys, 1)
        lists.add(connection, keys)


def uncount(connection: Connection, keys: Sequence[int]) -> None:
    """Take away what some referentials, which are still there, say."""
    if keys:
        _change(connection, keys, -1)
        lists.take(connection, keys)
        for query in (NO_TERMS, NO_SURFACES):
            connection.execute(query, {"keys": list(keys)})


def _change(connection: Connection, keys: Sequence[int], sign: int) -> None:
    values = {"keys": list(keys), "sign": sign}
    for query in (OF_TERMS, OF_SURFACES):
        connection.execute(query, values)
    meta = meta_of(connection)
    totals = connection.execute(TOTALS, values).fetchone()
    tell(connection, {n: str(int(meta[n]) + sign * int(t)) for n, t in zip(NAMES, totals, strict=True)})
