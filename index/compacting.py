"""A store made as small as what it holds: room given back, what interrupted operations left thrown away."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from index import derived, staging
from index.store import Store, generation_of, tell
from index.troubles import told


def compact(home: Path) -> tuple[int, int]:
    """Rewrite the store without the room that removed sources left; its content and its generation stay.

    An interrupted import or reindexing is given up: it begins anew when it is asked for again. Needs as much free disk
    as the store has content; readers go on meanwhile.

    Returns:
        The bytes of the whole folder before and after.

    Raises:
        StoreBusy: another process is writing; StoreError: no store, or no room on the disk.
    """
    store, before = Store.open_for_reindexing(home), _size(home)
    staging.abandon(home)
    with store.writing() as connection:
        connection.execute("DROP TABLE IF EXISTS fresh_vectors")
        connection.execute("DELETE FROM meta WHERE key = 'reindex.digest'")
        derived.sweep(home, {generation_of(connection).stamp})
        tell(connection, {})
    with told(home), closing(store.connect()) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, _size(home)


def _size(home: Path) -> int:
    return sum(p.stat().st_size for p in home.rglob("*") if p.is_file())
