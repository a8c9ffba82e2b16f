"""Which certifications a CV speaks for: why, what else there is, and what replaces those that have ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from assistant.matching.evidence import BlockMatch, Evidence, State
from assistant.matching.judge import coverage
from corpus.referential import Block, Competence, Facet, Part, Referential
from index.cards import Card

PROPOSED = 5
ENDED = 0.7  # what a certification is worth of which the registration has ended, against one that can still be had
SPOKEN = 0.4  # what a block counts of which nothing is shown
HALF = 0.5
QUOTED = 3  # lines of the CV that a reason quotes
OTHERS = 4  # alternatives named for one certification
WHOLE = 0  # the block's number of a certification that has no blocks and is taken as one


class Scope(StrEnum):
    """In what an alternative differs."""

    LEVEL = "level"  # another level, in the same field of work
    BLOCK = "block"  # a block of the certification alone
    SPECIFIC = "specific"  # a certification without blocks, narrower than any diploma (register RS)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a certification is proposed, in figures and in lines.

    Attributes:
        blocks: the numbers of the blocks of which something is shown, best first.
        of: how many blocks it has.
        proven, partial, claimed: how many of its competences.
        competences: how many it has.
        quotes: lines of the CV beside the referential's, the strongest of each block, best block first.
    """

    blocks: tuple[int, ...]
    of: int
    proven: int
    partial: int
    claimed: int
    competences: int
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something else that the CV speaks for.

    Attributes:
        block: number and title where it is a single block.
    """

    scope: Scope
    referential: Referential
    reason: Reason
    block: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replaces a certification that has ended.

    Attributes:
        name: its code, or its title where the source gives no code.
        card: the head of it, None where the store does not hold it.
        ended: True where it has ended as well and nothing held replaces it.
    """

    name: str
    card: Card | None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A certification that a CV speaks for.

    Attributes:
        blocks: all its blocks, best first, with their evidence.
        expired: True where its registration has ended.
        replacement: what the source says replaces it; None where it says nothing or is in force.
    """

    referential: Referential
    blocks: tuple[BlockMatch, ...]
    reason: Reason
    alternatives: tuple[Alternative, ...] = ()
    expired: bool = False
    replacement: Replacement | None = None


def proposals(
    matches: Sequence[BlockMatch],
    referentials: Sequence[Referential],
    cards: Sequence[Card],
    today: date,
    most: int = PROPOSED,
) -> tuple[Proposal, ...]:
    """The certifications of which something is shown, best first.

    Args:
        matches: as the matcher gives them, grouped by source.
        referentials: those matched, as they were matched (see `as_matched`).
        cards: the heads of all that the store holds, to find what replaces what.
    """
    known = {(r.source, r.code): r for r in referentials}
    groups = [tuple(g) for _, g in groupby(matches, key=lambda m: (m.source, m.certification))]
    found = [(known[g[0].source, g[0].certification], g) for g in groups if any(b.coverage > 0 for b in g)]
    found.sort(key=lambda pair: -worth(pair[1]) * (ENDED if pair[0].expired(today) else 1))
    diplomas = [pair for pair in found if not _specific(pair[0])] or found
    return tuple(_proposal(*pair, found, cards, today) for pair in diplomas[:most])


def worth(blocks: Sequence[BlockMatch]) -> float:
    """How much speaks for a certification: how well its best block is met, and how much of the whole is."""
    best = max(b.score * (SPOKEN + b.coverage) for b in blocks)
    return best * (HALF + coverage([c for b in blocks for c in b.competences]))


def as_matched(referential: Referential) -> Referential:
    """A certification without blocks as one whole block of its attested competences; any other as it is."""
    if referential.blocks:
        return referential
    parts = [p for s in referential.sections if s.facet is Facet.COMPETENCES for p in s.parts if p.quotes]
    if not parts:
        return referential
    titles = [f.quote for f in referential.facts_of(Facet.TITLE)] or list(parts[0].quotes)
    whole = tuple(Competence(p.quotes) for p in parts)
    return replace(referential, blocks=(Block(WHOLE, referential.title, Part((titles[0],)), competences=whole),))


def replacement(referential: Referential, cards: Sequence[Card], today: date) -> Replacement | None:
    """What replaces an ended certification, followed as far as the store's sources tell; in force where one is."""
    if not referential.expired(today) or not referential.replaced_by:
        return None
    by_name = {name: card for card in cards for name in (card.title, card.code) if name}
    seen = {name for name in (referential.code, referential.title) if name}
    names, held = list(referential.replaced_by), None
    while names:
        name = names.pop(0)
        card = None if name in seen else by_name.get(name)
        seen.add(name)
        if card is None:
            continue
        held = card
        if not card.expired(today):
            return Replacement(card.code or card.title, card)
        names += card.replaced_by
    if held is None:
        return Replacement(referential.replaced_by[0], None)
    return Replacement(held.code or held.title, held, ended=True)


def _proposal(
    referential: Referential,
    blocks: tuple[BlockMatch, ...],
    found: Sequence[tuple[Referential, tuple[BlockMatch, ...]]],
    cards: Sequence[Card],
    today: date,
) -> Proposal:
    others = [(r, b) for r, b in found if r is not referential and not r.expired(today)]
    alternatives = (*_alone(referential, blocks), *_levels(referential, others), *_narrower(referential, others))
    return Proposal(referential, blocks, reason(blocks), alternatives[:OTHERS], referential.expired(today),
                    replacement(referential, cards, today))  # fmt: skip


def reason(blocks: Sequence[BlockMatch]) -> Reason:
    shown = [b for b in blocks if b.state is not State.ABSENT]
    states = [c.state for b in blocks for c in b.competences]
    quotes = tuple(b.evidence[0] for b in shown if b.evidence)[:QUOTED]
    counts = (states.count(s) for s in (State.PROVEN, State.PARTIAL, State.CLAIMED))
    return Reason(tuple(b.block for b in shown), len(blocks), *counts, len(states), quotes)


def _alone(referential: Referential, blocks: Sequence[BlockMatch]) -> Iterator[Alternative]:
    """The best block by itself, where it is well met and nothing speaks for another."""
    best = max(blocks, key=lambda b: b.coverage)
    if best.coverage >= HALF and any(b.coverage == 0 for b in blocks):
        yield Alternative(Scope.BLOCK, referential, reason([best]), (best.block, best.block_title))


def _levels(
    referential: Referential, others: Sequence[tuple[Referential, tuple[BlockMatch, ...]]]
) -> Iterator[Alternative]:
    """For each other level the best certification in the same field."""
    taken = {referential.level, None}
    for other, blocks in others:
        if other.level not in taken and not _specific(other) and _same_field(referential, other):
            taken.add(other.level)
            yield Alternative(Scope.LEVEL, other, reason(blocks))


def _narrower(
    referential: Referential, others: Sequence[tuple[Referential, tuple[BlockMatch, ...]]]
) -> Iterator[Alternative]:
    if not _specific(referential):
        yield from (Alternative(Scope.SPECIFIC, r, reason(b)) for r, b in others if _specific(r))


def _specific(referential: Referential) -> bool:
    return [b.number for b in referential.blocks] == [WHOLE]


def _same_field(one: Referential, other: Referential) -> bool:
    """True where both name a job, or a speciality, of one family."""
    jobs = [{c.code[:3] for c in r.rome} for r in (one, other)]
    specialities = [{c.code[:3] for c in r.nsf} for r in (one, other)]
    return bool(jobs[0] & jobs[1] or specialities[0] & specialities[1])
