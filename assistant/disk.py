"""Files that people ask for, written where they said."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UsageError


def put(path: Path, data: bytes) -> None:
    """Write a file, or raise UsageError."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            f"Impossible d’écrire « {path.name} » : vérifiez le dossier et vos droits.",
            f"“{path.name}” cannot be written: check its folder and your rights.",
        ) from error
