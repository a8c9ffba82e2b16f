"""Files that people drop: read once, and gone whatever happens."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.web import UPLOADS


def erase(uploaded: Path) -> None:
    """Delete an uploaded file with the folder that was made for it; refuses what lies elsewhere."""
    folder = uploaded.resolve().parent
    if Path(UPLOADS.name).resolve() in folder.parents:
        shutil.rmtree(folder, ignore_errors=True)


def read_bytes_and_erase(uploaded: Path) -> bytes:
    """The bytes of a file that is gone when this returns, or raises."""
    try:
        return uploaded.read_bytes()
    finally:
        erase(uploaded)
