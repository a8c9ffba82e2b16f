"""The dossier as it is handed in: headings, paragraphs and tables in order, whatever the file's format.

The order is that of the feasibility file of France VAE: the request, the candidate, the experiences, each block with
its competences, the support, the opinion, the signatures. What only a person can say is left blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.dossier import wording as say
from assistant.dossier.dossier import Assessed, Assessment, Dossier, Target
from assistant.dossier.pictures.heat import Heat, heat
from assistant.typography import french

TITLE = "Dossier de faisabilité – validation des acquis de l’expérience"
BLANK = "…" * 30
BOX = "☐"
ABREAST = 8  # blocks in the width of a page


class Tone(StrEnum):
    PLAIN = "plain"
    NOTICE = "notice"  # what must not be overlooked
    QUIET = "quiet"
    ITEM = "item"  # of a list


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels from 1; the title of the whole is not among them."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell's lines are its paragraphs.

    Attributes:
        caption: says what it holds, for those who cannot see it.
        widths: shares of the page's width, as many as columns, together 1.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a picture of a certification's blocks belongs; the table that follows says the same."""

    target: Target


Piece = Heading | Paragraph | Table | Coverage


def chapters(dossier: Dossier) -> Iterator[Piece]:
    """All pieces of the document, in order."""
    yield Paragraph(say.DRAFT, Tone.NOTICE)
    yield Paragraph(say.WHAT_IT_IS)
    yield from _request(dossier)
    yield from _candidate(dossier)
    yield from _experiences(dossier)
    for target in dossier.targets:
        yield from _target(target, dossier)
    if not any(c.shown or c.answer for t in dossier.targets for b in t.blocks for c in b.competences):
        yield Paragraph("Aucune ligne du CV ne se rattache aux référentiels examinés.")
    yield from _support()
    yield from _opinion()
    yield from _sources(dossier)
    yield from _signatures()


def _request(dossier: Dossier) -> Iterator[Piece]:
    yield Heading(1, "Contexte de la demande")
    for target in dossier.targets:
        yield Heading(2, f"Certification professionnelle visée{french(' :')} {target.name}")
        level = f"{french('Niveau :')} {target.level or 'non précisé par la source'}. "
        yield Paragraph(f"{level}{french('Enregistrement :')} {say.validity(target)}.")
        aimed = [b for b in target.blocks if b.aimed]
        whole = "la certification dans sa totalité" if len(aimed) == len(target.blocks) else _numbers(aimed)
        yield Paragraph(f"{french('Le dossier porte sur :')} {whole}.")
        yield from _prerequisites(target)


def _numbers(blocks: list[Assessment]) -> str:
    if not blocks:
        return "aucun bloc"
    return ("les blocs " if len(blocks) > 1 else "le bloc ") + ", ".join(str(b.number) for b in blocks)


def _prerequisites(target: Target) -> Iterator[Piece]:
    if not target.prerequisites:
        yield Paragraph(french("Prérequis : la source n’en énonce pas dans une rubrique à part. À vérifier."))
        return
    rows = tuple((say.citation(c), f"{BOX} oui   {BOX} non") for c in target.prerequisites)
    yield Table("Prérequis de la certification", ("Prérequis du référentiel", "Rempli"), rows, (0.8, 0.2))


def _candidate(dossier: Dossier) -> Iterator[Piece]:
    yield Heading(1, "Profil du candidat")
    yield Paragraph(f"{french('Candidat :')} {dossier.candidate or BLANK}")
    yield Paragraph(f"{french('Niveau de formation le plus élevé :')} {BLANK}")
    yield Paragraph(f"{french('CV lu :')} {dossier.cv}")


def _experiences(dossier: Dossier) -> Iterator[Piece]:
    yield Heading(1, "Expériences du candidat")
    used = [job for job in dossier.jobs if job.used]
    if not used:
        yield Paragraph(french("Aucune expérience n’a été reconnue dans le CV : vérifiez sa lecture."))
        return
    headers = ("Période", "Durée", "Fonction et employeur", "Ligne du CV")
    rows = tuple((say.period(j), say.duration(j.months), say.job_name(j), str(j.line)) for j in used)
    yield Table("Expériences retenues", headers, rows, (0.25, 0.17, 0.44, 0.14))


def _target(target: Target, dossier: Dossier) -> Iterator[Piece]:
    yield Heading(1, f"Expérience au regard du référentiel{french(' :')} {target.name}")
    yield Paragraph(say.LEGEND, Tone.QUIET)
    yield Coverage(target)
    yield _overview(target)
    yield from _crossed(heat(dossier, target))
    for block in target.blocks:
        if block.aimed:
            yield from _block(block)


def _overview(target: Target) -> Table:
    rows = tuple(
        (str(b.number), b.title, *(str(n) for n in _counts(b)), french(f"{b.coverage:.0%}".replace("%", " %")))
        for b in target.blocks
    )
    headers = ("Bloc", "Intitulé", "Oui", "Partiellement", "Non", "Couverture")
    return Table("Compétences montrées, par bloc", headers, rows, (0.08, 0.44, 0.08, 0.16, 0.08, 0.16))


def _crossed(found: Heat) -> Iterator[Piece]:
    """How many lines of each experience stand as evidence in each block, a few blocks at a time."""
    if not found.most:
        return
    name = 0.4
    for first in range(0, len(found.blocks), ABREAST):
        part = slice(first, first + ABREAST)
        rows = tuple((job or "Hors expériences", *(str(n or "–") for n in counts[part])) for job, counts in found.rows)
        headers = ("Lignes du CV par expérience", *(f"Bloc {n}" for n in found.blocks[part]))
        widths = (name, *[(1 - name) / (len(headers) - 1)] * (len(headers) - 1))
        yield Table("Lignes du CV retenues, par expérience et par bloc", headers, rows, widths)


def _counts(block: Assessment) -> tuple[int, int, int]:
    states = [c.official for c in block.competences]
    return states.count("oui"), states.count("partiellement"), states.count("non")


def _block(block: Assessment) -> Iterator[Piece]:
    yield Heading(2, say.block_name(block))
    yield Paragraph(say.block_text(block))
    technical = [c for c in block.competences if not c.transversal]
    transversal = [c for c in block.competences if c.transversal]
    yield from _competences("Compétences techniques", technical)
    yield from _competences("Compétences transversales", transversal)
    gaps = [c for c in block.competences if c.question]
    if gaps:
        yield Heading(3, "Écarts à explorer en entretien")
        for gap in gaps:
            yield Paragraph(french(gap.question), Tone.ITEM)
    yield Paragraph(f"{french('Observations sur le bloc :')} {block.text or BLANK}")


def _competences(title: str, competences: list[Assessed]) -> Iterator[Piece]:
    if not competences:
        return
    yield Heading(3, title)
    headers = ("Compétence", "Montrée", "Preuves", "Référentiel")
    yield Table(title, headers, tuple(map(_row, competences)), (0.26, 0.15, 0.33, 0.26))


def _row(competence: Assessed) -> tuple[str, ...]:
    said = say.proofs(competence)
    if competence.comment:
        said += f"\n{french('Observation :')} {competence.comment}"
    return say.wording(competence), say.state(competence), said, say.citations(competence)


def _support() -> Iterator[Piece]:
    yield Heading(1, "Accompagnement proposé")
    for asked in ("Accompagnement individuel et collectif (heures) :", "Formations ou mises en situation :"):
        yield Paragraph(f"{french(asked)} {BLANK}")


def _opinion() -> Iterator[Piece]:
    yield Heading(1, "Avis de la personne qui accompagne")
    yield Paragraph(f"{BOX} favorable    {BOX} non favorable")
    yield Paragraph(f"{french('Motifs :')} {BLANK}")
    yield Paragraph(f"{french('Observations du candidat sur cet avis :')} {BLANK}")


def _sources(dossier: Dossier) -> Iterator[Piece]:
    yield Heading(1, "Sources et versions")
    rows = [("CV", dossier.cv, dossier.cv_digest), *(("Référentiel", t.source, t.digest) for t in dossier.targets)]
    headers = ("Document", "Fichier", "Empreinte SHA-256")
    yield Table("Versions des documents lus", headers, tuple(dict.fromkeys(rows)), (0.16, 0.34, 0.5))


def _signatures() -> Iterator[Piece]:
    yield Heading(1, "Relecture et signatures")
    yield Paragraph(say.DRAFT, Tone.NOTICE)
    headers = ("", "Personne qui accompagne", "Candidat")
    rows = tuple((what, "", "") for what in ("Nom", "Date", "Signature\n\n"))
    yield Table("Signatures", headers, rows, (0.2, 0.4, 0.4))
