"""Files that people drop: read once, and gone whatever happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import _TemporaryFileWrapper
from typing import Any

from gradio import route_utils

from assistant.web import UPLOADS

ARRIVING: ContextVar[list[_TemporaryFileWrapper]] = ContextVar("ARRIVING")  # files of the upload that is being read


class Receiving(route_utils.GradioMultiPartParser):
    """Reads an upload as Gradio does, which leaves what it wrote where it lies if the sender goes away."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._files_to_close_on_error = ARRIVING.get(self._files_to_close_on_error)


route_utils.GradioMultiPartParser = Receiving  # which it makes one of for each upload


@contextmanager
def arriving() -> Iterator[None]:
    """While an upload is read; what still bears its temporary name after that is erased, for nobody knows of it."""
    files: list[_TemporaryFileWrapper] = []
    before = ARRIVING.set(files)
    try:
        yield
    finally:
        ARRIVING.reset(before)
        for file in files:
            file.close()
            Path(file.name).unlink(missing_ok=True)


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
