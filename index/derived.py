"""The derived files of each generation: written beside the store, checked when read, rebuilt when they do not match."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index import catalogue
from index.building import Before
from index.catalogue import Catalogue, Words
from index.contract import Encoder
from index.meanings import FILES, Meanings
from index.store import Generation

FOLDER = "derived"
MANIFEST = "manifest.json"
WORDS = "words"
LOADING = threading.Lock()  # numpy reads heads of arrays by `ast`, which fails in two threads at once (gh-106905)
FORMAT = 5


def write(home: Path, built: Catalogue, words: Words, encoder: str) -> None:
    """Write a catalogue under its generation's mark: temporary folder, sync, rename.

    Args:
        words: for the generation that comes after it.
        encoder: the digest of the one that made its vectors.

    Raises:
        OSError: the disk is full or not writable; nothing is left then under the generation's mark.
    """
    shelf = home / FOLDER
    shelf.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=shelf))
    try:
        catalogue.save(built, draft)
        manifest = {"format": FORMAT, "generation": built.generation.number, "dim": built.meanings.dim}
        manifest["files"] = {name: _sum(draft / name) for name in _files(draft)}
        (draft / WORDS).mkdir()
        words.save(draft / WORDS)
        manifest |= {"words": {f"{WORDS}/{n}": _sum(draft / WORDS / n) for n in _files(draft / WORDS)}}
        manifest["encoder"] = encoder
        (draft / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        for name in _files(draft):
            _sync(draft / name)
        shutil.rmtree(place(home, built.generation), ignore_errors=True)
        os.replace(draft, place(home, built.generation))
        _sync(shelf)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def read(folder: Path, generation: Generation, dim: int) -> Catalogue:
    """Raises OSError, ValueError or KeyError where a file is missing, damaged or of another generation."""
    manifest = _manifest(folder, generation, dim)
    _check(folder, manifest["files"])
    with LOADING:
        return catalogue.load(folder, generation, dim)


def _manifest(folder: Path, generation: Generation, dim: int) -> dict[str, Any]:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found = (manifest["format"], manifest["generation"], manifest["dim"])
    if found != (FORMAT, generation.number, dim):
        raise ValueError(f"derived files {folder}: (format, generation, dim) {found}, expected {generation} {dim}")
    return manifest


def before(home: Path, generation: Generation, held: Catalogue | None, encoder: Encoder) -> Before | None:
    """The rows of an earlier generation; None where its files are missing, damaged or another encoder's.

    Args:
        held: its catalogue where it is in memory: its vectors are then not read again.
    """
    folder = place(home, generation)
    with suppress(OSError, ValueError, KeyError):
        manifest = _manifest(folder, generation, encoder.dim)
        if manifest["encoder"] != encoder.digest:
            return None
        known = held is not None and held.generation == generation
        needed = {*(f"{name}.npy" for name in catalogue.ARRAYS), *(() if known else FILES)}
        _check(folder, {n: s for n, s in manifest["files"].items() if n in needed} | manifest["words"])
        with LOADING:
            arrays = catalogue.load_arrays(folder)
            meanings = held.meanings if known else Meanings.load(folder, len(arrays["ids"]), encoder.dim)
            blocks = arrays["block_of_place"][arrays["place_of"]]
            return Before(arrays["ids"], blocks, arrays["priors"], meanings, Words.load(folder / WORDS))
    return None


def _check(folder: Path, sums: Mapping[str, int]) -> None:
    for name, expected in sums.items():
        if _sum(folder / name) != expected:
            raise ValueError(f"derived file {folder / name} differs from its manifest")


def place(home: Path, generation: Generation) -> Path:
    return home / FOLDER / generation.stamp


def discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Path, kept: set[str]) -> None:
    """Delete the derived files of all generations but those whose marks are given."""
    shelf = home / FOLDER
    for folder in shelf.iterdir() if shelf.is_dir() else ():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total = zlib.crc32(chunk, total)
    return total


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
