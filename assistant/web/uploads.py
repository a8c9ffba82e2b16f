"""Files that people drop: read once, and gone whatever happens."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.web import UPLOADS


def uploaded(path: str) -> bool:
    """Whether a path, which anybody may have written, is that of a file in a folder made for an upload."""
    try:
        return Path(UPLOADS.name).resolve() in Path(path).resolve().parent.parents
    except (OSError, ValueError):
        return False


def erase(file: Path) -> None:
    """Delete an uploaded file with the folder that was made for it; refuses what lies elsewhere."""
    if uploaded(str(file)):
        shutil.rmtree(file.resolve().parent, ignore_errors=True)


def read_bytes_and_erase(file: Path) -> bytes:
    """The bytes of a file that is gone when this returns, or raises."""
    try:
        return file.read_bytes()
    finally:
        erase(file)
