"""The dossier as PDF, read back as any PDF is."""

import ctypes
import logging

import pypdfium2
import pytest
from dossiers import CANARY, any_dossiers, dossier
from hypothesis import HealthCheck, given, settings

from assistant.dossier import editing as edit
from assistant.dossier.dossier import Place, places
from assistant.dossier.pdf import pdf
from assistant.dossier.wording import wording
from corpus.document import Document, squeeze
from corpus.reading import read_bytes

say = wording("fr")
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
    assert squeeze("non (déclarée seulement)") in text
    assert CANARY not in text


def test_every_page_says_that_it_is_a_draft_its_date_and_its_number(data) -> None:
    found = read(data)
    assert len(found.pages) > 1
    for page in found.pages:
        text = "\n".join(found.lines[page.first - 1 : page.last])
        assert say("draft") in text
        assert f"Établi le 09/03/2026 – page {page.number}" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_has_a_title_a_language_bookmarks_and_fonts_of_its_own(lang) -> None:
    data, words = pdf(dossier(), lang), wording(lang)
    opened = pypdfium2.PdfDocument(data)
    assert opened.get_metadata_dict()["Title"] == words("title")
    assert f"/Lang({lang})".encode() in data
    assert b"/DisplayDocTitle true" in data
    marks = [(mark.level, mark.get_title()) for mark in opened.get_toc()]
    assert (0, words("request")) in marks
    assert (1, words("block.name", n=1, title="Tenir la lanterne (RNCP90009BC01)")) in marks
    assert (2, words("gaps")) in marks
    assert b"/FontFile2" in data


def test_what_sources_say_is_marked_as_french_in_an_english_document() -> None:
    assert "fr" not in {lang for *_, lang in structure(pdf(dossier(), "fr"))}
    assert "fr" in {lang for *_, lang in structure(pdf(dossier(), "en"))}


def structure(data: bytes) -> list[tuple[str, str, str]]:
    """Type, alternative text and language of each element of the tree that assistive technology reads, in order."""
    raw, found = pypdfium2.raw, []

    def told(read, element) -> str:
        buffer = ctypes.create_string_buffer(8000)
        size = read(element, buffer, 8000)
        return buffer.raw[: max(0, size - 2)].decode("utf-16-le")

    def walk(element) -> None:
        asked = (raw.FPDF_StructElement_GetType, raw.FPDF_StructElement_GetAltText, raw.FPDF_StructElement_GetLang)
        found.append(tuple(told(read, element) for read in asked))
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
                walk(child)

    opened = pypdfium2.PdfDocument(data)
    for page in opened:
        tree = raw.FPDF_StructTree_GetForPage(page)
        for n in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, n))
        raw.FPDF_StructTree_Close(tree)
    return found


def test_it_is_tagged_and_its_pictures_have_a_text(data) -> None:
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(data))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    tree = structure(data)
    kinds = {kind for kind, _, _ in tree}
    assert {"H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure", "Caption"} <= kinds
    told = [alt for kind, alt, _ in tree if kind == "Figure" and alt]
    assert len(told) == 3
    assert "Bloc 1\u00a0: démontrées\u00a0: 1, en partie\u00a0: 1, déclarées seulement\u00a0: 1." in told[0]
    assert "Gardienne de phare, phare du Cap Sombre, de 2015 à 2023, blocs 1, 2." in told[2]
    assert sum(kind == "TR" for kind, _, _ in tree) > 20


def test_a_word_longer_than_a_column_stays_within_the_page(data) -> None:
    opened = pypdfium2.PdfDocument(data)
    page = opened[len(opened) - 1]
    text = page.get_textpage()
    edges = [text.get_charbox(n)[2] for n in range(text.count_chars())]
    assert max(edges) <= page.get_width() - 56  # two centimetres


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
