"""DOCX: paragraphs, tables and text boxes in document order, a paragraph a line; tables row by row, cell by cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from corpus.reading import archive
from corpus.reading.numbering import Numbering
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted or moved text, field codes, and the second copy of a text box for old programs.
_SKIPPED = {f"{_W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr")} | {_FALLBACK}
_SIGNS = {f"{_W}{n}": s for n, s in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))}
_BOX, _TABLE, _PARAGRAPH, _ROW, _CELL = (f"{_W}{n}" for n in ("txbxContent", "tbl", "p", "tr", "tc"))
_SMALLEST = 6  # half points


def read(data: bytes) -> Extract:
    archive.checked("docx", data).close()
    try:
        document = docx.Document(io.BytesIO(data))
        sections = list(document.sections)
        story = _Story(_numbering(document))
        heads = [story.lines(part._element) for s in sections for part in (s.first_page_header, s.header)]
        body = story.lines(document.element.body)
        feet = [story.lines(part._element) for s in sections for part in (s.first_page_footer, s.footer)]
    except (PackageNotFoundError, LookupError, ValueError, AttributeError, TypeError, SyntaxError):
        raise Refused("broken", kind="docx") from None
    return Extract("docx", (*_once(heads), *body, *_once(feet)), hidden=story.hidden)


def _numbering(document: Any) -> Numbering:
    """The document's lists; its parts by their kind, for python-docx makes the missing ones of a template."""
    related = [rel for rel in document.part.rels.values() if not rel.is_external]
    kinds = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in related}
    lists, styles = (getattr(kinds.get(kind), "element", None) for kind in ("numbering", "styles"))
    return Numbering(lists, styles)


def _once(texts: list[list[str]]) -> Iterator[str]:
    """Headers or footers, each different one once, without blank lines."""
    for lines in dict.fromkeys(tuple(line for line in text if line.strip()) for text in texts):
        yield from lines


class _Story:
    """One flow of text; counts the characters that it leaves out as hidden."""

    def __init__(self, numbering: Numbering) -> None:
        self.hidden = 0
        self._numbering = numbering

    def lines(self, element: Any) -> list[str]:
        found: list[str] = []
        for child in element:
            if child.tag == _PARAGRAPH:
                found += self._paragraph(child)
            elif child.tag == _TABLE:
                found += self._table(child)
            elif child.tag not in _SKIPPED:  # content controls and other wrappings
                found += self.lines(child)
        return found

    def _table(self, table: Any) -> Iterator[str]:
        """Filled lines of the cells; a table in a cell is part of it."""
        for row in _nearest(table, _ROW):
            for cell in _nearest(row, _CELL):
                yield from (line for line in self.lines(cell) if line.strip())

    def _paragraph(self, paragraph: Any) -> list[str]:
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes))
        if text.strip() and (label := self._numbering.label(paragraph)):
            text = f"{label} {text}"
        inside = [line for box in boxes for line in self.lines(box) if line.strip()]
        return [*(line.rstrip() for line in text.split("\n")), *inside] if text.strip() or not inside else inside

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in element:
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag == _BOX:
                boxes.append(child)
            elif child.tag == f"{_W}r" and _unseen(child):
                self.hidden += sum(len("".join((t.text or "").split())) for t in child.iter(f"{_W}t"))
            elif child.tag not in _SKIPPED:
                yield from self._text(child, boxes)


def _nearest(element: Any, tag: str) -> Iterator[Any]:
    """Descendants with a tag that lie in no other such one, whatever wraps them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag != _TABLE:
            yield from _nearest(child, tag)


def _unseen(run: Any) -> bool:
    """True for hidden text, letters under 3 points, and white letters on nothing that could make them visible."""
    style = run.find(f"{_W}rPr")
    if style is None:
        return False
    vanish, size, colour = (style.find(f"{_W}{n}") for n in ("vanish", "sz", "color"))
    if vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off"):
        return True
    if size is not None and (size.get(f"{_W}val") or "").isdigit() and int(size.get(f"{_W}val")) < _SMALLEST:
        return True
    return colour is not None and _white(colour.get(f"{_W}val") or "") and not _on_colour(run)


def _white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) > 235
    except ValueError:
        return False


def _on_colour(run: Any) -> bool:
    """True where the run, its paragraph, a cell or a table's style, a text box or the page may be coloured."""
    if next(run.iter(f"{_W}shd", f"{_W}highlight"), None) is not None:
        return True
    for ancestor in run.iterancestors():
        if ancestor.tag in (_TABLE, _BOX):
            return True
        if ancestor.tag == _PARAGRAPH and next(ancestor.iterfind(f"{_W}pPr/{_W}shd"), None) is not None:
            return True
        if ancestor.find(f"{_W}background") is not None:
            return True
    return False
