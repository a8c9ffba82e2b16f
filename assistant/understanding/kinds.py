"""Certifications named by their type of diploma and what stands behind it: "CAP cuisine", "BTS MCO", "le DEAES"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.knowledge import Knowledge
from index.cards import Card
from index.kinds import Words, kind_at
from index.words import STOP, content, fold, surfaces, terms

CLAUSE = re.compile(r"[,;:()?!]|\.\s")
ANY = frozenset({"un", "une", "a", "an"})
LONGEST = 6  # words of a name that stand behind its type
GLUED = 4  # letters from which an acronym with the letters of its type is one


def by_kind(question: str, knowledge: Knowledge) -> tuple[list[int], frozenset[str]]:
    """The places of the certifications that a question names so, each type in turn, and the types and acronyms in it.

    Of certifications of like title those in force are meant, where any is.
    """
    found: list[int] = []
    used: set[str] = set()
    for clause in CLAUSE.split(question):
        words = tuple(surfaces(clause))
        for at in range(len(words)):
            named, length = _named_at(words, at, knowledge)
            found += named
            used.update(words[at : at + length])
    return list(dict.fromkeys(found)), frozenset(used)


def of_any_kind(question: str) -> bool:
    """True where types of diploma are named and none is a certain one: "un CAP vannerie", not "le CAP vannerie"."""
    before = []
    for clause in CLAUSE.split(question):
        words = tuple(surfaces(clause))
        before += [words[at - 1] if at else "" for at in range(len(words)) if kind_at(words, at)]
    return bool(before) and ANY.issuperset(before)


def _named_at(words: Words, at: int, knowledge: Knowledge) -> tuple[list[int], int]:
    """What is named from a word on, and how many words from there say no more than its type or acronym."""
    kind = kind_at(words, at)
    if kind:
        following = words[at + kind[1] :]
        named = _behind(following, knowledge.names.of_kind(kind[0].key), knowledge)
        abbreviated = any(i in knowledge.names.abbreviated(next(_telling(following), "")) for i in named)
        return named, (kind[1] + abbreviated) if named else 0
    named = _glued(words[at], knowledge) if len(words[at]) >= GLUED else []
    return named, int(bool(named))


def _behind(words: Words, rows: Sequence[int], knowledge: Knowledge) -> list[int]:
    """Those of some certifications whose acronym, or whole title, or whose title alone, has the words that follow."""
    following = list(islice(_telling(words), LONGEST))
    if not following or not rows:
        return []
    cards, held = knowledge.cards, set(rows)
    short = [i for i in knowledge.names.abbreviated(following[0]) if i in held]
    if short:
        return in_force(short, cards)
    stems = [next(iter(terms(w)), w) for w in following]
    titles = {i: frozenset(terms(cards[i].title)) for i in rows}
    whole = [i for i, title in titles.items() if title and title <= set(stems)]
    if whole:
        most = max(len(titles[i]) for i in whole)
        return in_force([i for i in whole if len(titles[i]) == most], cards)
    return _begun(stems, titles, cards)


def _telling(words: Words) -> Iterator[str]:
    return (w for w in words if w not in STOP)


def _begun(stems: Sequence[str], titles: dict[int, frozenset[str]], cards: Sequence[Card]) -> list[int]:
    """The one title that has as many of the first words as any has."""
    left = list(titles)
    for stem in stems:
        having = [i for i in left if stem in titles[i]]
        if not having:
            break
        left = having
    left = in_force(left, cards) if len(left) < len(titles) else []
    return left if len({fold(cards[i].title) for i in left}) == 1 else []


def _glued(word: str, knowledge: Knowledge) -> list[int]:
    """Those of whose type and title an acronym is made ("DEAES"); none where it may be several."""
    rows = [i for i in knowledge.names.abbreviated(word) if len(content(knowledge.cards[i].title)) < len(word)]
    found = in_force(rows, knowledge.cards)
    return found if len({(knowledge.cards[i].kind, fold(knowledge.cards[i].title)) for i in found}) == 1 else []


def in_force(places: Sequence[int], cards: Sequence[Card]) -> list[int]:
    """Of certifications of like title those that are in force, where any is."""
    current = {fold(cards[i].title) for i in places if cards[i].active is not False}
    return [i for i in places if cards[i].active is not False or fold(cards[i].title) not in current]
