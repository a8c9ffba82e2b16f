"""By which words a certification is called by its name: its code, its issuer's proper names, its title."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.cards import Card
from index.lexical import Lexical
from index.query import Query
from index.wordlists import rarity
from index.words import content, fold, terms

ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{2,}\b")
LEGAL_FORMS = frozenset({"sas", "sasu", "sarl", "eurl", "scop", "scic", "gie", "epic", "ltd", "association", "groupe"})
PROPER = 7.0  # rarity from which a word in capitals is a name ("CESI"), not a word that is shouted ("ECOLE")
BLOCK_CODE = re.compile(r"(?<=\d)bc\d\d$")
NUMBER = 5  # digits from which a number alone names a fiche: shorter ones may be years
SHORTEST_TITLE = 2  # stems: a title of one word is a word of the trade
BY_ISSUER = 0.6  # an issuer may have many certifications, and the name of a town in its own
HALF = 2.0  # a word found by a translation or an explanation counts like the user's own from this share on


def identity(card: Card) -> list[str]:
    """Folded words that name a certification and are no words of the trade: code, its number, names of its issuers."""
    names = [name for issuer in card.issuers for name in _proper_names(issuer)]
    if card.code is None:
        return names
    number = re.sub(r"\D", "", card.code)
    return [fold(card.code), *([number] if len(number) >= NUMBER else []), *names]


def title_terms(card: Card) -> list[str]:
    """The stems of a title, each once; none where it is too short to name anything."""
    found = list(dict.fromkeys(terms(card.title)))
    return found if len(found) >= SHORTEST_TITLE else []


def named(query: Query, identities: Lexical, titles: Lexical) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How far a query names each certification.

    Args:
        identities, titles: one row for each card, of `identity` and `title_terms`.

    Returns:
        By identity (1 for its code, BY_ISSUER for its issuer), and the share of its title that the query holds, in
        [0, 1]; both of shape (cards,).
    """
    called = np.zeros(len(identities), dtype=np.float32)
    for word in query.words:
        rows = identities.rows(BLOCK_CODE.sub("", word))
        called[rows] = np.maximum(called[rows], 1.0 if word[-1].isdigit() else BY_ISSUER)
    held = np.zeros(len(titles), dtype=np.float32)
    for term, weight in query.weights.items():
        held[titles.rows(term)] += min(1.0, HALF * weight)
    return called, held / np.maximum(titles.lengths, 1)


@lru_cache(maxsize=50_000)  # most issuers have many certifications
def _proper_names(issuer: str) -> tuple[str, ...]:
    capitals = {fold(name) for name in ACRONYM.findall(issuer)}
    return tuple(w for w in content(issuer) if w not in LEGAL_FORMS and _proper(w, w in capitals))


def _proper(word: str, capitals: bool) -> bool:
    known = rarity(word)
    return known is None or (capitals and known >= PROPER)
