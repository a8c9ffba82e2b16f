"""The two documents of a professional title of the ministry of labour: the REAC, on the job, and the RE or RC."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.layouts.lines import bare
from corpus.layouts.reac.evaluation import read_evaluation
from corpus.layouts.reac.job import read_job
from corpus.layouts.reac.sheets import sheets
from corpus.referential import Referential

COVER = 40  # lines in which a document says what it is
JOB = re.compile(r"referentiel\s+(?:d')?emploi,?\s+activites,?\s+(?:et\s+)?competences")
EVALUATION = re.compile(r"referentiel\s+(?:d'evaluation|de\s+certification)")
TITLE = re.compile(r"titre\s+professionnel")


def marks(document: Document) -> float:
    """How surely this is such a document, 0 to 1: by what its cover says, and its sheets or certificates."""
    cover = _cover(document)
    if not TITLE.search(cover) or not (JOB.search(cover) or EVALUATION.search(cover)):
        return 0.0
    plain = [bare(line.strip()) for line in document.lines]
    told = any(text.startswith(("fiche competence professionnelle", "fiche activite type")) for text in plain)
    return 0.95 if told or "ccp" in plain else 0.6


def parse(document: Document) -> tuple[Referential, ...]:
    found = sheets(document)
    return (read_job(found) if JOB.search(_cover(document)) else read_evaluation(found),)


def _cover(document: Document) -> str:
    return " ".join(bare(line.strip()) for line in document.lines[:COVER])
