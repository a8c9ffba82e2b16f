"""Invented certifications, small enough to be read at a glance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from corpus.document import Document
from corpus.passages import Passage
from corpus.referential import Block, Coded, Facet, Part, Referential
from index.holdings import Entry
from index.library import Library

BAKER = ("Pétrir la pâte à pain", "Cuire le pain au four à bois", "Vendre des viennoiseries en boutique")
JOINER = ("Scier des planches de chêne", "Raboter le bois", "Vendre des meubles sur mesure")


@dataclass(frozen=True)
class Invented:
    """A certification of one source whose every line is one passage and one block."""

    source: str
    title: str
    lines: tuple[str, ...]
    code: str | None = None
    layout: str = "plain"
    level: int | None = None
    rome: tuple[str, ...] = ()
    nsf: tuple[str, ...] = ()
    until: date | None = None
    active: bool | None = None
    vae: bool | None = None
    blocks: tuple[str, ...] = field(default=())

    @property
    def document(self) -> Document:
        digest = sha256("\n".join((self.source, *self.lines)).encode()).hexdigest()
        return Document(self.source, self.lines, digest)

    @property
    def referential(self) -> Referential:
        head = Part((self.document.quote(1, 1),))
        titles = self.blocks or self.lines
        return Referential(
            self.source,
            self.layout,
            self.title,
            self.code,
            self.level,
            rome=tuple(Coded(c, "") for c in self.rome),
            nsf=tuple(Coded(c, "") for c in self.nsf),
            until=self.until,
            active=self.active,
            vae=self.vae,
            blocks=tuple(Block(n, title, head) for n, title in enumerate(titles, 1)),
        )

    @property
    def entry(self) -> Entry:
        quotes = [self.document.quote(n, n) for n in range(1, len(self.lines) + 1)]
        passages = (
            Passage(self.source, self.code, n, Facet.COMPETENCES, (self.referential.name, f"Bloc {n}"), (quote,))
            for n, quote in enumerate(quotes, 1)
        )
        return Entry(self.document, ((self.referential, tuple(passages)),))


BREAD = Invented("bread.txt", "Boulanger", BAKER, "RNCP1", level=3, rome=("D1102",), vae=True)
WOOD = Invented("wood.txt", "Menuisier", JOINER, "RNCP2", level=4, nsf=("234",), until=date(2020, 1, 1))


def fill(library: Library, *invented: Invented) -> None:
    library._put([i.entry for i in invented], {})


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def texts(library: Library, query: str, **options: object) -> list[str]:
    return [hit.passage.text for hit in library.search(query, **options)]
