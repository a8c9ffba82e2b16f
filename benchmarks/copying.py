"""What it costs to copy a store in a folder into PostgreSQL: time, processor, memory, room.

    python -m benchmarks.copying HOME ADDRESS

ADDRESS is that of a fresh database with pgvector. Processor time of the server is counted where it is of this machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import threading
import time
from pathlib import Path

import psycopg

from index import opening

TICK = os.sysconf("SC_CLK_TCK")
SIZES = """
SELECT relname, pg_table_size(oid) / 1e6, pg_indexes_size(oid) / 1e6 FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema::regnamespace ORDER BY pg_total_relation_size(oid) DESC
"""
INDEXES = """
SELECT indexrelname, pg_relation_size(indexrelid) / 1e6 FROM pg_stat_user_indexes ORDER BY 2 DESC
"""
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Watch(threading.Thread):
    """Follows the server's process that writes: its processor time and its memory, not counting what is shared."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._address = address
        self.seconds: dict[int, float] = {}
        self.peak = 0.0

    def run(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            while True:
                for (pid,) in connection.execute(BACKENDS).fetchall():
                    self._look(pid)
                time.sleep(1)

    def _look(self, pid: int) -> None:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        except OSError:  # it has ended, or runs elsewhere
            return
        self.seconds[pid] = (int(stat[11]) + int(stat[12])) / TICK
        self.peak = max(self.peak, int(status["RssAnon"].split()[0]) / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("address")
    arguments = parser.parse_args()
    watch = Watch(arguments.address)
    watch.start()
    start, before = time.perf_counter(), time.process_time()
    library = opening.library(arguments.address, create=True)
    for progress in library.copy(arguments.home):
        if progress.done % 2000 == 0 or progress.done == progress.total:
            print(f"{time.perf_counter() - start:.0f} s\t{progress.stage} {progress.done}/{progress.total}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"seconds {time.perf_counter() - start:.0f}, of processor {time.process_time() - before:.0f} in the process")
    print(f"{sum(watch.seconds.values()):.0f} in the server; peak GB: process {peak:.2f}, server {watch.peak:.2f}")
    _tell_sizes(arguments.address)


def _tell_sizes(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for name, table, indexes in connection.execute(SIZES):
            print(f"{name}\t{table:.1f} MB\tindexes {indexes:.1f} MB")
        for name, size in connection.execute(INDEXES):
            print(f"{name}\t{size:.1f} MB")


if __name__ == "__main__":
    main()
