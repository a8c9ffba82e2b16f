"""Two referentials, block by block and competence by competence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from assistant.answer import Citation
from assistant.comparison.alike import alike, identity, unnumbered
from assistant.comparison.assignment import assigned
from assistant.comparison.comparison import BlockChange, Change, Comparison, Kind, Worded
from assistant.comparison.facts import fact_rows
from assistant.comparison.quoting import Quoting
from corpus.document import Document, Quote
from corpus.referential import Block, Facet, Part, Referential
from index.contract import Encoder, Matrix

REWORDED = 0.5  # of `alike` from which two competences are one reworded; benchmarks/comparing.py
AWAY = 0.08  # what a competence in another block must be more alike
SAME_BLOCK = 0.4  # of the titles' and competences' likeness together
Pairs = dict[int, int]
Item = tuple[str | None, Part, tuple[Quote, ...]]  # number, wording, details


def compare(
    before: Referential, after: Referential, encoder: Encoder, documents: Callable[[str], Document]
) -> Comparison:
    """What became of the facts, blocks and competences of one certification in another.

    Args:
        documents: the sources by name; what is not verbatim in them is left out.
    """
    sides = _Side(before, Quoting(before, documents)), _Side(after, Quoting(after, documents))
    near = np.maximum(
        alike([c.text for c in sides[0].competences], [c.text for c in sides[1].competences], encoder),
        alike(sides[0].summaries, sides[1].summaries, encoder),
    )
    titles = alike([b.text for b in sides[0].headings], [b.text for b in sides[1].headings], encoder)
    pairs = dict(assigned(gains(_blocks_alike(titles, near, *sides), SAME_BLOCK)))
    blocks = _blocks(sides, pairs, titles, _changes(sides, pairs, near))
    return Comparison(before, after, fact_rows(sides[0].quoting, sides[1].quoting), blocks)


class _Side:
    """The blocks and competences of one referential, in order, with their quotes.

    One without blocks, as those of the register of specific certifications, has its lists of competences for blocks.

    Attributes:
        summaries: for each competence its wording without its details.
        places: for each competence the position of its block among the headings.
    """

    def __init__(self, referential: Referential, quoting: Quoting) -> None:
        self.quoting = quoting
        self.headings: list[Worded] = []
        self.competences: list[Worded] = []
        self.summaries: list[str] = []
        self.places: list[int] = []
        for block in referential.blocks:
            heading = quoting.cited(block.heading.quotes, block.number)
            self._add(Worded(block.number, block.code, block.title, heading), _items(block))
        if not referential.blocks:
            for section in referential.sections:
                if section.facet is Facet.COMPETENCES:
                    self._add(Worded(None, None, section.title, ()), [(None, p, ()) for p in section.parts])

    def _add(self, heading: Worded, items: Iterable[Item]) -> None:
        self.headings.append(heading)
        for number, part, details in items:
            cited = self.quoting.cited((*part.quotes, *details), heading.block)
            if cited:
                self.summaries.append(unnumbered(part.text))
                self.competences.append(Worded(heading.block, number, unnumbered(_text(cited)), cited))
                self.places.append(len(self.headings) - 1)


def _items(block: Block) -> list[Item]:
    """Number, wording and details of each competence of a block; of its activities where it has none."""
    found = [(c.number, c, tuple(q for detail in c.details for q in detail.quotes)) for c in block.competences]
    return found or [(None, activity, ()) for activity in block.activities]


def _text(citations: Sequence[Citation]) -> str:
    return " ".join(c.quote.text for c in citations)


def gains(scores: Matrix, least: float) -> Matrix:
    """How far scores exceed what a pair must have; 0 for what must not be paired."""
    return np.maximum(scores - least, 0.0) + np.where(scores >= least, 1e-6, 0.0)


def _blocks_alike(titles: Matrix, near: Matrix, before: _Side, after: _Side) -> Matrix:
    """The mean of the likeness of two blocks' titles and of their competences, each to its nearest."""
    found = titles.copy()
    for i in range(len(before.headings)):
        rows = [k for k, place in enumerate(before.places) if place == i]
        for j in range(len(after.headings)):
            columns = [k for k, place in enumerate(after.places) if place == j]
            if rows and columns:
                between = near[np.ix_(rows, columns)]
                content = (between.max(axis=1).mean() + between.max(axis=0).mean()) / 2
                found[i, j] = (titles[i, j] + content) / 2
    return found


def _changes(sides: tuple[_Side, _Side], pairs: Pairs, near: Matrix) -> list[Change]:
    """Every competence once: those after in their order, then those that are gone."""
    before, after = sides
    home = np.array([[pairs.get(i) == j for j in after.places] for i in before.places], dtype=bool)
    scores = np.where(home.reshape(near.shape), near, near - AWAY)
    matched = {column: row for row, column in assigned(gains(scores, REWORDED))}
    found = []
    for column, worded in enumerate(after.competences):
        row = matched.get(column)
        if row is None:
            found.append(Change(Kind.NEW, None, worded))
        else:
            likeness = round(float(near[row, column]), 3)
            old = before.competences[row]
            kind = Kind.KEPT if identity(old.text) == identity(worded.text) else Kind.REWORDED
            found.append(Change(kind, old, worded, likeness, not home[row, column]))
    left = set(range(len(before.competences))) - set(matched.values())
    return found + [Change(Kind.GONE, before.competences[row], None) for row in sorted(left)]


def _blocks(
    sides: tuple[_Side, _Side], pairs: Pairs, titles: Matrix, changes: Sequence[Change]
) -> tuple[BlockChange, ...]:
    """The blocks after in their order, then those that are gone."""
    before, after = sides
    came_from = {j: i for i, j in pairs.items()}
    found = [_block(before, after, came_from.get(j), j, titles, changes) for j in range(len(after.headings))]
    gone = [i for i in range(len(before.headings)) if i not in pairs]
    return tuple(found + [_block(before, after, i, None, titles, changes) for i in gone])


def _block(
    before: _Side, after: _Side, i: int | None, j: int | None, titles: Matrix, changes: Sequence[Change]
) -> BlockChange:
    old, new = before.headings[i] if i is not None else None, after.headings[j] if j is not None else None
    here = [c for c in changes if c.after and new and c.after.block == new.block]
    here += [c for c in changes if c.kind is Kind.GONE and old and c.before.block == old.block]
    departed = [c for c in changes if c.moved and old and c.before and c.before.block == old.block]
    if old is None or new is None:
        kind = Kind.NEW if old is None else Kind.GONE
    else:
        whole = titles[i, j] == 1.0 and not departed and all(c.kind is Kind.KEPT and not c.moved for c in here)
        kind = Kind.KEPT if whole else Kind.REWORDED
    return BlockChange(kind, old, new, tuple(here), tuple(departed))
