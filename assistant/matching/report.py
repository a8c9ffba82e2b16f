"""The report for the advisor, as a DOCX that can be edited: the only file that writes with python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table

from assistant.answer import Citation
from assistant.matching.evidence import BlockMatch, CompetenceMatch, State
from assistant.matching.experiences import Experience, Item, resume
from corpus.document import Document

SHOWN = {
    State.PROVEN: "oui",
    State.PARTIAL: "partiellement",
    State.CLAIMED: "non (seulement citée)",
    State.ABSENT: "non",
}
IN_WORDS = {
    State.PROVEN: "Le CV montre au moins la moitié des compétences techniques de ce bloc.",
    State.PARTIAL: "Le CV montre une partie de ce bloc ; le reste est à explorer en entretien.",
    State.CLAIMED: "Le CV cite des compétences de ce bloc sans montrer d'activité qui les mette en œuvre.",
    State.ABSENT: "Aucune ligne du CV ne se rattache à ce bloc. Cela ne veut pas dire que l'expérience manque.",
}
DRAFT = (
    "Brouillon préparé automatiquement à partir du CV et des référentiels. Il rapproche des lignes, il ne porte aucun "
    "jugement sur la personne. Il doit être relu, corrigé et signé par une conseillère ou un conseiller."
)
NOT_ONE = "Aucune ligne du CV ne se rattache aux référentiels examinés."
HEADERS = ("Compétence", "Montrée", "Ligne du CV", "Référentiel")
CONTROL = {c: None for c in range(32) if chr(c) not in "\t\n"}  # characters that XML cannot hold


def write_report(
    matches: Sequence[BlockMatch], path: Path, today: date | None = None, cv: Document | None = None
) -> None:
    """Write the report of a match.

    Args:
        matches: as the matcher gives them, grouped by source.
        today: the report's date; the day of the call where it is left out.
        cv: where it is given, the report lists the experiences that were read in it.

    Raises:
        OSError: the file cannot be written.
    """
    docx = new_docx()
    _front(docx, today or date.today())
    if cv is not None:
        _experiences(docx, resume(cv).experiences)
    if not any(m.evidence for m in matches):
        docx.add_paragraph(NOT_ONE)
    for _, blocks in groupby(matches, key=lambda m: (m.source, m.certification)):
        _certification(docx, list(blocks))
    _signatures(docx)
    docx.save(str(path))


def _front(docx: Docx, today: date) -> None:
    docx.core_properties.title = "Rapprochement d'un CV et de blocs de compétences"
    docx.core_properties.author = "Acquis"
    docx.styles["Normal"].font.size = Pt(10)
    docx.add_heading("Rapprochement d'un CV et de blocs de compétences", 0)
    docx.add_paragraph(f"Établi le {today:%d/%m/%Y}")
    mention = docx.add_paragraph().add_run(DRAFT)
    mention.bold = True
    mention.font.color.rgb = RGBColor(0x8A, 0x1C, 0x00)
    _page_numbers(docx)


def _experiences(docx: Docx, experiences: Sequence[Experience]) -> None:
    docx.add_heading("Expériences lues dans le CV", 1)
    if not experiences:
        docx.add_paragraph("Aucune expérience n'a été reconnue : vérifiez la lecture du CV.")
    for experience in experiences:
        said = [_text(i) for i in (experience.title, experience.employer) if i]
        docx.add_paragraph(f"{_when(experience)} — {', '.join(said)} (ligne {experience.line})", style="List Bullet")


def _text(item: Item) -> str:
    return _clean(item.text)


def _when(experience: Experience) -> str:
    period = experience.period
    if period is None:
        return "sans date"
    if period.last is None:
        return f"depuis {period.first.year}"
    first, last = period.first.year, period.last.year
    return str(first) if first == last else f"{first}–{last}"


def _certification(docx: Docx, blocks: Sequence[BlockMatch]) -> None:
    first = blocks[0]
    docx.add_heading(_clean(", ".join(x for x in (first.certification, first.title) if x)), 1)
    docx.add_paragraph(f"Source : {_clean(first.source)}")
    _overview(docx, blocks)
    for block in blocks:
        if block.state is not State.ABSENT:
            _block(docx, block)


def _overview(docx: Docx, blocks: Sequence[BlockMatch]) -> None:
    table = _table(docx, ("Bloc", "Intitulé", "Montré", "Couverture"))
    for block in sorted(blocks, key=lambda b: b.block):
        _row(table, (str(block.block), block.block_title, SHOWN[block.state], f"{block.coverage:.0%}"))
    docx.add_paragraph()


def _block(docx: Docx, block: BlockMatch) -> None:
    docx.add_heading(_clean(f"Bloc {block.block} : {block.block_title}"), 2)
    docx.add_paragraph(IN_WORDS[block.state])
    _competences(docx, "Compétences techniques", [c for c in block.competences if not c.transversal])
    _competences(docx, "Compétences transversales", [c for c in block.competences if c.transversal])
    _gaps(docx, [c for c in block.competences if c.question])
    docx.add_paragraph("Observations de la conseillère ou du conseiller : ")


def _competences(docx: Docx, title: str, competences: Sequence[CompetenceMatch]) -> None:
    if not competences:
        return
    docx.add_heading(title, 3)
    table = _table(docx, HEADERS)
    for competence in competences:
        _row(table, (_named(competence), SHOWN[competence.state], _said(competence), _asked(competence)))
    docx.add_paragraph()


def _named(competence: CompetenceMatch) -> str:
    number = competence.number
    return competence.text if not number or competence.text.startswith(number) else f"{number} {competence.text}"


def _said(competence: CompetenceMatch) -> str:
    return "\n".join(f"« {e.cv_quote} » (CV, ligne {e.cv_line})" for e in competence.evidence) or "—"


def _asked(competence: CompetenceMatch) -> str:
    cited = [e.citation for e in competence.evidence] or [competence.citation]
    return "\n".join(dict.fromkeys(_place(c) for c in cited))


def _place(citation: Citation) -> str:
    quote = citation.quote
    lines = f"ligne {quote.first}" if quote.first == quote.last else f"lignes {quote.first} à {quote.last}"
    page = f", page {citation.page}" if citation.page else ""
    return f"« {quote.text} » ({citation.source}, {lines}{page})"


def _gaps(docx: Docx, gaps: Sequence[CompetenceMatch]) -> None:
    if not gaps:
        return
    docx.add_heading("À explorer en entretien", 3)
    for gap in gaps:
        docx.add_paragraph(_clean(gap.question), style="List Bullet")


def _signatures(docx: Docx) -> None:
    docx.add_heading("Relecture et signature", 1)
    docx.add_paragraph(DRAFT)
    for line in ("Relu et corrigé par :", "Date :", "Signature :"):
        docx.add_paragraph(line)


def _table(docx: Docx, headers: Sequence[str]) -> Table:
    table = docx.add_table(rows=1, cols=len(headers), style="Table Grid")
    for cell, header in zip(table.rows[0].cells, headers, strict=True):
        cell.paragraphs[0].add_run(header).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page, for screen readers
    return table


def _row(table: Table, texts: Sequence[str]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = _clean(text)


def _clean(text: str) -> str:
    return text.translate(CONTROL)


def _page_numbers(docx: Docx) -> None:
    run = docx.sections[0].footer.paragraphs[0].add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
