"""What a question takes for granted, held against what the sources say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from assistant.answering.draft import Cited, Draft, Line, part_line, quoted, refused
from assistant.answering.listing import numbered
from assistant.answering.phrases import say
from assistant.answering.quantities import counted_parts, counted_things, other_number, quantity
from assistant.answering.ranking import rank
from assistant.knowledge import Knowledge
from assistant.statement_words import StatementWords
from assistant.understanding.asking import generic
from assistant.understanding.coverage import coverage, same_word
from assistant.understanding.names import issuer_names
from assistant.understanding.query import Query
from assistant.understanding.wording import MONTHS, levels_named, meanings, proper_names
from corpus.referential import Facet, Referential
from index.cards import card_of
from index.words import content, fold, stem, terms

ISSUING = re.compile(
    r"(?<![a-z])(?:delivr\w*|certificateur|porte par|award\w*|issu(?:e|es|ed|ing)|deliver\w*)(?![a-z])"
)
QUOTED = re.compile(r"[«“\"]\s*([^»”\"]{6,120}?)\s*[»”\"]")
WHY = re.compile(r"(?<![a-z])(?:pourquoi|pour quelle raison|why|for what reason|how come)(?![a-z])")
NEGATED = re.compile(
    r"(?<![a-z])(?:sans|aucune?|jamais|pas de|interdi\w*|refus\w*|exclu\w*|without|never|no|not|forbid\w*|ban(?:s|ned)?"
    r"|prohibit\w*|refus\w*)(?![a-z])"
)
QUITE = 0.75  # share of words that must stand together in one statement
CODED = re.compile(r"(?:rncp|rs)?\d*(?:bc\d+)?")


def contradicted(query: Query, knowledge: Knowledge) -> Draft | None:
    """A refusal where the question assumes what its certification does not hold; None where nothing is wrong."""
    if len(query.referentials) != 1:
        return None
    referential = query.referentials[0]
    numbers = (counted_parts, counted_things, other_number)
    for check in (_block, _competence, *numbers, _issuer, _level, quantity, _title, _reason):
        draft = check(query, referential, knowledge)
        if draft:
            return draft
    return None


def _block(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    if query.pointed.missing is None:
        return None
    count = len(referential.blocks)
    key = "no_block_one" if count == 1 else "no_block"
    phrase = say(key, query.lang, name=referential.name, number=abs(query.pointed.missing), count=count)
    headings = [
        part_line(referential, b.number, b.heading, say("block_line", query.lang, block=b.number))
        for b in referential.blocks
    ]
    return refused(referential, phrase, headings)


def _competence(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    number, block = query.pointed.competence, query.block
    if not number or not block or numbered(block, number) or not any(c.number for c in block.competences):
        return None
    phrase = say("no_competence", query.lang, name=referential.name, number=number, block=block.number)
    lines = [part_line(referential, block.number, c, c.number or "") for c in block.competences]
    return refused(referential, phrase, lines)


def _issuer(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    own = set(issuer_names(card_of(referential)))
    strangers = [c for c in query.named.by_issuer if not own.intersection(issuer_names(c))]
    if not strangers or query.inherited or not query.named.referentials or query.compares:
        return None
    said = [n for c in strangers for n in issuer_names(c) if n in fold(query.text)]
    if not (ISSUING.search(fold(query.text)) or query.facet is Facet.ISSUER):
        return None
    phrase = say("other_issuer", query.lang, name=referential.name, issuer=said[0].upper())
    return refused(referential, phrase, _facts(referential, Facet.ISSUER))


def _facts(referential: Referential, facet: Facet) -> list[Line]:
    quotes = {f.quote: None for f in referential.facts_of(facet)}
    return [Line("", (Cited(referential, None, q),)) for q in quotes]


def _level(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    asserted = levels_named(query.text)
    if not asserted or referential.level is None or referential.level in asserted:
        return None
    spoken = {level for s in knowledge.statements(referential) for level in levels_named(s.text)}
    if asserted <= spoken:
        return None
    phrase = say("other_level", query.lang, name=referential.name, level=min(asserted))
    return refused(referential, phrase, _facts(referential, Facet.LEVEL))


def _title(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A title between quotation marks that stands nowhere in the source."""
    for title in QUOTED.findall(query.text):
        wanted = [w for w in content(title) if w not in query.pointed.words]
        texts = (f"{s.context} {s.text}" for s in knowledge.statements(referential))
        if len(wanted) > 1 and not any(coverage([stem(w) for w in wanted], terms(t)) >= QUITE for t in texts):
            phrase = say("other_measure", query.lang, value=title.strip(), name=referential.name)
            near = rank(query, [referential], knowledge)[:2]
            return refused(referential, phrase, [quoted(referential, s.statement) for s in near])
    return None


def _reason(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A reason is asked for something that no statement says is so."""
    if not WHY.search(fold(query.text)) or not (query.looked_for or NEGATED.search(fold(query.text))):
        return None
    if strange_names(query, [referential], knowledge):
        return None  # a name that the source does not hold is told by its name
    near = rank(query, [referential], knowledge)
    held = [s for s in near if s.covered >= QUITE]
    denies = NEGATED.search(fold(query.text)) is not None
    if not near or any(denies <= (NEGATED.search(fold(s.statement.text)) is not None) for s in held):
        return None
    phrase = say("not_found_in", query.lang, name=referential.name)
    return refused(referential, phrase, [quoted(referential, s.statement) for s in near[:2]])


def strange_names(query: Query, referentials: Iterable[Referential], knowledge: Knowledge) -> list[str]:
    """Proper names and acronyms of the question that the referentials do not hold, as the question writes them."""
    names = [n for n in proper_names(query.text) if fold(n) not in MONTHS and not CODED.fullmatch(fold(n))]
    if not names:
        return []
    used = query.named.words | query.pointed.words | set(query.telling)
    known = [knowledge.words(r) for r in referentials]
    titled = {t for r in referentials for t in terms(r.name)}
    if query.lang == "en":  # which writes languages and nations with a capital
        names = [n for n in names if n.isupper() or not all(meanings(w) for w in content(n))]
    strange = [n for n in names if not all(_held(w, used, titled, known) for w in content(n))]
    return [n for n in strange if not all(generic(w) for w in content(n))]


def _held(word: str, used: Collection[str], titled: Collection[str], known: Iterable[StatementWords]) -> bool:
    own = stem(word)
    if word in used or any(same_word(own, t) for t in titled):
        return True
    return any(k.holds(own) or k.explains(word) for k in known)
