"""A full disk, a write that fails, a byte that has turned: said in words, and what was committed goes on."""

import os
import random
import resource
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.crash import MEMORY, OLD, OPERATIONS, child, contents, litter, picture, prepared
from corpus.errors import AcquisError, StoreError
from index.checking import check
from index.library import Library

SAID = 7  # exit status of a child that was told what is wrong
WRITERS = [o for o in OPERATIONS if o.name != "compact"]


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


@pytest.fixture(scope="module")
def store(folder):
    """A store, the inputs of the operations, and what is seen of the store."""
    home, inputs = prepared(folder)
    return home, inputs, picture(home)


@pytest.fixture
def copy(folder, store):
    place = folder / "copy"
    shutil.copytree(store[0], place)
    yield place
    shutil.rmtree(place)


def attempt(operation, home, inputs, limit=None):
    """Carry out an operation; exits with SAID where a StoreError speaks of the disk."""
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        operation.run(home, inputs)
    except StoreError as error:
        os._exit(SAID if "place libre" in error.hint and "rien n'a été modifié" in error.hint else 1)


@pytest.mark.parametrize("share", [0.05, 0.4])
@pytest.mark.parametrize("operation", WRITERS, ids=lambda o: o.name)
def test_a_write_that_fails_is_said_and_changes_nothing(store, copy, operation, share):
    """No file may grow beyond a limit: the system refuses the write in the middle of a file."""
    limit = int(share * max(p.stat().st_size for p in copy.rglob("*") if p.is_file()))
    assert child(lambda: attempt(operation, copy, store[1], limit)) == SAID
    assert contents(picture(copy)) == contents(store[2])
    assert list(check(copy)) == []
    operation.run(copy, store[1])
    assert contents(picture(copy)) != contents(store[2])
    assert not litter(copy, shelves=2)


@pytest.fixture
def full(folder, store):
    """A disk of its own on which a store just fits."""
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes rights that this user lacks")
    shutil.copytree(store[0], place / "home")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("free", [0, 60_000])
def test_a_full_disk_is_said_and_changes_nothing(store, full, free):
    home, inputs, before = full / "home", store[1], store[2]
    filler = full / "filler"
    for operation in WRITERS:
        _fill(filler, full, free)
        assert child(lambda o=operation: attempt(o, home, inputs)) == SAID
        assert contents(picture(home)) == contents(before)
        filler.unlink()
    assert list(check(home)) == []
    WRITERS[0].run(home, inputs)
    assert contents(picture(home)) != contents(before)


def _fill(filler: Path, disk: Path, free: int) -> None:
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    size = filler.stat().st_size - free
    os.truncate(filler, max(0, size))


def files(home: Path) -> list[Path]:
    return sorted(p for p in home.rglob("*") if p.is_file())


def flip(path: Path, chosen: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    path.write_bytes(data)


def seen_or_said(home: Path) -> object:
    """What is seen of a store, or the error that it tells; any other error is a failure of the test."""
    try:
        return contents(picture(home))
    except AcquisError as error:
        return error if error.hint and error.hint_en else None


def verdict(home: Path) -> list[object]:
    try:
        return list(check(home))
    except StoreError as error:
        return [error]


def test_a_byte_that_has_turned_is_found_wherever_it_is(store, folder):
    """Whatever a full check lets pass has changed nothing; what is shown without it is never anything else."""
    chosen = random.Random(3)
    home, _, before = store
    derived = chosen.sample(files(home / "derived"), 8)
    for path, times in ((home / "acquis.sqlite", 20), (home / "committed", 1), *((p, 1) for p in derived)):
        for _ in range(times):
            copy = folder / "flipped"
            shutil.copytree(home, copy)
            flip(copy / path.relative_to(home), chosen)
            faults = verdict(copy)
            seen = seen_or_said(copy)
            assert faults or seen == contents(before), path
            if path in derived:
                assert seen == contents(before), f"{path.name} is not rebuilt"
                assert verdict(copy) == []
            shutil.rmtree(copy)


def test_a_damaged_source_is_named_and_mended_by_adding_it_again(store, copy):
    _, inputs, before = store
    data = (copy / "acquis.sqlite").read_bytes()
    at = data.index(b"Raboter le bois")
    (copy / "acquis.sqlite").write_bytes(data[:at] + b"X" + data[at + 1 :])
    (fault,) = check(copy)
    assert fault.source == "wood.txt"
    assert "endommagé" in fault.what
    library = Library.open(copy, OLD)
    with pytest.raises(StoreError, match="differs from its checksum") as caught:
        library.cards()
    assert "acquis check" in caught.value.hint
    first = inputs.parent / "first" / "wood.txt"
    library.remove(["wood.txt"])
    for _ in library.add([first]):
        pass
    assert list(check(copy)) == []
    assert contents(picture(copy)) == contents(before)


def test_readers_at_work_go_on_over_damaged_derived_files(store, copy):
    reader = Library.open(copy, OLD)
    expected = reader.search("atelier", top=50)
    for path in files(copy / "derived"):
        path.write_bytes(b"noise")
    assert reader.search("atelier", top=50) == expected
    assert Library.open(copy, OLD).search("atelier", top=50) == expected


def test_a_journal_that_was_damaged_loses_nothing_without_a_word(store, folder):
    """A change is committed, SQLite has not yet taken it over, a byte of its journal turns."""
    chosen = random.Random(4)
    home, inputs, before = store
    work, copy = folder / "work", folder / "journal"
    shutil.copytree(home, work)
    reader = Library.open(work, OLD)
    with reader._store.reading() as connection:
        connection.execute("SELECT count(*) FROM sources").fetchone()
        WRITERS[0].run(work, inputs)
        after = contents(picture(work))
        for _ in range(20):
            shutil.copytree(work, copy, dirs_exist_ok=True)
            flip(copy / "acquis.sqlite-wal", chosen)
            (copy / "acquis.sqlite-shm").unlink()
            faults, seen = verdict(copy), seen_or_said(copy)
            assert faults or seen == after
            assert isinstance(seen, StoreError) or seen in (contents(before), after)
            shutil.rmtree(copy)
    shutil.rmtree(work)
