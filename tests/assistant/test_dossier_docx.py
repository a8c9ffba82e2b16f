"""The dossier as DOCX: what a reader of the file finds in it."""

import io
from dataclasses import replace

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from dossiers import CANARY, any_dossiers, cited, dossier
from hypothesis import given, settings

from assistant.dossier import editing as edit
from assistant.dossier.docx import docx
from assistant.dossier.dossier import Line, Place, Proof, Route, places
from assistant.dossier.wording import wording
from assistant.matching.evidence import State
from corpus.document import squeeze

say = wording("fr")
DRAFT = say("draft")


def read(data: bytes):
    return open_docx(io.BytesIO(data))


def said(written) -> str:
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in written.paragraphs] + cells)


@pytest.fixture(scope="module")
def written():
    return read(docx(dossier()))


def test_it_has_the_parts_of_the_feasibility_file_in_order(written) -> None:
    titles = [p.text for p in written.paragraphs if p.style.name == "Heading 1"]
    assert [t.split("\u00a0")[0] for t in titles] == [
        "Contexte de la demande", "Profil du candidat", "Expériences du candidat",
        "Expérience au regard du référentiel", "Accompagnement proposé", "Avis de la personne qui accompagne",
        "Sources et versions", "Relecture et signatures",
    ]  # fmt: skip
    assert "☐ favorable" in said(written)


def test_it_says_when_what_and_that_a_person_must_sign(written) -> None:
    text = said(written)
    assert "Établi le 09/03/2026" in text
    assert text.count(DRAFT) == 2
    assert written.sections[0].header.paragraphs[0].text == DRAFT
    footer = written.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert "a" * 64 in text
    assert "c" * 64 in text
    assert written.core_properties.language == "fr-FR"
    assert languages(written) == {"fr-FR"}


def languages(written) -> set[str]:
    return {found.get(qn("w:val")) for found in written.styles.element.iter(qn("w:lang"))}


def test_it_is_written_in_english_around_the_same_quotes() -> None:
    found, say = edit.with_answer(dossier(), Place(0, 1, 1), "Journal tenu"), wording("en")
    written = read(docx(found, "en"))
    text = said(written)
    assert languages(written) == {"en-GB"}
    assert written.core_properties.title == say("title")
    for words in ("“Veille radio de nuit pour 40 bateaux” (CV, page 1, line 5)", "Interview: Journal tenu", "partly",
                  "no (claimed only)", "8 years and 4 mo.", "until 31/01/2030", "March 2015 – June 2023",
                  "Your CV names “Météorologie, =SOMME(A1), morse” without saying"):  # fmt: skip
        assert words in text
    for french in ("oui", "Référentiel", "ligne", "Compétence", "Entretien :", "Établi"):
        assert french not in text


def test_what_sources_say_is_marked_as_french_in_an_english_document() -> None:
    written = read(docx(dossier(), "en"))
    runs = [r for t in written.tables for c in t._cells for p in c.paragraphs for r in p.runs]
    french = [r.text for r in runs if r._r.find(f".//{qn('w:lang')}") is not None]
    assert "1.1 Entretenir la lentille d'un phare" in french
    assert {"“Prérequis : savoir nager 200 mètres”", "Tenir la lanterne"} <= set(french)
    assert not any("(" in words or "line" in words for words in french)


def test_pictures_have_a_text_and_a_table_behind_them(written) -> None:
    shapes = [shape._inline.docPr for shape in written.inline_shapes]
    assert [shape.get("title").split("\u00a0")[0] for shape in shapes] == [
        "Couverture par bloc", "Expériences et blocs", "Expériences dans le temps",
    ]  # fmt: skip
    assert "Bloc 2\u00a0: démontrées\u00a0: 1, absentes du CV\u00a0: 1." in shapes[0].get("descr")
    captions = [p.text for p in written.paragraphs if p.style.name == "Caption"]
    assert all(shape.get("title") in captions for shape in shapes)
    images = [part.blob for part in written.part.package.iter_parts() if part.partname.endswith(".png")]
    assert len([image for image in images if image.startswith(b"\x89PNG")]) == 3
    years = next(t for t in written.tables if t.rows[0].cells[1].text == "Début")
    assert [c.text for c in years.rows[2].cells] == ["Gardienne de phare, phare du Cap Sombre", "2015", "2023", "1, 2"]


def test_prerequisites_and_ways_of_access_are_quoted_or_said_to_be_missing(written) -> None:
    text = said(written)
    assert "«\u00a0Prérequis : savoir nager 200 mètres\u00a0» (phares.pdf, page 1, ligne 2)" in text
    assert "Conditions d’accès\u00a0: la source n’en énonce pas." in text
    bare = replace(dossier().targets[0], prerequisites=(), access=(Route("oui", cited(2, None)),))
    text = said(read(docx(replace(dossier(), targets=(bare,)))))
    assert "Prérequis\u00a0: la source n’en énonce pas" in text
    rows = [[c.text for c in r.cells] for t in read(docx(replace(dossier(), targets=(bare,)))).tables for r in t.rows]
    assert ["«\u00a0Prérequis : savoir nager 200 mètres\u00a0» (phares.pdf, ligne 2)", "oui"] in rows


def test_text_that_nobody_sees_in_the_cv_is_told(written) -> None:
    assert "invisible" not in said(written)
    assert "(312 caractères)" in said(read(docx(replace(dossier(), hidden=312))))


def test_each_competence_has_its_official_state_and_both_quotes_with_their_places(written) -> None:
    text = said(written)
    for place in places(dossier()):
        competence = dossier()[place]
        for proof in competence.shown:
            page = proof.line.page
            assert f"«\u00a0{proof.line.text}\u00a0» (CV, page {page}, ligne {proof.line.number})" in text
        assert say.wording(competence) in text
        assert f"Intitulé\u00a0: phares.pdf, page {competence.citation.page}, " in text
    cells = [r.cells[1].text for t in written.tables for r in t.rows if r.cells[0].text[:2] in ("1.", "2.")]
    assert cells == ["oui", "partiellement", "non (déclarée seulement)", "oui", "non"]


def test_what_a_line_answers_besides_the_wording_is_quoted() -> None:
    other = Proof(Line(4, "Entretien de la lentille"), cited(5, 1))
    found = dossier()
    made = replace(found[Place(0, 0, 0)], proofs=(other,))
    assert say.citations(made) == "«\u00a0Relever chaque jour l'état des lanternes\u00a0» (phares.pdf, ligne 5)"


def test_what_the_advisor_says_is_there_and_told_from_what_was_proposed() -> None:
    found = edit.with_state(dossier(), Place(0, 0, 2), State.PROVEN)
    found = edit.with_comment(found, Place(0, 0, 2), "Vu en entretien <i>")
    found = edit.with_answer(found, Place(0, 0, 2), "Bulletin météo chaque matin")
    found = edit.with_text(found, 0, 0, "Bloc solide.")
    found = edit.with_candidate(found, "Dossier n° 12")
    found = edit.with_aim(edit.with_job(found, 1, False), 0, 1, False)
    text = said(read(docx(found)))
    for words in ("proposé\u00a0: déclarée seulement", "Vu en entretien <i>",
                  "Observations sur le bloc\u00a0: Bloc solide.", "Dossier n° 12",
                  "Entretien\u00a0: Bulletin météo chaque matin", "le bloc 1."):  # fmt: skip
        assert words in text
    assert "Aide-cuisinière" not in text
    assert "2.1 Assurer" not in text


def test_experiences_are_crossed_with_blocks(written) -> None:
    (table,) = [t for t in written.tables if t.rows[0].cells[0].text == "Lignes du CV par expérience"]
    assert [[c.text for c in row.cells] for row in table.rows[1:]] == [
        ["Gardienne de phare, phare du Cap Sombre", "2", "1"],
        ["Aide-cuisinière, cantine des Embruns", "–", "–"],
        ["Hors expériences", "1", "–"],
    ]


def test_gaps_come_with_their_questions(written) -> None:
    bullets = [p.text for p in written.paragraphs if p.style.name == "List Bullet"]
    asked = [dossier()[p].question for p in places(dossier()) if dossier()[p].question]
    assert [squeeze(b) for b in bullets] == [squeeze(a) for a in asked]
    assert len(asked) == 3


def test_tables_repeat_their_heads_and_have_captions(written) -> None:
    for table in written.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblCaption" in table._tbl.tblPr.xml
        for row in table.rows:
            assert [c.width for c in row.cells] == [c.width for c in table.columns]


def test_lines_that_are_no_evidence_are_not_in_it(written) -> None:
    assert CANARY not in said(written)
    assert "200 repas" not in said(written)


@settings(max_examples=15, deadline=None)
@given(any_dossiers)
def test_any_dossier_can_be_written(made) -> None:
    assert DRAFT in said(read(docx(made)))
