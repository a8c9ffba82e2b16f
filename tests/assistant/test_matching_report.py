"""The report for the advisor: what a reader of the DOCX finds in it."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_docx
from matching_referentials import document, hosting, nursing

from assistant.matching.match import Matcher
from assistant.matching.report import DRAFT, write_report
from index.encoder import default_encoder

CV = """Administratrice systèmes – mairie, Albi (2015 – 2023)
- Zabbix : 90 serveurs supervisés, traitement des alertes pour trois sites
- Scripts PowerShell"""
DAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def matches():
    return Matcher(default_encoder()).match(document(CV), [nursing(), hosting()])


@pytest.fixture
def report(matches, tmp_path: Path):
    write_report(matches, tmp_path / "dossier.docx", DAY, document(CV))
    return open_docx(str(tmp_path / "dossier.docx"))


def said(report) -> str:
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in report.paragraphs] + cells)


def test_it_says_when_that_it_is_a_draft_and_who_must_sign(report) -> None:
    text = said(report)
    assert "Établi le 09/03/2026" in text
    assert text.count(DRAFT) == 2
    assert "Signature" in text


def test_each_competence_has_its_state_and_both_quotes_with_their_lines(report, matches) -> None:
    text = said(report)
    for block in matches:
        for competence in block.competences:
            for evidence in competence.evidence:
                assert f"« {evidence.cv_quote} » (CV, ligne {evidence.cv_line})" in text
                quote = evidence.citation.quote
                assert f"« {quote.text} » ({block.source}, ligne {quote.first})" in text
    states = {row.cells[1].text for table in report.tables for row in table.rows[1:]}
    assert {"oui", "non"} <= states


def test_gaps_come_with_their_questions_and_experiences_are_listed(report, matches) -> None:
    text = said(report)
    shown = [m for m in matches if m.evidence]
    assert shown
    assert all(c.question in text for m in shown for c in m.competences)
    assert "2015–2023 — Administratrice systèmes, mairie (ligne 1)" in text


def test_headings_page_numbers_and_repeated_table_heads(report) -> None:
    levels = {p.style.name for p in report.paragraphs if p.style.name.startswith("Heading")}
    assert {"Heading 1", "Heading 2", "Heading 3"} <= levels
    assert "PAGE" in report.sections[0].footer._element.xml
    assert all("w:tblHeader" in t.rows[0]._tr.xml for t in report.tables)


def test_a_cv_without_match_and_odd_characters_still_make_a_report(tmp_path: Path) -> None:
    cv = document("Boulanger – fournil\x0b, Dax, 2010-2012\n- P\x00étrissage\x1f de 300 pains")
    found = Matcher(default_encoder()).match(cv, [hosting()])
    write_report(found, tmp_path / "vide.docx", DAY, cv)
    assert "Aucune ligne du CV ne se rattache" in said(open_docx(str(tmp_path / "vide.docx")))


def test_an_unwritable_path_is_an_error_that_says_so(matches, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        write_report(matches, tmp_path / "absent" / "dossier.docx", DAY)
