"""From files to entries ready to be stored: read, recognised, cut into passages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.layouts import export, plain, recognise
from corpus.passages import passages
from corpus.reading import read
from corpus.reading.fiches import Fiche, is_export
from index.holdings import Entry
from index.readings import Reading


def parted(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are read whole, and the exports that are read fiche by fiche."""
    exports = [path for path in map(Path, paths) if is_export(path)]
    return [path for path in map(Path, paths) if path not in exports], exports


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes; raises UnreadableFile where there is no such file or no right to it."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _absent(path, error) from error


def entry(path: Path, count: Callable[[str], int]) -> Entry:
    """Raises UnreadableFile where the file cannot be read."""
    document = read(path)
    found = tuple((referential, passages(referential, count)) for referential in recognise(document))
    original = path.read_bytes() if document.medium == "pdf" else None
    return Entry(document, found, original)


def fiche_entry(fiche: Fiche, count: Callable[[str], int], active_only: bool = False) -> Entry:
    """One fiche of an export; of its XML only the lines are kept. Raises UnreadableFile.

    Args:
        active_only: a fiche that is no longer in force gets no passages, and `facts_digest` as its digest: it can be
            named, opened and compared, and no search finds it.
    """
    document = fiche.document()
    found = recognise(document, (export, plain))
    reading = Reading(fiche.mark, fiche.digest) if fiche.mark else None
    if active_only and found and all(r.active is False for r in found):
        bare = replace(document, elements=(), digest=facts_digest(fiche.digest))
        return Entry(bare, tuple((r, ()) for r in found), reading=reading)
    return Entry(replace(document, elements=()), tuple((r, passages(r, count)) for r in found), reading=reading)


def facts_digest(digest: str) -> str:
    """The digest of a fiche of which only facts are kept, so that an import of all passages takes it for changed."""
    return hashlib.sha256(f"facts {digest}".encode()).hexdigest()


def _absent(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        f"cannot open {path}: {error}",
        f"Le fichier {path.name} ne peut pas être ouvert ({error.strerror}). Vérifiez son emplacement et vos droits.",
        f"The file {path.name} cannot be opened ({error.strerror}). Check where it is and your rights to it.",
    )
