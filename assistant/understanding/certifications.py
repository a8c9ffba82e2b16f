"""Which certifications a question names: by code, title, issuer or school."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.knowledge import Knowledge
from assistant.understanding.coverage import same_word, stands_for
from assistant.understanding.kinds import by_kind, of_any_kind
from assistant.understanding.names import issuer_names
from assistant.understanding.scope import UNIT_WORDS, compares, joins
from assistant.understanding.wording import language, said
from corpus.referential import Referential
from index.cards import Card
from index.kinds import kind_named, kinds_said
from index.query import importance
from index.words import content, fold, surfaces, terms

CODE = re.compile(
    r"""
    (?<![a-z0-9])(?:
        (rncp|rs)\s*[n°º:.-]*\s*(\d{1,6})                                    # RNCP38822, rncp n° 38822
        | (?:fiche|titre|certification|title)\s*(?:n\s*[°ºo]?\s*)?(\d{3,6})  # la fiche 38822
        | \(\s*(\d{4,6})\s*\)                                               # le titre du CESI (14506)
        | (?<![\d.,/-])(\d{4,6})(?![\d.,/-])                                # 38822
    )
    """,
    re.VERBOSE,
)
NAMING = frozenset(
    """
    titre certification certif diplome fiche referentiel referenciel certificat rncp title qualification framework
    diploma certificate degree programme program award standard reference
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
AFTER_TITLE = re.compile(r"[?.,;:!]|\s(?:en|par|via|by|through)\s+(?:la |the )?vae\b", re.IGNORECASE)
QUOTED = re.compile(r"[«“\"][^»”\"]*[»”\"]")
PARTLY, SURELY = 0.6, 0.99
MOST = 12  # certifications that one question may name by a title or an issuer
CAPITALS = re.compile(r"\b[A-Z][A-Z0-9&-]{2,}\b")
NEXT = re.compile(r"\s+([^\W_][\w&-]+)")
MEANT, MARGIN = 0.45, 0.08  # cosine at which a title is taken for meant, and its lead over the next


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names.

    Attributes:
        referentials: those named, in the order of the library; of equal titles those in force, MOST at most.
        unknown: codes and names of certifications that the library does not hold, as the question writes them.
        by_issuer: those named only through their issuer.
        words: words of the question that were used up in naming.
    """

    referentials: tuple[Referential, ...] = ()
    unknown: tuple[str, ...] = ()
    by_issuer: tuple[Card, ...] = ()
    words: frozenset[str] = frozenset()


def named(question: str, knowledge: Knowledge) -> Named:
    """Find the certifications that a question names; codes first, then titles and issuers."""
    folded, stems = fold(question), said(question)
    by_code, unknown = _by_code(folded, knowledge)
    by_type, typed = ([], frozenset()) if by_code else by_kind(question, knowledge)
    by_title = _by_title(_naming_part(question), folded, knowledge) or _by_title(stems, folded, knowledge)
    if by_type:
        by_title, typed = _of_both(by_title, by_type, typed, question, knowledge.cards)
    by_title = by_title or _by_acronym(folded, knowledge)
    by_issuer = knowledge.names.issued(_telling(question, folded))
    if by_title and by_issuer and not by_code:
        beside = by_issuer if compares(folded) and len(by_issuer) <= MOST else []
        by_title = [i for i in by_title if i in by_issuer] or [*by_title, *beside]
    if by_code and not joins(QUOTED.sub(" ", folded)):
        by_title = []  # a title beside a code is something said of it
    named_apart = bool(by_code) and not compares(folded)
    issued = [] if named_apart or len(by_issuer) > MOST else by_issuer  # who issues hundreds names none of them
    found = _distinct([*by_code, *(_foremost(by_title, knowledge.cards) or issued)])
    if not found and not unknown:
        unknown = _unknown_title(question, knowledge)
        found = [] if unknown else _by_meaning(question, folded, knowledge)
    cards = [knowledge.cards[i] for i in found]
    used = {w for c in cards for w in (*terms(c.title), *(s for n in _issuer_words(c, folded) for s in terms(n)))}
    words = typed.union(w for w in content(question) if w in NAMING or stands_for(w, used))
    strangers = tuple(knowledge.cards[i] for i in by_issuer if i not in found)
    return Named(knowledge.opened(found), tuple(unknown), strangers, words)


def _foremost(places: list[int], cards: Sequence[Card]) -> list[int]:
    """Of many certifications of like title those in force and registered last; few stay as they are."""
    if len(places) <= MOST:
        return places
    ranked = sorted(places, key=lambda i: (cards[i].active is False, -int(re.sub(r"\D", "", cards[i].code or "") or 0)))
    return sorted(ranked[:MOST])


def _naming_part(question: str) -> list[str]:
    """The stems of the part of a question that speaks of a title, up to the next comma or bracket."""
    parts = re.split(r"[,;:()?]", question)
    naming = next((p for p in parts if _names_something(fold(p))), question)
    return said(naming, language(question))


def _distinct(places: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(places))


def _by_code(folded: str, knowledge: Knowledge) -> tuple[list[int], list[str]]:
    found, unknown = [], []
    for match in CODE.finditer(folded):
        kind, digits = match.group(1), next(g for g in match.groups()[1:] if g)
        numbered = knowledge.names.numbered(digits)
        held = [i for i in numbered if not kind or (knowledge.cards[i].code or "").lower().startswith(kind)]
        found += held
        if not held and kind:
            unknown.append(f"{kind.upper()}{digits}")
    return _distinct(found), unknown


def _by_title(stems: Sequence[str], folded: str, knowledge: Knowledge) -> list[int]:
    """The certifications whose titles stand best in the question, several only where they do equally well."""
    shares = knowledge.names.shares(stems)
    likely = np.flatnonzero((knowledge.names.sizes > 1) & (shares >= PARTLY))
    titles = {int(i): knowledge.cards[i].title for i in likely}
    fitting = [i for i, title in titles.items() if shares[i] >= _needed(title, stems, folded)]
    whole = {i: frozenset(terms(titles[i])) for i in fitting if shares[i] >= SURELY}
    if whole:
        distinct = set(whole.values())
        return [i for i, title in whole.items() if not any(title < other for other in distinct)]
    best = max((shares[i] for i in fitting), default=0.0)
    leading = [i for i in fitting if shares[i] == best]
    return leading if len({fold(titles[i]) for i in leading}) == 1 else []


def _of_both(
    by_title: list[int], by_type: list[int], typed: frozenset[str], question: str, cards: Sequence[Card]
) -> tuple[list[int], frozenset[str]]:
    """Those that a question is about, of a title and of a type of diploma that it names, and the words of the type."""
    if not _beside(by_title, by_type, question, cards):
        return by_type, typed
    return ([*by_title, *by_type], typed) if compares(fold(question)) else (by_title, frozenset())


def _beside(by_title: Sequence[int], by_type: Sequence[int], question: str, cards: Sequence[Card]) -> bool:
    """True where a title is what the question is about, and a type of diploma beside it only something said of it.

    "Le titre X demande-t-il un CAP vannerie ?": the title has words of its own, and the question calls it a title, or
    speaks of any diploma of the type ("un CAP").
    """
    if not by_title or set(by_title) & set(by_type):
        return False
    typed = {w for i in by_type for w in terms(cards[i].title)}
    titles = [terms(cards[i].title) for i in by_title]
    own = all(set(title) - typed for title in titles)
    return own and (of_any_kind(question) or any(_called(title, question) for title in titles))


def _called(title: Sequence[str], question: str) -> bool:
    """True where a word such as "titre" stands right before the beginning of a title."""
    words = content(question)
    return any(w in NAMING and terms(behind)[:1] == list(title[:1]) for w, behind in pairwise(words))


def _by_acronym(folded: str, knowledge: Knowledge) -> list[int]:
    """The one certification whose title gives an acronym of the question in brackets ("(CELTA)"); none of several."""
    found = knowledge.names.called(set(surfaces(folded)))
    return found if len(found) == 1 else []


def _needed(title: str, stems: Sequence[str], folded: str) -> float:
    """The share of a title that names it: less where the question speaks of a title, or of its role ("l'expert")."""
    role = next(iter(terms(title)), "")
    spoken_of = _names_something(folded) or any(w in UNIT_WORDS for w in surfaces(folded))
    return PARTLY if role in stems or spoken_of else SURELY


def _names_something(folded: str) -> bool:
    return any(w in NAMING or same_word(w, "referentiel") for w in surfaces(folded))


def _telling(question: str, folded: str) -> set[str]:
    """The words of a question that may name an issuer: no diploma and its title; everyday words in capitals only."""
    rare = {w for w in surfaces(folded) if importance(w) >= 1 and not compares(w)}
    shouted = set() if question.isupper() else {fold(w) for w in CAPITALS.findall(question)}
    return {w for w in rare | shouted if kind_named(w) is None} - _titled(question)


def _titled(question: str) -> set[str]:
    """The words right behind a type of diploma that no school gives: the beginning or acronym of a title, no issuer."""
    behind = (NEXT.match(question, end) for kind, _, end in kinds_said(question) if not kind.schools)
    return {fold(match[1]) for match in behind if match}


def _issuer_words(card: Card, folded: str) -> list[str]:
    """The distinctive names of an issuer that stand in the question: acronyms, one-word names, internet domains."""
    words = set(surfaces(folded))
    return [name for name in issuer_names(card) if words & {name, f"l{name}", f"d{name}"}]


def _by_meaning(question: str, folded: str, knowledge: Knowledge) -> list[int]:
    """A title in other words or another language: the nearest one, where the question does name something."""
    if not knowledge.cards or not _names_something(folded):
        return []
    near = knowledge.title_vectors @ knowledge.encoder.encode_queries([question])[0]
    others, first = np.sort(near)[:-1], near.max()
    if first < MEANT or (len(others) and first - others[-1] < MARGIN):
        return []
    return [int(near.argmax())]


def _unknown_title(question: str, knowledge: Knowledge) -> list[str]:
    """A kind of certification (BTS, titre professionnel …) followed by a name that no title holds."""
    begins = next((first for _, first, _ in kinds_said(question)), None)
    if begins is None:
        return []
    title = question[begins:]
    wanted = [s for s in terms(title) if s not in NAMING][:5]
    if knowledge.names.any_holds(wanted[:3]):
        return []
    tail = AFTER_TITLE.split(title)[0].strip()
    return [" ".join(tail.split()[:8])]
