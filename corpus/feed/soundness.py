"""Whether a file that was downloaded is the one that was announced."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path

from corpus.errors import FetchError
from corpus.feed.dataset import Resource

MEGABYTE = 1_000_000


def sound(resource: Resource, path: Path, inflated: int) -> bool:
    """Whether a file is surely the one that was announced."""
    return (resource.checksum is not None or resource.size is not None) and fault_in(resource, path, inflated) is None


def fault_in(resource: Resource, path: Path, inflated: int) -> FetchError | None:
    """What is wrong with a file that has come to its end; None where nothing is.

    Args:
        inflated: bytes that a ZIP may hold.
    """
    size = path.stat().st_size
    if resource.size is not None and size != resource.size:
        return _wrong(resource, f"{size} bytes, expected {resource.size}")
    if resource.checksum and resource.checksum[0] in hashlib.algorithms_available:
        kind, expected = resource.checksum
        with path.open("rb") as file:
            found = hashlib.file_digest(file, kind).hexdigest()
        if found != expected:
            return _wrong(resource, f"{kind} {found}, expected {expected}")
    return _broken_zip(resource, path, inflated) if resource.name.lower().endswith(".zip") else None


def _broken_zip(resource: Resource, path: Path, inflated: int) -> FetchError | None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(m.file_size for m in archive.infolist()) > inflated:
                return too_large(resource, inflated)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        return _wrong(resource, f"no readable ZIP: {error}")
    return _wrong(resource, f"{damaged} is damaged") if damaged else None


def _wrong(resource: Resource, why: str) -> FetchError:
    return FetchError(
        f"{resource.url}: {why}",
        f"Le fichier reçu de {resource.url} est incomplet ou altéré ({why}) : il a été effacé, rien n'a été importé. "
        "Relancez ; si cela se répète, signalez-le à l'éditeur du jeu de données.",
        f"The file received from {resource.url} is incomplete or altered ({why}): it was deleted, nothing was "
        "imported. Try again; if it happens again, tell the publisher of the dataset.",
        retryable=True,
    )


def too_large(resource: Resource, size: int) -> FetchError:
    told = size // MEGABYTE
    return FetchError(
        f"{resource.url}: more than {told} MB",
        f"Le fichier {resource.url} dépasse la taille admise ({told} Mo) : ce n'est pas l'export attendu. "
        "Vérifiez l'adresse.",
        f"The file {resource.url} is larger than allowed ({told} MB): this is not the export expected. "
        "Check the address.",
    )
