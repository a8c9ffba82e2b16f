"""ODT: paragraphs, lists, tables and text boxes in document order, a paragraph a line; tables row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat
from xml.sax import SAXException

from odf.namespaces import DRAWNS, FONS, STYLENS, TEXTNS
from odf.opendocument import load

from corpus.document import Unseen
from corpus.reading import archive
from corpus.reading.leaving import LeftOut
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract

_PARTS = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml", "settings.xml")
_PARAGRAPHS = {"p", "h"}
_SKIPPED = {"tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms"}
_HIDDEN = {"hidden-text", "hidden-paragraph"}
_BOXES = {"frame", "text-box", "note"}
_BRIGHT = 235  # of 255: what is paler in each channel is white on paper
_CHAIN = 12  # styles that one may be made from, one from another
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
        story = _Story(_Styles(document))
        return Extract("odt", tuple(story.lines(document.text)), unseen=story.left.all)
    except (expat.ExpatError, SAXException, LookupError, ValueError, AttributeError, TypeError):
        raise Refused("broken", kind="odt") from None


class _Styles:
    """What the styles of a document say of their text: why it is not seen, and whether they colour its ground."""

    def __init__(self, document: Any) -> None:
        self._unseen: dict[str, Unseen] = {}
        self._parents: dict[str, str] = {}
        self._coloured: set[str] = set()
        self._bullets: set[tuple[str, int]] = set()  # lists and their levels, from 1, that have bullets
        for group in (document.automaticstyles, document.styles):
            for style in group.childNodes:
                self._read(style)

    def _read(self, style: Any) -> None:
        own = getattr(style, "attributes", None) or {}
        name = str(own.get((STYLENS, "name")))
        self._parents[name] = str(own.get((STYLENS, "parent-style-name")))
        for properties in getattr(style, "childNodes", ()):
            if _name(properties) == "list-level-style-bullet":
                self._bullets.add((name, int(properties.getAttribute("level") or 1)))
            look = getattr(properties, "attributes", None) or {}
            size, colour = str(look.get((FONS, "font-size"), "")), str(look.get((FONS, "color"), ""))
            tiny = size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() and float(size[:-2]) < 3
            if look.get((TEXTNS, "display")) == "none" or tiny:
                self._unseen[name] = Unseen.TINY if tiny else Unseen.MASKED
            elif _white(colour):
                self._unseen.setdefault(name, Unseen.PALE)
            ground = str(look.get((FONS, "background-color"), look.get((DRAWNS, "fill-color"), "transparent")))
            if ground != "transparent" and not _white(ground):
                self._coloured.add(name)

    def bulleted(self, lists: Sequence[str]) -> bool:
        """True for an item of the innermost of lists, by their styles; one without a style has its outer one's."""
        style = next((name for name in reversed(lists) if name), "")
        return (style, len(lists)) in self._bullets

    def unseen(self, element: Any) -> Unseen | None:
        """Why the text of an element is not seen, by its style or one that this one is made from."""
        found = next((self._unseen[name] for name in self._chain(element) if name in self._unseen), None)
        return None if found is Unseen.PALE and self._on_colour(element) else found

    def _on_colour(self, element: Any) -> bool:
        while element is not None:
            if any(name in self._coloured for name in self._chain(element)):
                return True
            element = getattr(element, "parentNode", None)
        return False

    def _chain(self, element: Any) -> Iterator[str]:
        own = getattr(element, "attributes", None) or {}
        name = next((str(value) for (_, key), value in own.items() if key == "style-name"), "")
        for _ in range(_CHAIN):
            if not name:
                return
            yield name
            name = self._parents.get(name, "")


def _white(colour: str) -> bool:
    try:
        return len(colour) == 7 and min(bytes.fromhex(colour[1:])) > _BRIGHT
    except ValueError:
        return False


class _Story:
    """One flow of text; counts what it leaves out by the line after which it stood."""

    def __init__(self, styles: _Styles) -> None:
        self.left = LeftOut()
        self._styles = styles
        self._line = 0

    def lines(self, element: Any, cell: bool = False, lists: tuple[str, ...] = ()) -> Iterator[str]:
        """Its lines, blank ones too unless it is a table's cell; `lists` are the styles of those around it."""
        mark = "• " if _name(element) == "list-item" and self._styles.bulleted(lists) else ""
        for child in element.childNodes:
            name = _name(child)
            if name in _PARAGRAPHS:
                for line in self._paragraph(child):
                    if line or not cell:
                        self._line += 1
                        yield f"{mark}{line}" if line else line
                    mark = ""
            elif name and name not in _SKIPPED:
                own = (*lists, str(child.getAttribute("stylename") or "")) if name == "list" else lists
                yield from self.lines(child, cell or name == "table-cell", own)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes))
        if text.strip() or not boxes:
            yield from (line.rstrip() for line in text.split("\n"))
        for box in boxes:
            yield from self.lines(box, cell=True)

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        if reason := self._unseen(element):
            self.left.add(reason, self._line, "".join(_all(element)))
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

    def _unseen(self, element: Any) -> Unseen | None:
        return Unseen.MASKED if _name(element) in _HIDDEN else self._styles.unseen(element)


def _name(node: Any) -> str:
    """An element's local name; empty for text."""
    return node.qname[1] if getattr(node, "qname", None) else ""


def _all(element: Any) -> Iterator[str]:
    for child in element.childNodes:
        if _name(child):
            yield from _all(child)
        else:
            yield str(getattr(child, "data", ""))
