"""Whether a CV speaks of a certification at all: faint echoes, or echoes of a single competence, are no match."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.matching.ground import Ground
from assistant.matching.judge import FAIR, HALF, PARTLY
from assistant.matching.statements import Kind
from assistant.matching.voice import Voiced
from index.contract import Matrix

CLEAR = {Kind.TITLE: 0.52, Kind.SKILL: 0.7}  # likeness from which a title, or a listed skill, speaks for itself
STRONG_LINE, SEVERAL, NEVER = 0.7, 2, 2.0
SUBJECT = 0.5  # weight from which a statement is about what the whole certification is about
BREADTH = 2  # competences of a certification that a CV must touch, where it has as many
TOUCHING = frozenset({Kind.TITLE, Kind.SKILL, *PARTLY})


def fits(
    cv: Voiced, likeness: Matrix, near: NDArray[np.float32], ground: Ground, owners: NDArray[np.int64]
) -> bool:
    """True where a title, a listed skill or several lines of a job clearly speak of the certification's subject, or
    of more than one of its competences.

    Documentation or a switch-over is part of every trade, and a network technician writes code now and then: neither
    a single line nor a single competence makes a fit.

    Args:
        near: of each statement's job to the certification's trade, in [0, 1].
        owners: for each line of the ground the place of the competence that it speaks for, -1 for none.
    """
    about = near * (cv.clues * ground.subject).max(axis=1, initial=0)
    if not _clear(cv, np.maximum(likeness.max(axis=1, initial=0), about)):
        return False
    touching = np.array([s.kind in TOUCHING for s in cv.statements], np.bool_)
    on_subject = bool((about[touching] >= SUBJECT).any())
    return on_subject or _breadth(likeness[touching], ground, owners) >= _least(ground)


def _clear(cv: Voiced, clearest: NDArray[np.float32]) -> bool:
    lines: dict[int, list[bool]] = {}
    for statement, best in zip(cv.statements, clearest, strict=True):
        if best >= CLEAR.get(statement.kind, NEVER):
            return True
        if statement.kind in PARTLY and statement.job is not None:
            lines.setdefault(statement.job, []).append(bool(best >= STRONG_LINE))
    return any(sum(clear) >= SEVERAL or sum(clear) >= HALF * len(clear) for clear in lines.values())


def _breadth(likeness: Matrix, ground: Ground, owners: NDArray[np.int64]) -> int:
    """How many competences are touched; a block's title counts as one."""
    touched = np.flatnonzero((likeness >= FAIR).any(axis=0))
    return len({(ground.lines[row].block, int(owners[row])) for row in touched})


def _least(ground: Ground) -> int:
    return min(BREADTH, sum(len(b.competences) for b in ground.referential.blocks))
