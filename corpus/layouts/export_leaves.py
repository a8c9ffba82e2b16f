"""The leaves of an XML export, told apart by certification and by record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Document, Element, Quote, fold_space

OPENERS = ("ID_FICHE", "NUMERO_FICHE")


@dataclass(slots=True)
class Fiche:
    """The leaves of one certification, by their path below FICHE."""

    leaves: list[tuple[tuple[str, ...], Element]] = field(default_factory=list)

    def leaf(self, *path: str) -> Element | None:
        return next((element for at, element in self.leaves if at == path), None)

    def all(self, *path: str) -> list[Element]:
        return [element for at, element in self.leaves if at == path and element.text.strip()]

    def value(self, *path: str) -> str | None:
        element = self.leaf(*path)
        return (fold_space(element.text) or None) if element else None

    def values(self, *path: str) -> list[str]:
        return [fold_space(element.text) for element in self.all(*path)]

    def records(self, path: Sequence[str], tags: Sequence[str]) -> list[dict[str, Element]]:
        """The leaves below a repeated element; a record ends where the tags, in the format's order, begin again."""
        found: list[dict[str, Element]] = []
        last = len(tags)
        for at, element in self.leaves:
            if at[:-1] != tuple(path) or at[-1] not in tags:
                continue
            order = tags.index(at[-1])
            if order <= last and (not found or order < last or at[-1] in found[-1]):
                found.append({})
            found[-1][at[-1]] = element
            last = order
        return found


def fiches(document: Document) -> Iterator[Fiche]:
    """Each FICHE of the export, in order."""
    fiche = Fiche()
    for element in document.elements:
        if "FICHE" not in element.path:
            continue
        path = element.path[element.path.index("FICHE") + 1 :]
        if len(path) == 1 and path[0] in OPENERS and fiche.leaf(path[0]):
            yield fiche
            fiche = Fiche()
        fiche.leaves.append((path, element))
    if fiche.leaf("NUMERO_FICHE"):
        yield fiche


def quoted(document: Document, element: Element, text: str) -> Quote:
    """A stretch of a leaf's text as a quote; its whole lines where the document does not hold it so."""
    found = Quote(fold_space(text), element.first, element.last)
    return found if document.holds(found) else document.quote(element.first, element.last)
