"""ODT: paragraphs, lists, tables and text boxes in document order, a paragraph a line; tables row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat
from xml.sax import SAXException

from odf.namespaces import FONS, STYLENS, TEXTNS
from odf.opendocument import load

from corpus.reading import archive
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract

_PARTS = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml", "settings.xml")
_PARAGRAPHS = {"p", "h"}
_SKIPPED = {"tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms"}
_HIDDEN = {"hidden-text", "hidden-paragraph"}
_BOXES = {"frame", "text-box", "note"}
_SIGNS = {"tab": "\t", "line-break": "\n"}


def read(data: bytes) -> Extract:
    with archive.checked("odt", data) as opened:
        names = opened.namelist()
        parts = {name: opened.read(name) for name in _PARTS if name in names}
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("encrypted", kind="odt")
    try:
        for part in parts.values():  # odfpy would go on with half of a part that is not well-formed
            expat.ParserCreate(namespace_separator=" ").Parse(part, True)
        document = load(io.BytesIO(data))
        story = _Story(_invisible_styles(document))
        return Extract("odt", tuple(story.lines(document.text)), hidden=story.hidden)
    except (expat.ExpatError, SAXException, LookupError, ValueError, AttributeError, TypeError):
        raise Refused("broken", kind="odt") from None


def _invisible_styles(document: Any) -> set[str]:
    """Names of the styles whose text is not displayed, or under 3 points high."""
    found = set()
    for group in (document.automaticstyles, document.styles):
        for style in group.childNodes:
            for properties in getattr(style, "childNodes", ()):
                look = getattr(properties, "attributes", None) or {}
                size = str(look.get((FONS, "font-size"), ""))
                tiny = size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() and float(size[:-2]) < 3
                if look.get((TEXTNS, "display")) == "none" or tiny:
                    found.add(str(style.attributes.get((STYLENS, "name"))))
    return found


class _Story:
    """One flow of text; counts the characters that it leaves out as hidden."""

    def __init__(self, invisible: set[str]) -> None:
        self.invisible = invisible
        self.hidden = 0

    def lines(self, element: Any, cell: bool = False) -> Iterator[str]:
        """Its lines, blank ones too unless it is a table's cell."""
        for child in element.childNodes:
            name = _name(child)
            if name in _PARAGRAPHS:
                yield from (line for line in self._paragraph(child) if line or not cell)
            elif name and name not in _SKIPPED:
                yield from self.lines(child, cell or name == "table-cell")

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes))
        if text.strip() or not boxes:
            yield from (line.rstrip() for line in text.split("\n"))
        for box in boxes:
            yield from self.lines(box, cell=True)

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        if self._unseen(element):
            self.hidden += len("".join("".join(_all(element)).split()))
            return
        for child in element.childNodes:
            name = _name(child)
            if not name:
                yield str(child.data) if hasattr(child, "data") else ""
            elif name == "s":
                yield " " * int(child.getAttribute("c") or 1)
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in _BOXES:
                boxes.append(child)
            elif name not in _SKIPPED:
                yield from self._text(child, boxes)

    def _unseen(self, element: Any) -> bool:
        style = (getattr(element, "attributes", None) or {}).get((TEXTNS, "style-name"))
        return _name(element) in _HIDDEN or (style is not None and str(style) in self.invisible)


def _name(node: Any) -> str:
    """An element's local name; empty for text."""
    return node.qname[1] if getattr(node, "qname", None) else ""


def _all(element: Any) -> Iterator[str]:
    for child in element.childNodes:
        if _name(child):
            yield from _all(child)
        else:
            yield str(getattr(child, "data", ""))
