"""An export cut into fiches and what stands between them, by its bytes alone: what was read before needs no parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

START, END = re.compile(rb"<FICHE(?=[\s>])"), b"</FICHE>"
LARGEST = 1 << 24  # bytes kept to wait for the end of a fiche


class Cuts:
    """Cuts a text that comes in chunks; nothing is lost, added or moved.

    A cut may go wrong (a comment that speaks of fiches, a fiche within another one): a parser has the last word.
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes, final: bool = False) -> Iterator[tuple[bytes, bool]]:
        """The next pieces in order, each with whether it goes from the start of a fiche to the first end of one."""
        text, at = self._rest + chunk, 0
        while (found := START.search(text, at)) and (end := text.find(END, found.start())) >= 0:
            yield text[at : found.start()], False
            at = end + len(END)
            yield text[found.start() : at], True
        kept = found.start() if found else max(text.rfind(b"<", at), at)
        if final or len(text) - kept > LARGEST:
            kept = len(text)
        yield text[at:kept], False
        self._rest = text[kept:]
