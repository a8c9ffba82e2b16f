"""XML: the file's own lines with the tags taken out, and its leaves; nothing that it declares is ever expanded."""

from __future__ import annotations

import re
from xml.parsers import expat

from corpus.document import Element
from corpus.reading import text
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract

_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)


def read(data: bytes) -> Extract:
    declared = _ENCODING.match(data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"):
        try:
            data = data.decode(declared[1].decode()).encode()
        except (LookupError, UnicodeDecodeError):
            raise Refused("unknown_encoding") from None
    return _Leaves(text.decode(data)).extract()


class _Leaves:
    """Collects lines and leaves while expat goes through a text."""

    def __init__(self, source: str) -> None:
        self._source = source.encode()
        self._lines: list[list[str]] = [[] for _ in range(source.count("\n") + 1)]
        self._elements: list[Element] = []
        self._path: list[str] = []
        self._leaf = self._spoken = False
        self._words: list[str] = []
        self._first = self._last = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._parser.EntityDeclHandler = self._refuse

    def extract(self) -> Extract:
        try:
            self._parser.Parse(self._source, True)
        except expat.ExpatError as error:
            raise Refused("malformed", line=error.lineno) from None
        lines = ("".join(line).strip() for line in self._lines)
        return Extract("xml", tuple(lines), elements=tuple(self._elements))

    def _refuse(self, *_: object) -> None:
        raise Refused("entities", kind="xml")

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._path.append(name)
        self._leaf, self._spoken, self._words = True, False, []
        self._first = self._last = self._parser.CurrentLineNumber
        self._lines[self._first - 1].append(" ")

    def _end(self, _: str) -> None:
        if self._leaf:
            found = Element(tuple(self._path), "".join(self._words).strip(), self._first, self._last)
            self._elements.append(found)
        self._leaf = False
        self._path.pop()
        self._lines[self._parser.CurrentLineNumber - 1].append(" ")

    def _data(self, words: str) -> None:
        line = self._parser.CurrentLineNumber
        self._words.append(words)
        if words == "\n":  # an end of line, or one written &#10;, which is none on disk
            self._lines[line - 1].append(" ")
            return
        if words.strip():
            self._first = self._first if self._spoken else line
            self._last, self._spoken = line, True
        self._lines[line - 1].append(words)
