"""DOCX: paragraphs, tables and text boxes in document order, a paragraph a line; tables row by row, cell by cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from corpus.reading import archive
from corpus.reading.leaving import LeftOut
from corpus.reading.looks import Looks
from corpus.reading.numbering import Numbering
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract
from corpus.reading.words import symbol

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted or moved text, field codes, and the second copy of a text box for old programs.
_SKIPPED = {f"{_W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr")} | {_FALLBACK}
_SIGNS = {f"{_W}{n}": s for n, s in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))}
_BOX, _TABLE, _PARAGRAPH, _ROW, _CELL = (f"{_W}{n}" for n in ("txbxContent", "tbl", "p", "tr", "tc"))


def read(data: bytes) -> Extract:
    archive.checked("docx", data).close()
    try:
        document = docx.Document(io.BytesIO(data))
        sections = list(document.sections)
        story = _Story(_numbering(document), Looks(document.element, _part(document, "styles")))
        heads = [story.lines(part._element) for s in sections for part in (s.first_page_header, s.header)]
        heads = list(_once(heads))
        story.line = len(heads)
        body = story.lines(document.element.body)
        feet = [story.lines(part._element) for s in sections for part in (s.first_page_footer, s.footer)]
    except (PackageNotFoundError, LookupError, ValueError, AttributeError, TypeError, SyntaxError):
        raise Refused("broken", kind="docx") from None
    return Extract("docx", (*heads, *body, *_once(feet)), unseen=story.left.all)


def _numbering(document: Any) -> Numbering:
    """The document's lists; its parts by their kind, for python-docx makes the missing ones of a template."""
    return Numbering(_part(document, "numbering"), _part(document, "styles"))


def _part(document: Any, kind: str) -> Any:
    related = [rel for rel in document.part.rels.values() if not rel.is_external]
    kinds = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in related}
    return getattr(kinds.get(kind), "element", None)


def _once(texts: list[list[str]]) -> Iterator[str]:
    """Headers or footers, each different one once, without blank lines."""
    for lines in dict.fromkeys(tuple(line for line in text if line.strip()) for text in texts):
        yield from lines


class _Story:
    """One flow of text; counts what it leaves out by the line, of its flow, after which it stood."""

    def __init__(self, numbering: Numbering, looks: Looks) -> None:
        self.left = LeftOut()
        self._numbering, self._looks = numbering, looks
        self.line = 0

    def lines(self, element: Any) -> list[str]:
        found: list[str] = []
        for child in element:
            if child.tag == _PARAGRAPH:
                lines = self._paragraph(child)
                self.line += len(lines)
                found += lines
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
            elif child.tag == f"{_W}sym":
                yield symbol(child.get(f"{_W}char", "0"))
            elif child.tag == _BOX:
                boxes.append(child)
            elif child.tag == f"{_W}r" and (reason := self._looks.unseen(child)):
                self.left.add(reason, self.line, "".join(t.text or "" for t in child.iter(f"{_W}t")))
            elif child.tag not in _SKIPPED:
                yield from self._text(child, boxes)


def _nearest(element: Any, tag: str) -> Iterator[Any]:
    """Descendants with a tag that lie in no other such one, whatever wraps them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag != _TABLE:
            yield from _nearest(child, tag)
