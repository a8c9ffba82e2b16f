"""Kill the store in the middle of what it does, again and again, and look whether anything is lost or half done.

    python -m benchmarks.crash [--times 200] [--seed 1]

Each time a child process carries out one operation on a copy of a small store (add, import of an export, remove,
reindex, compact) and is killed with SIGKILL: either after a random share of the time that the operation takes, or right
before or after one of the calls by which it writes (a statement of SQLite, a rename, a sync, a file of FAISS). Then the
store must open, hold and answer exactly what it held and answered before or after the operation, pass its own full
check, carry out the same operation, and have no litter left.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import StoreError
from index import importing, reindex
from index.checking import check
from index.compacting import compact
from index.encoder import HashingEncoder
from index.library import Library

OLD, NEW = HashingEncoder(64), HashingEncoder(96)
WRITING = {"execute", "executemany", "close", "fsync", "replace", "rename", "unlink", "rmdir", "mkdir"}
WRITING |= {"open", "write", "tofile", "write_index"}
TRADES = ("luthier", "vannier", "doreur", "relieur", "fondeur", "tonnelier")
QUERIES = ("tenir un atelier", "pétrir la pâte à pain", "raboter le bois", "RNCP103", "accorder des violons")
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # SIGKILL loses nothing that only memory holds
Picture = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that changes a store, with the sources that it needs lying in `inputs`."""

    name: str
    run: Callable[[Path, Path], object]


def _add(home: Path, inputs: Path) -> None:
    _all(Library.open(home, OLD).add([inputs / "bread.txt", inputs / "violin.txt"]))


def _import(home: Path, inputs: Path) -> None:
    _all(Library.open(home, OLD).add([inputs / "tuesday.zip"]))


def _remove(home: Path, _: Path) -> None:
    Library.open(home, OLD).remove(["wood.txt", "RNCP101.xml"])


def _reindex(home: Path, _: Path) -> None:
    _all(reindex.reindex(home, NEW))


def _compact(home: Path, _: Path) -> None:
    compact(home)


OPERATIONS = tuple(Operation(run.__name__.strip("_"), run) for run in (_add, _import, _remove, _reindex, _compact))


def prepared(folder: Path) -> tuple[Path, Path]:
    """A store of two files and an export, and the inputs of the operations; batches small, so that there are many."""
    importing.BATCH = reindex.BATCH = 3
    home, inputs, first = folder / "home", folder / "inputs", folder / "first"
    for made in (inputs, first):
        made.mkdir(parents=True)
    (first / "bread.txt").write_text("Boulanger\n\nPétrir la pâte à pain\n\nCuire le pain au four\n", encoding="utf-8")
    (first / "wood.txt").write_text("Menuisier\n\nRaboter le bois\n\nScier des planches\n", encoding="utf-8")
    _export(first / "monday.zip", TRADES)
    (inputs / "bread.txt").write_text("Boulanger\n\nPétrir la pâte à pain\n\nVendre des tartes\n", encoding="utf-8")
    (inputs / "violin.txt").write_text("Luthier\n\nAccorder des violons\n\nVernir une table\n", encoding="utf-8")
    _export(inputs / "tuesday.zip", (*TRADES[:4], "potier", "tisseur", "verrier"))
    _all(Library.open(home, OLD, create=True).add(sorted(first.iterdir())))
    return home, inputs


def _export(path: Path, trades: tuple[str, ...]) -> None:
    fiches = "".join(
        f"<FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>\n<INTITULE>Artisan {trade}</INTITULE>\n<BLOCS_COMPETENCES>"
        f"<BLOC_COMPETENCES><CODE>RNCP{number}BC01</CODE><LIBELLE>Atelier</LIBELLE><LISTE_COMPETENCES>"
        f"- Tenir un atelier de {trade}</LISTE_COMPETENCES></BLOC_COMPETENCES></BLOCS_COMPETENCES></FICHE>\n"
        for number, trade in enumerate(trades, 100)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.xml", f"<FICHES>{fiches}</FICHES>")


def picture(home: Path) -> Picture:
    """All that a user can see of a store, and how often each thing is in it; raises StoreError where it cannot open."""
    try:
        library = Library.open(home, OLD)
    except StoreError:
        library = Library.open(home, NEW)
    found: Picture = {"encoder": library.encoder.name, "generation": library.generation}
    found["referentials"] = library.referentials()
    sources = sorted({r.source for r in found["referentials"]})
    found["documents"] = [library.document(source) for source in sources]
    for query in QUERIES:
        found[query] = [(h.passage, round(h.score, 5)) for h in library.search(query, top=100)]
    everything = library.search("atelier pain bois", top=1000)
    found["passages"] = Counter(h.passage for h in everything)
    return found


def contents(seen: Picture) -> Picture:
    """A picture without the number of its generation, which says how often the store has changed."""
    return {key: value for key, value in seen.items() if key != "generation"}


class Crashes:
    """Operations, what a store looks like before and after each, and how long each takes."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.home, self.inputs = prepared(folder)
        self.before = picture(self.home)
        self.after: dict[str, Picture] = {}
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        for operation in OPERATIONS:
            self._measure(operation)

    def _measure(self, operation: Operation) -> None:
        for count in (False, True):
            copy = self._copy("measured")
            tally, start = copy.with_name("calls"), time.perf_counter()
            status = child(lambda c=copy, t=tally, n=count: _counted(operation, c, self.inputs, t if n else None))
            assert status == 0, f"{operation.name} fails by itself"
            if count:
                self.calls[operation.name] = int(tally.read_text())
            else:
                self.seconds[operation.name] = time.perf_counter() - start
        self.after[operation.name] = picture(copy)

    def moments(self, operation: Operation) -> Iterator[float | int]:
        """Endless moments to kill it at: by turns a call (a number of calls) and a time (seconds)."""
        while True:
            yield self.random.randrange(self.calls[operation.name])
            yield self.random.uniform(0, self.seconds[operation.name])

    def crash(self, operation: Operation, moment: float | int) -> str:
        """Kill an operation once; what is wrong afterwards, or nothing."""
        home = self._copy("crashed")
        if isinstance(moment, int):
            child(lambda: _until(operation, home, self.inputs, moment))
        else:
            child(lambda: operation.run(home, self.inputs), moment)
        return self._wrong(operation, home)

    def _wrong(self, operation: Operation, home: Path) -> str:
        try:
            seen = picture(home)
        except StoreError as error:
            return f"does not open: {error}"
        after = self.after[operation.name]
        if contents(seen) not in (contents(self.before), contents(after)):
            return "neither as before nor as after"
        if faults := list(check(home)):
            return f"damaged: {faults[0].what_en}"
        if contents(seen) != contents(after) or operation.name == "compact":
            operation.run(home, self.inputs)
        if contents(picture(home)) != contents(after):
            return "the same operation does not go through afterwards"
        compact(home)
        return litter(home)

    def _copy(self, name: str) -> Path:
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.home, place)
        return place


def litter(home: Path, shelves: int = 1) -> str:
    """What lies in a store's folder that nobody needs: besides the derived files of so many generations."""
    expected = {"acquis.sqlite", "acquis.sqlite-wal", "acquis.sqlite-shm", "committed", "derived"}
    left = {p.name for p in home.iterdir()} - expected
    derived = [p.name for p in (home / "derived").iterdir()]
    if left or len(derived) > shelves:
        return f"litter: {sorted(left)} {derived}"
    return ""


def child(work: Callable[[], object], seconds: float | None = None) -> int:
    """Fork, work there, kill after so many seconds, or wait; the exit status, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _counted(operation: Operation, home: Path, inputs: Path, tally: Path | None) -> None:
    seen = [0]

    def count(_: object, event: str, call: object) -> None:
        seen[0] += _writes(event, call)

    if tally is not None:
        sys.setprofile(count)
    operation.run(home, inputs)
    sys.setprofile(None)
    if tally is not None:
        tally.write_text(str(seen[0]))


def _until(operation: Operation, home: Path, inputs: Path, moment: int) -> None:
    """Carry out an operation up to one of the calls by which it writes, and die there."""
    left = [moment]

    def count(_: object, event: str, call: object) -> None:
        if _writes(event, call):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.setprofile(count)
    operation.run(home, inputs)


def _writes(event: str, call: object) -> bool:
    return event in ("c_call", "c_return") and getattr(call, "__name__", "") in WRITING


def _all(steps: Iterator[object]) -> None:
    for _ in steps:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        crashes, wrong = Crashes(Path(folder), arguments.seed), Counter()
        moments = {o.name: crashes.moments(o) for o in OPERATIONS}
        for turn in range(arguments.times):
            operation = OPERATIONS[turn % len(OPERATIONS)]
            moment = next(moments[operation.name])
            if said := crashes.crash(operation, moment):
                wrong[operation.name] += 1
                print(f"{operation.name} killed at {moment}: {said}", flush=True)
        for operation in OPERATIONS:
            print(f"{operation.name}\t{crashes.seconds[operation.name]:.2f} s\t{crashes.calls[operation.name]} calls")
        print(f"{arguments.times} kills, {wrong.total()} wrong")


if __name__ == "__main__":
    main()
