"""Files become Documents. Each is read in a child process with limits: whatever it holds, the others go on."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.reading import wire
from corpus.reading.refusals import Refused, worded
from corpus.reading.sandbox import Limits, call

__all__ = ["Limits", "PageImage", "page_image", "read", "read_bytes"]


def read(path: Path, limits: Limits = Limits()) -> Document:  # noqa: B008
    """Read a file of any format that Acquis knows: TXT, PDF, DOCX, ODT, HTML, XML, told by its content.

    Raises:
        UnreadableFile: missing, empty, encrypted, scanned, damaged or of a foreign format.
        TooLarge: beyond a limit of size, memory, time or output.
    """
    path = Path(path)
    try:
        if not path.is_file():
            raise worded(path.name or str(path), "not_a_file" if path.exists() else "missing", {})
        if (size := path.stat().st_size) > limits.size:
            raise worded(path.name, "size", {"megabytes": size // 10**6, "limit": limits.size // 10**6})
        data = path.read_bytes()
    except OSError as error:
        raise worded(path.name, "denied", {}) from error
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008
    """The same for a file that is in memory; raises as `read` does."""
    reply = _ask(name, {"want": "text", "name": name}, data, limits)
    try:
        return wire.unpack(reply, name, hashlib.sha256(data).hexdigest())
    except (KeyError, TypeError, ValueError):
        raise worded(name, "crashed", {}) from None


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page of a PDF as a picture.

    Attributes:
        width, height: pixels.
        mark: where the first marked words begin, from the left and from the top, as parts of the width and the height;
            None where nothing is marked.
    """

    png: bytes
    width: int
    height: int
    mark: tuple[float, float] | None = None


def page_image(data: bytes, page: int, quote: str) -> PageImage:
    """A page of a PDF at 110 dots an inch, the quote marked where the page has it.

    Args:
        page: from 1.
        quote: white space and line breaks do not matter; marked nowhere if empty or absent.

    Raises:
        UnreadableFile: no such page, or not a readable PDF.
        TooLarge: beyond a limit.
    """
    request = {"want": "image", "name": "document.pdf", "page": page, "quote": quote}
    reply = _ask(request["name"], request, data, Limits())
    try:
        width, height, mark = int(reply["width"]), int(reply["height"]), reply["mark"]
        at = (int(mark[0]) / width, int(mark[1]) / height) if mark else None
        return PageImage(base64.b64decode(reply["png"], validate=True), width, height, at)
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        raise worded(request["name"], "crashed", {}) from None


def _ask(name: str, request: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    try:
        return call("corpus.reading.readers", request, data, limits)
    except Refused as refusal:
        try:
            error = worded(name, refusal.reason, refusal.facts)
        except (KeyError, TypeError):
            error = worded(name, "crashed", {})
        raise error from None
