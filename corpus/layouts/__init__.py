"""How sources are laid out: each layout is recognised by its own marks and read by its own module."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from corpus.document import Document
from corpus.layouts import cncp, columns, export, france_competences, notice, plain, reac
from corpus.referential import Referential


class Layout(Protocol):
    """A module that reads one kind of source."""

    def marks(self, document: Document) -> float:
        """How surely a document is of this kind, in [0, 1], by the layout's own marks."""
        ...

    def parse(self, document: Document) -> tuple[Referential, ...]:
        """What the document says; empty if it is of this kind but says nothing of any certification."""
        ...


LAYOUTS: tuple[Layout, ...] = (cncp, columns, france_competences, export, reac, notice, plain)


def recognise(document: Document, layouts: Sequence[Layout] = LAYOUTS) -> tuple[Referential, ...]:
    """Read a document by the layout whose marks it bears best, or the next best where that one finds nothing.

    Files come from anywhere: one so deformed that a layout stumbles over it is read by the next, with a warning in
    the log. Any text at all can be read as plain.
    """
    ranked = sorted(((layout.marks(document), layout) for layout in layouts), key=lambda found: -found[0])
    for marks, layout in ranked:
        try:
            if marks and (found := layout.parse(document)):
                return found
        except (LookupError, ValueError):
            logging.getLogger(__name__).warning("%s stumbled over %s", layout, document.name, exc_info=True)
    return plain.parse(document)
