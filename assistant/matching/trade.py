"""How near each statement of a CV is to a referential's trade, heard from its whole neighbourhood.

« Conteneurs », « recettes », « réseau » say nothing of computing among deliveries, dough or customers; the job around a
line decides, its title first. No trade is treated apart: the CV's trade is compared with the referential's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.matching.clues import Clues
from assistant.matching.fields import Fields, Vector
from assistant.matching.statements import Kind, Statement
from assistant.matching.voice import Voiced

LOUD = {Kind.TITLE: 3.0, Kind.ACTIVITY: 1.0, Kind.NAMED: 1.0, Kind.SKILL: 0.7, Kind.EDUCATION: 0.5, Kind.EMPLOYER: 1.0}
HOMELESS = 0.25  # a line on budgets or teams says little of the trade
CAREER = 0.3  # what the rest of the CV adds to a job's own lines
STRANGE, AKIN = 0.15, 0.3  # kinship up to which a job is of another trade, and from which it is of the same
FIRM = 0.6  # weight of a clue that is no doubtful word


def nearness(cv: Voiced, homes: Vector, fields: Fields, clues: Clues) -> NDArray[np.float32]:
    """For each statement how far its job's trade is the referential's, in [0, 1], shape (statements,).

    Args:
        homes: how far each field of work is one of the referential's, in [0, 1].
    """
    loud = _loudness(cv, clues)
    jobs = [s.job for s in cv.statements]
    near: dict[int | None, float] = {}
    for job in dict.fromkeys(jobs):
        weights = np.array([w * _heard(s, job) for w, s in zip(loud, cv.statements, strict=True)])
        shares = fields.shares(cv.odds, weights) if weights.sum() > 0 else fields.shares(cv.odds[:0])
        near[job] = _akin(fields.kinship(shares, homes))
    return np.array([near[job] for job in jobs], np.float32)


def _heard(statement: Statement, job: int | None) -> float:
    """How much of a statement is heard in a job, or outside of any: what is listed as a skill tells no job's trade."""
    if statement.job == job:
        return 1.0
    return 0.0 if statement.kind is Kind.SKILL else CAREER


def _loudness(cv: Voiced, clues: Clues) -> list[float]:
    """How much each statement says of the trade."""
    general = [_general(clues, s) for s in cv.statements]
    anywhere = {s.job for s, g in zip(cv.statements, general, strict=True) if g and s.kind is Kind.TITLE}
    loud = []
    for statement, homeless in zip(cv.statements, general, strict=True):
        if statement.kind is Kind.EMPLOYER and statement.job in anywhere:
            loud.append(LOUD[Kind.TITLE])  # a seller's or a manager's trade is the employer's
        else:
            loud.append(LOUD.get(statement.kind, 0.0) * (HOMELESS if homeless else 1.0))
    return loud


def _general(clues: Clues, statement: Statement) -> bool:
    """True for what every trade knows: teams, budgets, sales."""
    hints = clues.find(statement.read)
    at_home = max((weight for clue, weight in hints.items() if clues.all[clue].fields), default=0.0)
    return at_home < FIRM and any(not clues.all[clue].fields for clue in hints)


def _akin(kinship: float) -> float:
    return float(np.clip((kinship - STRANGE) / (AKIN - STRANGE), 0, 1))
