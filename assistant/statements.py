"""A referential as single statements, each of which can answer a question by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Quote
from corpus.referential import Block, Competence, Facet, Part, Referential
from index.words import content, stem

LONG = 260  # characters; a longer paragraph is cut into its sentences
NUMBERING = re.compile(r"^\W*(?:[IVX]+\b|\d+(?:\.\d+)*)")
ABOVE = frozenset(  # words of which headings are made
    map(
        stem,
        """
        accessible acces acquis acquisition activite admission annexe attestee bloc candidat certification competence
        composante composition condition contexte critere debouche description descriptif duree echeance element emploi
        entree epreuve evaluation exigence formation general information inscription introduction jury legal
        liste membre metier modalite niveau objectif organisation partie poste pre prerequis presentation professionnel
        professionnelle programme public referentiel reglementation requis resume secteur session sommaire statistique
        texte titre type validation validite visee vise voie
        access aim assessment award block board content criteria duration entry examination framework job level member
        objective overview panel part prerequisite qualification requirement route sector skill summary title unit
        """.split(),  # noqa: SIM905 - a list of words reads better as words
    )
)
SENTENCE_END = re.compile(r"(?<=[.!?;])(?<!\bex\.)(?<!\bcf\.)(?<!\bart\.)\s+(?=[A-ZÉÈÀÂÎÔ«])")


@dataclass(frozen=True, slots=True)
class Statement:
    """A verbatim piece of a source with what it is about.

    Attributes:
        order: its place in the referential, for putting statements back in reading order.
        group: statements of one paragraph, list or cell share it.
        context: titles and labels above it; they help to find it and are never quoted as its words.
        value: for a fact its value, else empty.
        goes_on: True for a sentence that follows another of the same paragraph.
    """

    order: int
    group: int
    block: int | None
    facet: Facet
    context: str
    quotes: tuple[Quote, ...]
    value: str = ""
    goes_on: bool = False

    @property
    def text(self) -> str:
        return " ".join(q.text for q in self.quotes)

    @property
    def is_heading(self) -> bool:
        """True where it says what something is about and nothing of it: the title of its block, or a mere heading."""
        if self.value:
            return False
        return (self.facet is Facet.BLOCKS and not self.context) or mere_heading(self.text)

    @property
    def leads_in(self) -> bool:
        """True where it announces what follows ("Le jury est composé de :")."""
        return self.text.rstrip().endswith(":")


def mere_heading(text: str) -> bool:
    """True for a text of which every word is one of headings ("3. Composition du jury", "Modalités d'évaluation :")."""
    words = content(NUMBERING.sub("", text))
    return bool(words) and text.rstrip()[-1] not in ".;!?" and all(stem(w) in ABOVE for w in words)


def statements(referential: Referential) -> tuple[Statement, ...]:
    """All that a referential states: facts first, then blocks and sections in reading order, nothing twice."""
    found: list[Statement] = []
    seen: set[tuple[int | None, Facet, str, str]] = set()
    for group, (block, facet, context, value, parts) in enumerate(_groups(referential)):
        for quotes, goes_on in parts:
            text = " ".join(q.text for q in quotes)
            key = (block, facet, text, f"{context}: {value}" if value else "")
            if text and key not in seen:
                seen.add(key)
                found.append(Statement(len(found), group, block, facet, context, quotes, value, goes_on))
    return tuple(found)


Piece = tuple[tuple[Quote, ...], bool]  # its quotes, and whether it goes on from the piece before
Group = tuple[int | None, Facet, str, str, Iterable[Piece]]


def _groups(referential: Referential) -> Iterator[Group]:
    for fact in referential.facts:
        yield None, fact.facet, fact.label, fact.value, [((fact.quote,), False)]
    for block in referential.blocks:
        yield from _block_groups(block)
    for section in referential.sections:
        yield None, section.facet, section.title, "", list(_pieces(section.parts))


def _block_groups(block: Block) -> Iterator[Group]:
    yield block.number, Facet.BLOCKS, "", "", [(block.heading.quotes, False)]
    yield block.number, Facet.ACTIVITIES, block.title, "", list(_pieces(block.activities))
    for competence in block.competences:
        yield from _competence_groups(block, competence)
    yield block.number, Facet.ASSESSMENT, block.title, "", list(_pieces(block.assessments))
    yield block.number, Facet.CRITERIA, block.title, "", list(_pieces(block.criteria))


def _competence_groups(block: Block, competence: Competence) -> Iterator[Group]:
    yield block.number, Facet.COMPETENCES, block.title, competence.number or "", [(competence.quotes, False)]
    context = f"{block.title} {competence.text}"
    yield block.number, Facet.COMPETENCES, context, "", list(_pieces(competence.details))
    yield block.number, Facet.ASSESSMENT, context, "", list(_pieces(competence.assessments))
    yield block.number, Facet.CRITERIA, context, "", list(_pieces(competence.criteria))


def _pieces(parts: Iterable[Part]) -> Iterator[Piece]:
    for part in parts:
        if len(part.text) <= LONG:
            yield part.quotes, False
        else:
            yield from ((quotes, i > 0) for i, quotes in enumerate(sentences(part.quotes)))


def sentences(quotes: tuple[Quote, ...]) -> Iterator[tuple[Quote, ...]]:
    """The sentences of a torn or long paragraph; one that runs over a tear keeps both its ends."""
    open_end: list[Quote] = []
    for quote in quotes:
        pieces = SENTENCE_END.split(quote.text)
        for piece in pieces[:-1]:
            yield (*open_end, Quote(piece, quote.first, quote.last))
            open_end = []
        open_end.append(Quote(pieces[-1], quote.first, quote.last))
    if open_end:
        yield tuple(open_end)
