"""Which block, activity or competence a question names: by number, code, rank or title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.understanding.coverage import coverage, stands_for
from assistant.understanding.scope import UNIT_WORDS
from assistant.understanding.wording import NUMBERS, ORDINALS, language, number, said
from corpus.referential import Block, Referential
from index.query import ASKED, importance
from index.words import content, fold, surfaces, terms

UNIT = r"(?:blocs?|blocks?|activites?|activity|activities|bc|unites?|units?|ccp|modules?)"
NUMBERED = re.compile(
    rf"(?<![a-z0-9]){UNIT}\s*(?:de\s+competences?\s*)?(?:n\s*[°ºo]?\s*|numero\s*|number\s*|no\.?\s*)?(\d{{1,2}})(?![\d.,]\d|\d)"
)
SEVERAL = re.compile(rf"(?<![a-z0-9]){UNIT}\s*(\d{{1,2}}(?:\s*(?:,|et|and|ou|or|&|/)\s*\d{{1,2}}(?!\d))+)")
SPELLED = re.compile(rf"(?<![a-z]){UNIT}\s+(?:numero\s+)?({'|'.join(NUMBERS)})(?![a-z])")
RANKED = re.compile(rf"(?<![a-z0-9-])(?:({'|'.join(ORDINALS)})\s+{UNIT}|{UNIT}\s+({'|'.join(ORDINALS)}))(?![a-z])")
CODED = re.compile(r"(?<![a-z])(?:(?:rncp|rs)\s*\d+\s*)?bc\s*0*(\d{1,2})(?!\d)")
ASKED_FOR = re.compile(rf"(?<![a-z])(?:quels?|quelles?|which|what)\s+(?:\w+\s)?{UNIT}(?![a-z])")
COMPETENCE = re.compile(r"(?:competences?|skills?|competenc(?:y|e)|c)\s*(?:n\s*[°ºo]?\s*)?(\d{1,2}\.\d{1,2})(?![\d%])")
PARTLY, NEARLY = 0.6, 0.85
LONG = 4  # words of a title beyond which a longer one is no surer
MEANT, MARGIN = 0.4, 0.03


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a question points to inside certifications.

    Attributes:
        block: the block, with its referential; None where none is pointed to or it does not exist.
        missing: the number asked for that no block has.
        competence: the number of a competence asked for ("2.3"), existing or not.
        words: words of the question that were used up in pointing.
        asked_for: True where the block is what the question asks for ("quel bloc …"); then none is pointed to.
    """

    referential: Referential | None = None
    block: Block | None = None
    missing: int | None = None
    competence: str | None = None
    words: frozenset[str] = frozenset()
    asked_for: bool = False

    @property
    def to_unit(self) -> bool:
        """True where a block is pointed to, existing or not."""
        return self.block is not None or self.missing is not None


def pointed(
    question: str,
    candidates: Sequence[Referential],
    certain: bool,
    knowledge: Knowledge,
    naming: frozenset[str] = frozenset(),
) -> Pointed:
    """Find the block that a question points to.

    Args:
        candidates: the referentials that it may belong to.
        naming: words of the question that name the certification, and so no block.
        certain: True where the question or its history names them, so that a missing number is missing.
    """
    folded, stems = fold(question), said(question)
    competence = next(iter(COMPETENCE.findall(folded)), None)
    wanted = block_number(folded)
    if wanted is None and competence:
        wanted = int(competence.split(".")[0])
    if wanted is not None:
        return _by_number(question, wanted, competence, stems, candidates, certain, knowledge)
    if ASKED_FOR.search(folded):
        return Pointed(asked_for=True)
    rest = " ".join(w for w in content(question) if w not in naming and w not in UNIT_WORDS)
    if not rest:
        return Pointed()
    return _by_title(question, folded, said(rest, language(question)), candidates, certain, knowledge)


def block_number(folded: str) -> int | None:
    """The number that a question gives a block; negative counts from the end; None where it gives none."""
    for pattern in (CODED, NUMBERED, SPELLED):
        match = pattern.search(folded)
        if match:
            return number(match.group(1))
    ranked = RANKED.search(folded)
    return ORDINALS[ranked.group(1) or ranked.group(2)] if ranked else None


def block_numbers(folded: str) -> list[int]:
    """All the numbers that a question gives blocks ("blocs 1 et 3", "BC01 et BC03"), each once."""
    rows = [re.findall(r"\d{1,2}", row) for row in SEVERAL.findall(folded)]
    single = [digits for pattern in (CODED, NUMBERED) for digits in pattern.findall(folded)]
    return list(dict.fromkeys(int(digits) for digits in (*(d for row in rows for d in row), *single)))


def _by_number(
    question: str,
    wanted: int,
    competence: str | None,
    stems: Sequence[str],
    candidates: Sequence[Referential],
    certain: bool,
    knowledge: Knowledge,
) -> Pointed:
    held = [(r, b) for r in candidates if r.blocks for b in [_numbered(r, wanted)] if b]
    if not held:
        missing = certain and any(r.blocks for r in candidates)
        return Pointed(competence=competence, missing=wanted if missing else None)
    if len(held) > 1 and not certain:
        held = _nearest(question, stems, held, knowledge)
        if not held:
            return Pointed(competence=competence)
    referential, block = held[0]
    return Pointed(referential, block, competence=competence, words=_used(question, stems, referential, block))


def _numbered(referential: Referential, wanted: int) -> Block | None:
    if wanted < 0:
        return referential.blocks[wanted] if -wanted <= len(referential.blocks) else None
    return referential.block(wanted)


def _by_title(
    question: str,
    folded: str,
    stems: Sequence[str],
    candidates: Sequence[Referential],
    certain: bool,
    knowledge: Knowledge,
) -> Pointed:
    pairs = [(r, b) for r in candidates for b in r.blocks]
    spoken_of = any(w in UNIT_WORDS for w in surfaces(folded))
    needed = PARTLY if spoken_of else NEARLY
    fitting = [pair for pair in pairs if _told(_title_terms(*pair), stems, needed)]
    if fitting:
        # where no certification is named, the words that a block's title shares with its certification's tell as well
        wanted = [_title_terms(r, b) if certain else terms(b.title) for r, b in fitting]
        shares = [(coverage(t, stems), len(set(t))) for t in wanted]
        best = max(range(len(fitting)), key=lambda i: (shares[i][0] * min(shares[i][1], LONG), shares[i][0]))
        referential, block = fitting[best]
        return Pointed(referential, block, words=_used(question, stems, referential, block))
    if spoken_of and pairs and any(importance(w) > ASKED for w in stems):
        near = _nearest(question, stems, pairs, knowledge)
        if near:
            return Pointed(*near[0])
    return Pointed()


def _told(title: Sequence[str], stems: Sequence[str], needed: float) -> bool:
    """True where enough of a title stands in the question: a share of it, and two words at least."""
    share = coverage(title, stems)
    return share >= needed and share * len(title) >= 2


def _title_terms(referential: Referential, block: Block) -> list[str]:
    """The stems of a block's title that tell it from the certification's own title, all where none is left."""
    own = set(terms(referential.title))
    wanted = list(dict.fromkeys(terms(block.title)))
    return [t for t in wanted if t not in own] or wanted


def _nearest(
    question: str, stems: Sequence[str], pairs: Sequence[tuple[Referential, Block]], knowledge: Knowledge
) -> list[tuple[Referential, Block]]:
    """The pair whose block title is nearest in words or meaning, none where two are alike."""
    query = knowledge.encoder.encode_queries([question])[0]
    meaning = knowledge.encoder.encode_passages([b.title for _, b in pairs]) @ query
    scores = [float(m) + coverage(terms(b.title), stems) for m, (_, b) in zip(meaning, pairs, strict=True)]
    order = sorted(range(len(pairs)), key=lambda i: -scores[i])
    lead = scores[order[0]] - (scores[order[1]] if len(order) > 1 else 0.0)
    return [pairs[order[0]]] if scores[order[0]] >= MEANT and lead >= MARGIN else []


def _used(question: str, stems: Sequence[str], referential: Referential, block: Block) -> frozenset[str]:
    """The words of a question that name the block by its title, in either language."""
    if coverage(_title_terms(referential, block), stems) < PARTLY:
        return frozenset()
    title = set(terms(block.title))
    return frozenset(w for w in content(question) if stands_for(w, title))
