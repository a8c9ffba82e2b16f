"""How long things take or last, and how many blocks there are, wherever a section says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Quote
from corpus.layouts.lines import bare
from corpus.referential import Block, Facet, Fact, Section

WORDS = ("zero", "une?", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
NUMBERS = "|".join(WORDS)
DURATION = re.compile(
    rf"\b(?:\d+(?:[.,]\d+)?|{NUMBERS})(?:\s*(?:a|ou|-)\s*(?:\d+|{NUMBERS}))?\s*"
    r"(?:mn|min|minutes?|h\d{0,2}|heures?|jours?|semaines?|mois|ans?|annees?)\b"
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
LABEL_WORDS = 12


def duration_facts(sections: Iterable[Section]) -> list[Fact]:
    """Each duration that a section states, labelled with the words of its sentence that lead to it."""
    facts: dict[tuple[str, str], Fact] = {}
    for section in sections:
        for sentence in _sentences(section):
            told = 0
            for match in DURATION.finditer(bare(sentence.text)):
                label = " ".join(sentence.text[told : match.start()].split()[-LABEL_WORDS:])
                value, told = sentence.text[match.start() : match.end()], match.end()
                facts.setdefault((label, value), Fact(section.facet, label, value, sentence))
    return list(facts.values())


def block_count_facts(sections: Iterable[Section], blocks: Sequence[Block]) -> list[Fact]:
    """Where a section says of how many blocks the certification consists, in digits or in a word."""
    count = len(blocks)
    if not count:
        return []
    word = WORDS[count] if count < len(WORDS) else "$^"
    said = re.compile(rf"\b(?:{count}|{word})\b")
    for section in sections:
        if section.facet is Facet.COMPONENTS:
            for sentence in _sentences(section):
                text = bare(sentence.text)
                if re.search(r"\bblocs?\b", text) and said.search(text):
                    return [Fact(Facet.BLOCKS, "Nombre de blocs", str(count), sentence)]
    return []


def _sentences(section: Section) -> Iterator[Quote]:
    for quote in (quote for piece in section.parts for quote in piece.quotes):
        for text in SENTENCE_END.split(quote.text):
            yield Quote(text, quote.first, quote.last)
