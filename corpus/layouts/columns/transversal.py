"""Which competences are transversal: conduct and communication, worded nearly alike in several blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.layouts.lines import bare
from corpus.referential import Block, Competence

CONDUCT = re.compile(
    r"\b(?:communi|collabor|cooper|professionnel|ecout|relation|equipe|ethique|deontolog|posture|comportement|autonom"
    r"|comprehension mutuelle|savoir-etre|organis|respect|bienveill|accompagn)"
)
ALIKE = 0.8  # share of the shorter competence's words that the longer one has
FEW = 6  # words: a shorter competence may be contained in a longer one by chance


def with_transversal(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with each competence marked."""
    words = [[_words(c) for c in block.competences] for block in blocks]
    return tuple(
        replace(
            block,
            competences=tuple(
                replace(c, transversal=_declared(c) or (_conduct(c) and _returns(words, at, words[at][n])))
                for n, c in enumerate(block.competences)
            ),
        )
        for at, block in enumerate(blocks)
    )


def _returns(words: list[list[frozenset[str]]], at: int, own: frozenset[str]) -> bool:
    others = (other for n, group in enumerate(words) if n != at for other in group)
    return any(len(own & other) >= max(FEW, ALIKE * min(len(own), len(other))) for other in others)


def _declared(competence: Competence) -> bool:
    return "competence transversale" in bare(competence.text)


def _conduct(competence: Competence) -> bool:
    return bool(CONDUCT.search(bare(competence.text)))


def _words(competence: Competence) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", bare(competence.text)))
