"""Files that people ask for, written where they said."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import UsageError


def put(path: Path, data: bytes, private: bool = False) -> None:
    """Write a file, a new one for its owner's eyes alone where it is private; raises UsageError where that fails."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            f"Impossible d’écrire « {path.name} » : vérifiez le dossier et vos droits.",
            f"“{path.name}” cannot be written: check its folder and your rights.",
        ) from error
