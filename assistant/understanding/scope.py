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

AIM = re.compile(
    r"(?<![a-z])(?:que (?:puis je|pourrais je|peut on) (?:viser|passer|obtenir|valider|preparer)"
    r"|(?:pour|veux|voudrais|aimerais|souhaite) (?:devenir|travailler|exercer|etre)|to become|to work (?:as|in|with)"
    r"|(?:cherche|recherche|looking for) (?:une?|an?) (?:\w+ )?(?:formation|diplome|certification|titre|qualification))"
    r"(?![a-z])"
)
PERSON = re.compile(
    r"(?<![a-z])(?:je (?:suis|travaille|veux|voudrais|cherche|souhaite)|devenir|i am|i m|become)(?![a-z])"
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


def aim(folded: str) -> str:
    """What is left of a question by somebody who looks for a certification ("je veux devenir …"); "" of others."""
    words = " ".join(re.findall(r"\w+", folded))
    return " ".join(PERSON.sub(" ", AIM.sub(" ", words)).split()) if AIM.search(words) else ""


def of_a_person(folded: str) -> bool:
    """True where somebody speaks of themselves, or of what to become: a title is then their job."""
    return PERSON.search(folded) is not None
