"""Whether a question sets certifications side by side, or is about all of them."""

from __future__ import annotations

import re

COMPARING = re.compile(
    r"(?<![a-z])(?:lequel|laquelle|lesquel\w*|which (?:one|of|title|certification)|qui (?:du|de la|des|de l)"
    r"|entre (?:le|la|l|les)|les deux|both|meme nombre|same|compar\w*|difference|plutot|versus|vs|autant"
    r"|(?:et|ou|and|or) (?:\w+ )?(?:celui|celle|ceux|celles|that of|the one)"
    r"|(?:ou|or) (?:dans|pour|chez|in|at|for) (?:le|la|les|l|celui|celle|the)?"
    r"|than|plus (?:de|d['’]) |contrairement)(?![a-z])"
)
TOGETHER = re.compile(r"(?<![a-z])(?:et|ou|and|or|ainsi que|as well as)(?![a-z])")
EVERY = re.compile(
    r"(?<![a-z])(?:toutes les|tous les|chaque|chacune? des|chacun des|(?:les|des) (?:deux|trois|quatre|cinq|six|\d+)"
    r"|all(?: the)?|each|every|quelles?|quels|which|what)\s+(?:\w+\s)?"
    r"(?:certifications?|titres?|fiches?|referentiels?|diplomes?|titles?|frameworks?)(?![a-z])"
)
UNIT_WORDS = frozenset(
    """
    bloc blocs block blocks activite activites activity activities unite module partie ccp bc
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def compares(folded: str) -> bool:
    return COMPARING.search(folded) is not None


def joins(folded: str) -> bool:
    """True where several things may be named side by side."""
    return compares(folded) or TOGETHER.search(folded) is not None


def asks_of_every(folded: str) -> bool:
    return EVERY.search(folded) is not None
