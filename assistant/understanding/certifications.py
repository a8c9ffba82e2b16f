"""Which certifications a question names: by code, title, issuer or school."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.knowledge import Knowledge
from assistant.understanding.coverage import same_word, stands_for
from assistant.understanding.names import issuer_names
from assistant.understanding.scope import UNIT_WORDS, joins
from assistant.understanding.wording import language, said
from corpus.referential import Referential
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
KINDS = re.compile(
    r"(?<![a-z])(?:titre professionnel|bts|cap|but|dut|bac pro|bachelor|licence pro(?:fessionnelle)?|licence|master"
    r"|mastere|deust|deug|bp|bpjeps|mention complementaire|brevet(?: professionnel)?|tp|de(?=s? d['’]))(?![a-z])"
)
AFTER_TITLE = re.compile(r"[?.,;:!]|\s(?:en|par|via|by|through)\s+(?:la |the )?vae\b", re.IGNORECASE)
QUOTED = re.compile(r"[«“\"][^»”\"]*[»”\"]")
PARTLY, SURELY = 0.6, 0.99
MEANT, MARGIN = 0.45, 0.08  # cosine at which a title is taken for meant, and its lead over the next


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names.

    Attributes:
        referentials: those named, in the order of the library.
        unknown: codes and names of certifications that the library does not hold, as the question writes them.
        by_issuer: those named only through their issuer.
        words: words of the question that were used up in naming.
    """

    referentials: tuple[Referential, ...] = ()
    unknown: tuple[str, ...] = ()
    by_issuer: tuple[Referential, ...] = ()
    words: frozenset[str] = frozenset()


def named(question: str, knowledge: Knowledge) -> Named:
    """Find the certifications that a question names; codes first, then titles and issuers."""
    folded, stems = fold(question), said(question)
    by_code, unknown = _by_code(folded, knowledge)
    by_title = _by_title(_naming_part(question), folded, knowledge)
    by_title = by_title or _by_title(stems, folded, knowledge)
    by_title = by_title or _by_acronym(folded, knowledge)
    by_issuer = [knowledge.referentials[i] for i in knowledge.names.issued(set(surfaces(folded)))]
    if by_title and by_issuer and not by_code:
        agreed = [r for r in by_title if r in by_issuer]
        by_title = agreed or by_title
    if by_code and not joins(QUOTED.sub(" ", folded)):
        by_title = []  # a title beside a code is something said of it
    found = _distinct([*by_code, *(by_title or ([] if by_code else by_issuer))])
    if not found and not unknown:
        unknown = _unknown_title(question, folded, stems, knowledge)
        found = [] if unknown else _by_meaning(question, folded, knowledge)
    used = {w for r in found for w in (*terms(r.title), *(s for n in _issuer_words(r, folded) for s in terms(n)))}
    words = frozenset(w for w in content(question) if w in NAMING or stands_for(w, used))
    return Named(tuple(found), tuple(unknown), tuple(r for r in by_issuer if r not in found), words)


def _naming_part(question: str) -> list[str]:
    """The stems of the part of a question that speaks of a title, up to the next comma or bracket."""
    parts = re.split(r"[,;:()?]", question)
    naming = next((p for p in parts if _names_something(fold(p))), question)
    return said(naming, language(question))


def _distinct(referentials: Iterable[Referential]) -> list[Referential]:
    return list({id(r): r for r in referentials}.values())


def _by_code(folded: str, knowledge: Knowledge) -> tuple[list[Referential], list[str]]:
    found, unknown = [], []
    for match in CODE.finditer(folded):
        kind, digits = match.group(1), next(g for g in match.groups()[1:] if g)
        numbered = [knowledge.referentials[i] for i in knowledge.names.numbered(digits)]
        held = [r for r in numbered if not kind or (r.code or "").lower().startswith(kind)]
        found += held
        if not held and kind:
            unknown.append(f"{kind.upper()}{digits}")
    return _distinct(found), unknown


def _by_title(stems: Sequence[str], folded: str, knowledge: Knowledge) -> list[Referential]:
    """The referentials whose titles stand best in the question, several only where they do equally well."""
    shares = knowledge.names.shares(stems)
    likely = np.flatnonzero((knowledge.names.sizes > 1) & (shares >= PARTLY))
    scored = [(float(shares[i]), knowledge.referentials[i]) for i in likely]
    fitting = [s for s in scored if s[0] >= _needed(s[1], stems, folded)]
    whole = [r for share, r in fitting if share >= SURELY]
    if whole:
        return [r for r in whole if not any(_within(r, other) for other in whole)]
    best = max((share for share, _ in fitting), default=0.0)
    leading = [r for share, r in fitting if share == best]
    return leading if len({fold(r.title) for r in leading}) == 1 else []


def _by_acronym(folded: str, knowledge: Knowledge) -> list[Referential]:
    """The one referential whose title gives an acronym of the question in brackets ("(CELTA)"); none of several."""
    found = knowledge.names.called(set(surfaces(folded)))
    return [knowledge.referentials[found[0]]] if len(found) == 1 else []


def _needed(referential: Referential, stems: Sequence[str], folded: str) -> float:
    """The share of a title that names it: less where the question speaks of a title, or of its role ("l'expert")."""
    role = next(iter(terms(referential.title)), "")
    spoken_of = _names_something(folded) or any(w in UNIT_WORDS for w in surfaces(folded))
    return PARTLY if role in stems or spoken_of else SURELY


def _within(one: Referential, other: Referential) -> bool:
    return one is not other and set(terms(one.title)) < set(terms(other.title))


def _names_something(folded: str) -> bool:
    return any(w in NAMING or same_word(w, "referentiel") for w in surfaces(folded))


def _issuer_words(referential: Referential, folded: str) -> list[str]:
    """The distinctive names of an issuer that stand in the question: acronyms, one-word names, internet domains."""
    words = set(surfaces(folded))
    return [name for name in issuer_names(referential) if words & {name, f"l{name}", f"d{name}"}]


def _by_meaning(question: str, folded: str, knowledge: Knowledge) -> list[Referential]:
    """A title in other words or another language: the nearest one, where the question does name something."""
    if not knowledge.referentials or not _names_something(folded):
        return []
    near = knowledge.title_vectors @ knowledge.encoder.encode_queries([question])[0]
    first, *others = sorted(near, reverse=True)
    if first < MEANT or (others and first - others[0] < MARGIN):
        return []
    return [knowledge.referentials[int(near.argmax())]]


def _unknown_title(question: str, folded: str, stems: Sequence[str], knowledge: Knowledge) -> list[str]:
    """A kind of certification (BTS, titre professionnel …) followed by a name that no title holds."""
    match = KINDS.search(folded)
    if not match:
        return []
    wanted = [s for s in terms(folded[match.start() :]) if s not in NAMING][:5]
    if knowledge.names.any_holds(wanted[:3]):
        return []
    tail = AFTER_TITLE.split(question[match.start() :])[0].strip()
    return [" ".join(tail.split()[:8])]
