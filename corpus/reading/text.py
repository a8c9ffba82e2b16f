"""Plain text: the file's own lines, so that a line's number is the number that any editor shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Page
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract

_LOST = re.compile(r"(?<=[^\W\d_])\ufffd")  # after a letter: a lone � at a line's start may be a bullet
_TWICE = re.compile(r"[ÃÂ][\u0080-\u00bf]|Ã[ƒ‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\u009d˜“”¦¢]|Å“")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Beyond ASCII, what French and its neighbours write in Windows-1252.
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ«»‹›‘’‚“”„–—…•·°º²³½€£§©®™µ×\u00a0\u00ad"
)
_CORRUPT = 0.001  # letters lost or doubled, of all characters: a stray one is left to the reader


def read(data: bytes) -> Extract:
    lines = decode(data).split("\n")
    return Extract("text", tuple(lines), pages(lines))


def decode(data: bytes) -> str:
    r"""The text of the bytes, line ends as "\n", without byte order mark.

    Raises:
        Refused: if the bytes are no text, or text whose letters an earlier conversion spoilt.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROL.findall(text)) > len(text) * _CORRUPT:
        raise Refused("foreign", seems="binary")
    for reason, pattern in (("lost_letters", _LOST), ("double_encoded", _TWICE)):
        count = len(pattern.findall(text))
        if count > 1 and count > len(text) * _CORRUPT:
            raise Refused(reason, count=count)
    return text


def pages(lines: Sequence[str]) -> tuple[Page, ...]:
    """Pages as form feeds part them: a form feed at a line's start begins a page with that line.

    One within or at the end of a line lets the page begin on the line after. Empty where there is no form feed.
    """
    starts = [1]
    for number, line in enumerate(lines, 1):
        if "\f" in line:
            start = number if line.startswith("\f") else number + 1
            if start > starts[-1] and start <= len(lines):
                starts.append(start)
    if len(starts) == 1:
        return ()
    ends = [start - 1 for start in starts[1:]] + [len(lines)]
    return tuple(Page(n, first, last) for n, (first, last) in enumerate(zip(starts, ends, strict=True), 1))


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> str:
    """Windows-1252, where nearly all that is beyond ASCII is what French writes."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused("unknown_encoding") from None
    high = [c for c in text if c > "\x7f"]
    if sum(c in _WESTERN for c in high) < 0.98 * len(high) or len(high) > 0.3 * len(text):
        raise Refused("unknown_encoding")
    return text
