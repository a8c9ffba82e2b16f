"""A printer of referentials: cells are wrapped to columns, rows torn by pages, and flattened column by column."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document


@dataclass(frozen=True)
class Row:
    """One competence with its cells, each a list of paragraphs as they are printed, bullets included."""

    competence: list[str]
    assessment: list[str]
    criteria: list[str]


@dataclass(frozen=True)
class PrintedBlock:
    heading: str
    activities: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class House:
    """How a house prints: the widths of its columns, its page's height, what stands between lines and pages."""

    widths: tuple[int, int, int, int] = (34, 46, 33, 35)
    height: int = 40
    between_lines: str = "\n"
    between_pages: tuple[str, ...] = ("", "", "")
    header_each_block: tuple[str, ...] = ()
    lost_bullet: str = ""


def invented(name: str) -> list[PrintedBlock]:
    """The blocks of an invented referential: "accounting", "care", "gardening" or "shop"."""
    tables = tomllib.loads(Path(__file__).with_name("invented_tables.toml").read_text(encoding="utf-8"))
    return [PrintedBlock(b["heading"], b["activities"], [Row(**row) for row in b["rows"]]) for b in tables[name]]


NARROW, WIDE = frozenset("iljtf.,:;'’!|()"), frozenset("mwMWœ@%")


def width(text: str) -> float:
    """In average characters of a proportional font, as PDF files have."""
    return sum(0.55 if c in NARROW else 1.45 if c in WIDE else 1.25 if c.isupper() else 1.0 for c in text)


def wrapped(paragraphs: list[str], room: int, house: House) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        lost = bool(house.lost_bullet) and paragraph.startswith(house.lost_bullet)
        words = paragraph.removeprefix(house.lost_bullet).split() if lost else paragraph.split()
        cut = [words[0]]
        for word in words[1:]:
            if width(f"{cut[-1]} {word}") > room:
                cut.append(word)
            else:
                cut[-1] = f"{cut[-1]} {word}"
        lines += [" " + cut[0] if lost else cut[0], *cut[1:]]
    return lines


def block_lines(block: PrintedBlock, house: House) -> list[str]:
    """The block's pages, each column after column; the activities flow on beside all rows."""
    activity = wrapped([block.heading], house.widths[0], house) + wrapped(block.activities, house.widths[0], house)
    rows = [
        [wrapped(cell, width, house) for cell, width in zip(cells, house.widths[1:], strict=True)]
        for cells in ((r.competence, r.assessment, r.criteria) for r in block.rows)
    ]
    printed: list[str] = []
    while activity or rows:
        if printed:
            printed += ["\f"]
        printed += activity[: house.height]
        activity = activity[house.height :]
        left = house.height
        while rows and left > 0:
            cells = rows[0]
            tallest = max(len(cell) for cell in cells)
            for cell in cells:
                printed += cell[:left]
            if tallest > left:
                rows[0] = [cell[left:] for cell in cells]
            else:
                rows.pop(0)
            left -= tallest
    return printed


def printed(name: str, above: list[str], header: list[str], blocks: list[PrintedBlock], house: House) -> Document:
    lines = [*above, *header]
    for number, block in enumerate(blocks):
        if number and house.header_each_block:
            lines += house.header_each_block
        for line in block_lines(block, house):
            if line == "\f":
                lines += house.between_pages
            else:
                lines += [line + " ", ""] if house.between_lines == "\n" else [line + " "]
    return Document(name, tuple(lines), "0" * 64)
