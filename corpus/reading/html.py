"""HTML: what a browser would show, a block a line, tables row by row and cell by cell."""

from __future__ import annotations

import contextlib
import re

from lxml import etree

from corpus.document import fold_space
from corpus.reading import text
from corpus.reading.leaving import LeftOut
from corpus.reading.refusals import Refused
from corpus.reading.stylesheets import Sheets
from corpus.reading.wire import Extract

_DROPPED = {
    "script", "style", "noscript", "template", "head", "title", "svg", "math", "object", "iframe", "canvas", "audio",
    "video", "select", "datalist", "button",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "input",
}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(data: bytes) -> Extract:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )  # huge: 2,048 levels instead of 256, where libxml2 would drop what is deeper
    try:
        root = etree.fromstring(_decoded(data).encode(), parser)
    except etree.XMLSyntaxError:
        raise Refused("broken", kind="html") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused("broken", kind="html")
    if root is None:
        raise Refused("empty")
    page = _Page(Sheets(root))
    page.walk(root)
    return Extract("html", tuple(page.lines), unseen=page.left.all)


def _decoded(data: bytes) -> str:
    """The page's text: UTF-8 where its bytes are that, else by the encoding that it declares."""
    declared = _CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"utf-16"):
            with contextlib.suppress(LookupError, UnicodeDecodeError):
                data = data.decode(declared[1].decode()).encode()
    return text.decode(data)


class _Page:
    """The lines of a page, as they come up."""

    def __init__(self, sheets: Sheets) -> None:
        self.lines: list[str] = []
        self.left = LeftOut()
        self._sheets = sheets
        self._line: list[str] = []
        self._dropped: etree._Element | None = None
        self._preformatted = 0

    def walk(self, root: etree._Element) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = str(element.tag).lower()
            if event == "start":
                self._start(element, tag)
            else:
                self._end(element, tag)
        self._break()

    def _start(self, element: etree._Element, tag: str) -> None:
        if self._dropped is not None:
            return
        unseen = self._sheets.unseen(element) if tag not in _DROPPED else None
        if tag in _DROPPED or unseen:
            if unseen:
                self.left.add(unseen, len(self.lines), "".join(element.itertext()))
            self._dropped = element
            return
        if tag not in _INLINE:
            self._break()
        self._preformatted += tag == "pre"
        self._add(element.text)

    def _end(self, element: etree._Element, tag: str) -> None:
        if self._dropped is not None and self._dropped is not element:
            return
        if self._dropped is None:
            self._preformatted -= tag == "pre"
        self._dropped = None
        if tag not in _INLINE and tag not in _DROPPED:
            self._break()
        self._add(element.tail)

    def _add(self, words: str | None) -> None:
        first, *more = (words or "").split("\n") if self._preformatted else [words or ""]
        self._line.append(first)
        for line in more:
            self._break()
            self._line.append(line)

    def _break(self) -> None:
        if line := fold_space("".join(self._line)):
            self.lines.append(line)
        self._line = []
