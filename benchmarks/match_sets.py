"""The sets on which matching is measured: CVs, the certifications that they are held against, and what fits them.

A row's `expected` names, for each certification that the CV fits, its right blocks; `none` those that it does not fit.
Certifications are named by their code or by their source; pairs that are open to dispute are left out.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, Quote
from corpus.layouts import recognise
from corpus.reading import read
from corpus.referential import Block, Coded, Competence, Part, Referential

QUALITY = Path(__file__).resolve().parents[1] / "tests" / "quality"
INVENTED = QUALITY / "invented"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A CV with what is known of it.

    Attributes:
        expected: by code or source, the numbers of the right blocks.
        none: codes or sources that the CV does not fit.
    """

    name: str
    cv: Document
    expected: dict[str, tuple[int, ...]]
    none: tuple[str, ...]


def cv_of(text: str) -> Document:
    return Document("cv.txt", tuple(text.split("\n")), "")


def labelled(gold: Path) -> list[Labelled]:
    """The rows of a set, one JSON object a line."""
    rows = map(json.loads, gold.read_text("utf-8").splitlines())
    return [
        Labelled(r["id"], cv_of(r["experience"]), {k: tuple(v) for k, v in r["expected"].items()}, tuple(r["none"]))
        for r in rows
    ]


def named(referentials: Sequence[Referential]) -> dict[str, Referential]:
    """By their codes and by their sources; a source of several certifications names none of them."""
    sources = [r.source for r in referentials]
    found = {r.source: r for r in referentials if sources.count(r.source) == 1}
    return found | {r.code: r for r in referentials if r.code}


def invented() -> list[Referential]:
    """The invented certifications; their quotes stand in no document."""
    rows = tomllib.loads((INVENTED / "referentials.toml").read_text("utf-8"))["referential"]
    return [_certification(row) for row in rows]


def _certification(row: dict) -> Referential:
    blocks, jobs = tuple(_blocks(row)), (Coded(row["rome"], ""),)
    return Referential(row["code"], "plain", row["title"], row["code"], rome=jobs, blocks=blocks)


def _blocks(row: dict) -> Iterator[Block]:
    for number, (title, competences) in enumerate(row["blocks"].items(), 1):
        parts = tuple(Competence((Quote(text, 1, 1),), f"{number}.{i}") for i, text in enumerate(competences, 1))
        yield Block(number, title, Part((Quote(title, 1, 1),)), competences=parts)


def genuine(shared: Path) -> list[Referential]:
    """The five genuine documents."""
    return [r for path in sorted((shared / "corpus").glob("*.txt")) for r in recognise(read(path))]


def exported(shared: Path) -> list[Referential]:
    """The certifications of the genuine export."""
    return [r for path in sorted((shared / "data" / "rncp_xml_v41").glob("*.xml")) for r in recognise(read(path))]
