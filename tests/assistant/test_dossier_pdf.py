"""The dossier as PDF, read back as any PDF is."""

import logging

import pypdfium2
import pytest
from dossiers import CANARY, any_dossiers, dossier
from hypothesis import HealthCheck, given, settings

from assistant.dossier import editing as edit
from assistant.dossier import wording as say
from assistant.dossier.chapters import TITLE
from assistant.dossier.dossier import Place, places
from assistant.dossier.pdf import pdf
from corpus.document import Document, squeeze
from corpus.reading import read_bytes

HARD = "Łódź → Ćwik & <font color='x'>, œuvre, 12 €, 🙂, {{x}}, %s"


def read(data: bytes) -> Document:
    return read_bytes("dossier.pdf", data)


def said(data: bytes) -> str:
    return squeeze(" ".join(read(data).lines))


@pytest.fixture(scope="module")
def data() -> bytes:
    return pdf(dossier())


def test_every_state_and_both_quotes_are_there_verbatim(data) -> None:
    text = said(data)
    for place in places(dossier()):
        competence = dossier()[place]
        assert squeeze(say.citations(competence)) in text
        assert all(squeeze(say.line(p.line)) in text for p in competence.shown)
        assert squeeze(competence.question) in text
    assert squeeze("non (citée seulement)") in text
    assert CANARY not in text


def test_every_page_says_that_it_is_a_draft_its_date_and_its_number(data) -> None:
    found = read(data)
    assert len(found.pages) > 1
    for page in found.pages:
        text = "\n".join(found.lines[page.first - 1 : page.last])
        assert say.DRAFT in text
        assert f"Établi le 09/03/2026 – page {page.number}" in text


def test_it_has_a_title_a_language_bookmarks_and_fonts_of_its_own(data) -> None:
    opened = pypdfium2.PdfDocument(data)
    assert opened.get_metadata_dict()["Title"] == TITLE
    assert b"/Lang (fr-FR)" in data or b"/Lang(fr-FR)" in data
    assert b"/DisplayDocTitle true" in data
    marks = [(mark.level, mark.get_title()) for mark in opened.get_toc()]
    assert (0, "Contexte de la demande") in marks
    assert (1, "Bloc 1\u00a0: Tenir la lanterne (RNCP90009BC01)") in marks
    assert (2, "Écarts à explorer en entretien") in marks
    assert b"/FontFile2" in data


def test_words_of_users_are_data_and_every_character_is_shown_or_marked() -> None:
    found = edit.with_comment(dossier(), Place(0, 0, 0), HARD)
    text = said(pdf(edit.with_candidate(found, HARD)))
    assert text.count(squeeze(HARD.replace("🙂", "\ufffd"))) == 2


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    long = " ".join(f"mot{n}" for n in range(600))
    data = pdf(edit.with_comment(dossier(), Place(0, 0, 0), long))
    assert len(read(data).pages) >= 4
    text = said(data)
    assert all(f"mot{n}" in text for n in range(600))


def test_nothing_is_logged_or_printed(caplog, capsys) -> None:
    with caplog.at_level(logging.DEBUG):
        pdf(edit.with_candidate(dossier(), HARD))
    assert caplog.text == ""
    assert capsys.readouterr() == ("", "")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_dossiers)
def test_any_dossier_can_be_printed(made) -> None:
    assert len(pypdfium2.PdfDocument(pdf(made))) >= 1
