"""Documents for the tests of layouts, made from invented texts, and what must hold of every reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from corpus.document import Document, Element, Quote
from corpus.referential import Referential


def text_document(text: str, name: str = "essai.txt") -> Document:
    return Document(name, tuple(text.split("\n")), hashlib.sha256(text.encode()).hexdigest())


def xml_document(*leaves: tuple[str, str], name: str = "essai.xml") -> Document:
    """A document of leaves, each given as "FICHE/INTITULE" and its text, one line each."""
    elements = tuple(
        Element(("FICHES", *path.split("/")), text, number, number) for number, (path, text) in enumerate(leaves, 1)
    )
    return Document(name, tuple(text for _, text in leaves), "0" * 64, "xml", elements=elements)


def all_quotes(referential: Referential) -> Iterator[Quote]:
    """Every quote of every part and fact."""
    for block in referential.blocks:
        parts = [block.heading, *block.activities, *block.assessments, *block.criteria]
        for competence in block.competences:
            parts += [competence, *competence.details, *competence.assessments, *competence.criteria]
        for part in parts:
            yield from part.quotes
    for section in referential.sections:
        for part in section.parts:
            yield from part.quotes
    yield from (fact.quote for fact in referential.facts)


def false_quotes(document: Document, referential: Referential) -> list[Quote]:
    return [quote for quote in all_quotes(referential) if not document.holds(quote)]
