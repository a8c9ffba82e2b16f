"""A library and an assistant over invented sources, with the same shapes as the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.answer import Answer, Citation, Lang, Status, Turn
from assistant.matching.evidence import BlockMatch, CompetenceMatch, Evidence, State
from assistant.matching.proposing import Proposal, proposals
from assistant.searching.finding import Finder
from corpus.document import Document
from corpus.errors import UnreadableFile, UsageError
from corpus.passages import Passage
from corpus.referential import Block, Coded, Competence, Facet, Part, Referential
from index.cards import Card, card_of
from index.contract import Filters, Hit
from index.progress import Progress, Report

GARDEN = """Animateur de jardins partagés
Code de la certification : RNCP90001
Niveau 5
Enregistrement jusqu'au 31/12/2030

Bloc 1 Organiser la vie d'un jardin
Planifier les cultures d'une saison avec les habitants
Répartir les parcelles selon des règles connues de tous
Tenir le carnet d'arrosage et <b>le partager</b> {{chaque}} semaine ${sans} attendre
Évaluation : une étude de cas écrite de deux heures

Bloc 2 Entretenir les sols et l'eau
Composter les déchets verts du quartier
Mesurer l'humidité du sol avant chaque arrosage
Choisir des couverts végétaux pour l'hiver
Évaluation : une mise en situation au jardin

Bloc 3 Accueillir et transmettre
Accueillir un public d'âges différents
Préparer un atelier et son matériel
Évaluation : un entretien avec le jury

La certification est accessible par la validation des acquis de l'expérience.
"""
BIKES = """Réparateur de vélos cargos
Code de la certification : RNCP90002
Niveau 3
Fin d'enregistrement : 01/09/2022

Bloc 1 Diagnostiquer un vélo
Reconnaître l'usure d'une transmission
Établir un devis clair

Bloc 2 Réparer un vélo
Remplacer un câble de frein
Centrer une roue
"""


def part(document: Document, line: int) -> Part:
    return Part((document.quote(line, line),))


def referential(document: Document) -> Referential:
    """What any source of this double says: its first lines, and blocks that begin with "Bloc n"."""
    lines = document.lines
    starts = [i for i, line in enumerate(lines, 1) if line.startswith("Bloc ")]
    ends = [*starts, len(lines) + 1][1:]
    blocks = tuple(block(document, n, a, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1))
    code = next((line.split()[-1] for line in lines if "RNCP" in line), None)
    gone = any("2022" in line for line in lines)
    return Referential(
        document.name,
        "plain",
        lines[0],
        code=code,
        level=5 if "Niveau 5" in lines else 3,
        rome=(Coded("A1203", "Jardins"),),
        until=date(2022, 9, 1) if gone else date(2030, 12, 31),
        vae=any("validation" in line for line in lines),
        replaced_by=("RNCP90001",) if gone else (),
        blocks=blocks,
    )


def block(document: Document, number: int, start: int, end: int) -> Block:
    rows = [n for n in range(start + 1, end) if document.lines[n - 1] and n - start < 5]
    wanted = [n for n in rows if not document.lines[n - 1].startswith(("Évaluation", "La cert"))]
    competences = tuple(
        Competence(part(document, n).quotes, number=f"{number}.{i}", transversal=i == 3)
        for i, n in enumerate(wanted, 1)
    )
    return Block(number, document.lines[start - 1].split(maxsplit=2)[2], part(document, start), competences=competences)


class DoubleLibrary:
    """Keeps documents in memory; finds the passages that hold a word of the query."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.generation = 0
        for name, text in (("jardins.txt", GARDEN), ("velos.txt", BIKES)):
            self.put(name, text)

    def put(self, name: str, text: str) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.documents[name] = Document(name, tuple(text.splitlines()), digest)
        self.generation += 1

    def add(self, paths: Sequence[Path]) -> Iterator[Progress]:
        added, failed = [], []
        for done, path in enumerate(paths):
            yield Progress(done, len(paths), path.name, "read")
            if path.suffix == ".txt":
                self.put(path.name, path.read_text())
                added.append(path.name)
            else:
                failed.append(
                    (path.name, UnreadableFile("bad", "Ce fichier est vide : déposez-en un autre.", "Empty."))
                )
        yield Progress(len(paths), len(paths), "", "done", Report(tuple(added), (), tuple(failed)))

    def remove(self, names: Sequence[str]) -> int:
        self.generation += 1
        return sum(self.documents.pop(name, None) is not None for name in names)

    def referentials(self, names: Collection[str] | None = None) -> tuple[Referential, ...]:
        return tuple(referential(self.documents[n]) for n in sorted(self.documents) if names is None or n in names)

    def cards(self) -> tuple[Card, ...]:
        return tuple(map(card_of, self.referentials()))

    def document(self, name: str) -> Document:
        if name not in self.documents:
            raise UsageError(f"no source {name!r}", "Source inconnue.", "Unknown source.")
        return self.documents[name]

    def original(self, name: str) -> bytes | None:
        return None

    def search(self, query: str, filters: Filters = Filters(), top: int = 20) -> list[Hit]:  # noqa: B008
        words = [w for w in query.casefold().split() if len(w) > 3]
        return [
            Hit(Passage(r.source, r.code, b.number, Facet.COMPETENCES, (r.name, b.title), c.quotes), 1.0, 0.5, 1.0)
            for r in self.referentials()
            if (not filters.level or r.level == filters.level) and not (filters.active and r.expired(filters.today))
            for b in r.blocks
            for c in b.competences
            if any(w in c.text.casefold() for w in words)
        ][:top]


class DoubleAssistant:
    """Quotes the first block of the first source, word after word."""

    def __init__(self, library: DoubleLibrary) -> None:
        self.library = library
        self.finder = Finder(library)

    def citation(self, r: Referential, number: int, line: int) -> Citation:
        return Citation(r.source, r.code, r.title, number, self.library.document(r.source).quote(line, line))

    def stream(
        self, question: str, history: Sequence[Turn] = (), lang: Lang | None = None, certifications: Sequence[str] = ()
    ) -> Iterator[Answer]:
        if "panne" in question:
            raise ZeroDivisionError(question)
        if "salaire" in question:
            text = "Les sources ne donnent pas de salaire. Le plus proche : « Niveau 5 » [1]."
            yield Answer(Status.NOT_FOUND, text, (self.citation(self.library.referentials()[0], 1, 3),))
            return
        r = self.library.referentials()[0]
        cited = tuple(self.citation(r, 1, n) for n in (7, 8, 9))
        lines = [f"- « {c.quote.text} » [{n}]" for n, c in enumerate(cited, 1)]
        whole = "Le bloc 1 demande trois compétences :\n" + "\n".join(lines)
        answer = Answer(
            Status.ANSWERED,
            whole,
            cited,
            more=f"Évaluation : « {self.library.document(r.source).lines[9]} » [1].",
            certifications=(f"{r.name} (jusqu'au 31/12/2030)",),
            suggestions=("Comment le bloc 1 est-il évalué ?", "La certification est-elle accessible par la VAE ?"),
            lang=lang or "fr",
        )
        for n in range(1, len(lines) + 1):
            yield replace(answer, text="\n".join([whole.splitlines()[0], *lines[:n]]), more="", suggestions=())
        yield answer

    def match(self, cv: Document, certifications: Sequence[str] = ()) -> tuple[BlockMatch, ...]:
        chosen = [r for r in self.library.referentials() if not certifications or r.code in certifications]
        return tuple(self.block(r, b, cv) for r in chosen for b in r.blocks)

    def propose(self, cv: Document, most: int = 5) -> tuple[Proposal, ...]:
        known, cards = self.library.referentials(), self.library.cards()
        return proposals(self.match(cv), known, cards, date(2026, 1, 15), most)

    def block(self, r: Referential, b: Block, cv: Document) -> BlockMatch:
        states = list(State)
        found = []
        for i, c in enumerate(b.competences):
            state = states[(i + b.number - 1) % 4]
            cited = Citation(r.source, r.code, r.title, b.number, c.quotes[0])
            proof = (Evidence(1, cv.lines[0], cited, 0.8),) if state is not State.ABSENT else ()
            ask = "" if state is State.PROVEN else "Racontez une situation où vous l'avez fait : quand, avec qui ?"
            found.append(CompetenceMatch(c.number, c.text, c.transversal, state, cited, proof, ask))
        return BlockMatch(r.source, r.code, r.title, b.number, b.title, State.PARTIAL, 0.5, 0.5, tuple(found))
