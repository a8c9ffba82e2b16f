"""How sources are laid out: each layout is recognised by its own marks and read by its own module."""

from __future__ import annotations

from corpus.document import Document
from corpus.layouts import cncp, columns, export, france_competences, notice, plain, reac
from corpus.referential import Referential

LAYOUTS = (cncp, columns, france_competences, export, reac, notice, plain)


def recognise(document: Document) -> tuple[Referential, ...]:
    """Read a document by the layout whose marks it bears best; any text at all can be read as plain."""
    layout = max(LAYOUTS, key=lambda candidate: candidate.marks(document))
    return layout.parse(document) or plain.parse(document)
