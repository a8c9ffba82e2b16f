"""A question understood: which certifications, which block, which facets, and what is left to look for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Lang, Turn
from assistant.knowledge import FEW, Knowledge
from assistant.understanding.aims import aim, formally_asked, of_a_person
from assistant.understanding.asking import generic
from assistant.understanding.blocks import Pointed, pointed
from assistant.understanding.certifications import CODE, Named, named
from assistant.understanding.facets import WEAK, Sighting, Topics
from assistant.understanding.hearing import misheard
from assistant.understanding.scope import asks_of_every, compares
from assistant.understanding.wording import MONTHS, ORDINALS, language, number, written
from corpus.referential import Block, Facet, Referential
from index.cards import Card
from index.query import importance
from index.words import content, fold, stem

ELLIPTIC = 2  # content words, at most, of a follow-up that leaves its facet to the question before it
CLOSE = 0.5  # of the likeliest facet's weight: facets that are as good as it
EMPTY = 0.15  # importance of words by which people ask, and look for nothing
TELLING = 0.6  # weight from which a topic is taken for what the question is about
BLOCK_FACETS = frozenset({Facet.COMPETENCES, Facet.ASSESSMENT, Facet.CRITERIA, Facet.ACTIVITIES, Facet.BLOCKS})
UNITS = (Facet.BLOCKS, Facet.ACTIVITIES)
BARE = re.compile(
    rf"(?:^|\s)(le|la|du|au|the|l|dans la|pour le)\s+(\d{{1,2}}|{'|'.join(ORDINALS)})"
    r"(?=\s*(?:[?.,;!]|$|il |elle |one|c |ca ))"
)
DATE_OR_YEAR = re.compile(
    rf"""
    \d{{0,2}}(?:er|st|nd|rd|th)?\s*(?:of\ )?   # 14, 1er, 14th of
    (?:{"|".join(MONTHS)})
    \s*\d{{0,2}},?\s*\d{{4}}                  # 2027; 14, 2027
    | (?<!\d)(?:19|20)\d\d(?!\d)              # 2027
    """,
    re.VERBOSE,
)
COUNTED = re.compile(r"(?:combien|nombre|how many|number of)(?: y a[- ]t[- ]il)?(?: d['e’]| de| of)?\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the answering understands it.

    Attributes:
        text: the question with everyday spellings put right.
        named: the certifications that the question itself names, and what it names in vain.
        referentials: those the answer is about: named, pointed to, or inherited from the history; () for any.
        pointed: the block or competence asked for.
        topics: what it is about, likeliest first, inherited where the question is elliptic.
        looked_for: words that name neither certification, block, nor topic: what is to be looked for.
        telling: words that told the topic, and may stand in the answer as well.
        every: it is about all certifications ("quelles certifications …").
        aim: what somebody looks for a certification for, where the library is too large to go through; "" otherwise.
        counts: the word counted, folded ("combien de blocs"), empty where nothing is.
    """

    text: str
    lang: Lang
    named: Named
    referentials: tuple[Referential, ...]
    pointed: Pointed
    topics: tuple[Sighting, ...]
    looked_for: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    counts: str = ""
    compares: bool = False
    every: bool = False
    aim: str = ""
    inherited: bool = False
    facets: dict[Facet, float] = field(default_factory=dict)

    @property
    def block(self) -> Block | None:
        return self.pointed.block

    @property
    def outside(self) -> Sighting | None:
        """The topic outside all referentials that the question is about, None where a facet is as likely."""
        first = next((t for t in self.topics if t.weight >= TELLING), None)
        return first if first and first.topic.facet is None else None

    @property
    def facet(self) -> Facet | None:
        """The facet that the question is most surely about, None where none is sure."""
        return next(iter(self.sure_facets), None)

    @property
    def sure_facets(self) -> tuple[Facet, ...]:
        """The facets that the question is surely about, likeliest first."""
        least = max(TELLING, CLOSE * max((t.weight for t in self.topics if t.topic.facet), default=0.0))
        return tuple(t.topic.facet for t in self.topics if t.topic.facet and t.weight >= least)


def understand(
    question: str,
    history: Sequence[Turn],
    knowledge: Knowledge,
    topics: Topics,
    lang: Lang | None = None,
    within: tuple[Referential, ...] = (),
) -> Query:
    """Understand a question in the light of what was asked before it.

    Args:
        within: referentials to which the user has limited the conversation; () for all.
    """
    query = _alone(question, knowledge, topics, lang, within)
    asked = [t.content for t in history if t.role == "user"]
    if not asked or query.aim or (query.referentials and not query.inherited and query.topics and query.looked_for):
        return query
    before = understand(asked[-1], _before_last_question(history), knowledge, topics, lang, within)
    return _inherit(query, before, knowledge)


def _before_last_question(history: Sequence[Turn]) -> Sequence[Turn]:
    last = max(i for i, t in enumerate(history) if t.role == "user")
    return history[:last]


def _alone(
    question: str, knowledge: Knowledge, topics: Topics, lang: Lang | None, within: tuple[Referential, ...]
) -> Query:
    text, seen = _heard(written(question), topics)
    names, goal = _named_or_aim(text, knowledge, seen)
    candidates = names.referentials or within or knowledge.candidates(text)
    alone = names.referentials == () and not names.unknown and one_certification(within or knowledge.cards)
    certain = bool(names.referentials) or alone
    points = pointed(text, candidates, certain, knowledge, names.words)
    own = (points.referential,) if points.referential and not names.referentials else ()
    about = names.referentials or own or (candidates if alone else ())
    counted = COUNTED.search(fold(text))
    return _with_rest(
        Query(
            text=text,
            lang=lang or language(question),
            named=names,
            referentials=about,
            pointed=points,
            topics=seen,
            counts=counted.group(1) if counted else "",
            every=bool(goal) or (asks_of_every(fold(text)) and not names.referentials and not names.unknown),
            aim=goal,
            compares=compares(fold(text)) and (len(about) > 1 or not about),
        )
    )


def _heard(text: str, topics: Topics) -> tuple[str, tuple[Sighting, ...]]:
    """The text and its topics; where it tells none, as it would be heard, if that tells one."""
    seen = tuple(topics.seen(text))
    if any(t.weight >= TELLING for t in seen) or (guess := misheard(text)) == text:
        return text, seen
    heard = tuple(topics.seen(guess))
    return (guess, heard) if any(t.weight >= TELLING for t in heard) else (text, seen)


def _named_or_aim(text: str, knowledge: Knowledge, seen: Sequence[Sighting]) -> tuple[Named, str]:
    """What a question names, or what it looks for a certification for: a title in "je suis …" is somebody's job."""
    names, folded = named(text, knowledge), fold(text)
    goal = aim(text, seen) if len(knowledge.cards) > FEW and not CODE.search(folded) else ""
    if goal and (not names.referentials or (of_a_person(folded) and not formally_asked(text, seen))):
        return Named(), goal
    return names, ""


def one_certification(referentials: Sequence[Referential | Card]) -> bool:
    """True where all of them describe one certification, as a REAC and its RC do."""
    return len({(r.code, fold(r.title)) for r in referentials}) == 1


def _with_rest(query: Query) -> Query:
    """The query with its facets weighed and what is left of its words.

    Where a block is pointed to, the word that points ("activité 4") says nothing of the facet.
    """
    if query.block:
        telling_topics = tuple(t for t in query.topics if t.weight > WEAK or t.topic.facet not in UNITS)
        query = replace(query, topics=telling_topics)
    facets = {s.topic.facet: s.weight for s in query.topics if s.topic.facet}
    told = frozenset(w for s in query.topics if s.weight >= TELLING for w in s.words)
    used = query.named.words | query.pointed.words
    looked_for, telling = [], []
    for word in dict.fromkeys(content(_undated(query.text))):
        own = stem(word)
        if query.block and word in ORDINALS:  # the rank by which the block is pointed to
            continue
        if word in used or generic(word) or _is_number(own, query) or importance(word) <= EMPTY:
            continue
        (telling if own in told or number(word) is not None else looked_for).append(word)
    return replace(query, looked_for=tuple(looked_for), telling=tuple(telling), facets=facets)


def _undated(text: str) -> str:
    """The text without its dates and years, which are held against dates and not against words."""
    return DATE_OR_YEAR.sub(" ", fold(text))


def _is_number(stem_: str, query: Query) -> bool:
    """True for what names a block, competence or certification by its number rather than something to look for."""
    numbers = {
        str(query.block.number) if query.block else "",
        query.pointed.competence or "",
        str(query.pointed.missing),
    }
    codes = {r.code.lower() for r in query.referentials if r.code}
    in_code = stem_.isdigit() and any(c.endswith(stem_) for c in codes)
    return stem_ in numbers or in_code or re.fullmatch(r"(?:rncp|rs)\d+(?:bc\d+)?|bc\d+", stem_) is not None


def _inherit(query: Query, before: Query, knowledge: Knowledge) -> Query:
    """Fill what a follow-up leaves unsaid from the question before it."""
    if query.named.unknown:
        return query
    # A block that was only guessed among all certifications yields to the certification spoken of.
    referentials, points = query.referentials, query.pointed
    to_unit = points.to_unit
    if not query.named.referentials and before.referentials:
        referentials = before.referentials
        points = pointed(_unit_named(query, before), referentials, True, knowledge, query.named.words)
        to_unit = points.to_unit
        if points.block is None and points.missing is None and not _leaves_block(query):
            points = replace(before.pointed, words=points.words, competence=points.competence)
    topics = query.topics
    # "et le bloc 3 ?" points to a unit, "et quels sont les blocs ?" asks for all of them
    own = [t for t in topics if t.weight >= TELLING and (t.topic.facet not in UNITS or not to_unit)]
    if not own and len(query.looked_for) <= ELLIPTIC:
        topics = tuple(t for t in before.topics if t.topic.facet is not Facet.BLOCKS) or topics
    filled = replace(query, referentials=referentials, pointed=points, topics=topics, inherited=True)
    return _with_rest(replace(filled, lang=query.lang if len(query.text.split()) > ELLIPTIC else before.lang))


def _unit_named(query: Query, before: Query) -> str:
    """The text of a follow-up with its bare number named: "et le 4 ?" after a block is "et le bloc 4 ?"."""
    spoken_of = before.block or before.pointed.missing or any(f in before.facets for f in UNITS)
    return BARE.sub(r" \1 bloc \2", fold(query.text), count=1) if spoken_of else query.text


def _leaves_block(query: Query) -> bool:
    """True where a follow-up asks for something that no block has, such as an address."""
    return query.facet is not None and query.facet not in BLOCK_FACETS
