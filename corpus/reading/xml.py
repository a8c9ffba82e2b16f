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
    source = text.decode(data)
    parser = expat.ParserCreate("utf-8")
    leaves = Leaves()
    parser.StartElementHandler = lambda name, _: leaves.start(name, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda _: leaves.end(parser.CurrentLineNumber)
    parser.CharacterDataHandler = lambda words: leaves.data(words, parser.CurrentLineNumber)
    refuse_declarations(parser)
    try:
        parser.Parse(source.encode(), True)
    except expat.ExpatError as error:
        raise Refused("malformed", line=error.lineno) from None
    return Extract("xml", leaves.lines(source.count("\n") + 1), elements=tuple(leaves.elements))


def refuse_declarations(parser: expat.XMLParserType) -> None:
    """Make a parser raise Refused at a document type or an entity declaration."""

    def refuse(*_: object) -> None:
        raise Refused("entities", kind="xml")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse


class Leaves:
    """Collects lines and leaves while a parser goes through a text; lines of the parser count from `before`."""

    def __init__(self, before: int = 0) -> None:
        self.elements: list[Element] = []
        self.size = 0  # characters and elements kept, so that a caller can bound them
        self._before = before
        self._lines: list[list[str]] = []
        self._path: list[str] = []
        self._leaf = self._spoken = False
        self._words: list[str] = []
        self._first = self._last = 0

    @property
    def depth(self) -> int:
        return len(self._path)

    def lines(self, count: int = 0) -> tuple[str, ...]:
        """The text of each line up to the last one that was met, or of so many."""
        found = ["".join(line).strip() for line in self._lines]
        return (*found, *[""] * (count - len(found)))

    def start(self, name: str, line: int) -> None:
        self._path.append(name)
        self._leaf, self._spoken, self._words = True, False, []
        self._first = self._last = line - self._before
        self._line(self._first).append(" ")
        self.size += len(self._path)

    def end(self, line: int) -> None:
        if self._leaf:
            found = Element(tuple(self._path), "".join(self._words).strip(), self._first, self._last)
            self.elements.append(found)
        self._leaf = False
        self._path.pop()
        self._line(line - self._before).append(" ")

    def data(self, words: str, line: int) -> None:
        line -= self._before
        self.size += len(words)
        self._words.append(words)
        if words == "\n":  # an end of line, or one written &#10;, which is none on disk
            self._line(line).append(" ")
            return
        if words.strip():
            self._first = self._first if self._spoken else line
            self._last, self._spoken = line, True
        self._line(line).append(words)

    def _line(self, number: int) -> list[str]:
        while len(self._lines) < number:
            self._lines.append([])
        return self._lines[number - 1]
