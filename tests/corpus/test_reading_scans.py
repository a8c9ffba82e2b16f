"""Scanned PDFs: read by Tesseract where it is installed, else a message that says what to install."""

import io

import pypdfium2
import pytest
from pdf_maker import HEIGHT, WIDTH, Page, pdf
from reportlab.pdfgen import canvas

from corpus.document import Unseen
from corpus.reading import pdf as reader
from corpus.reading import read_bytes
from corpus.reading.recognition import program
from corpus.reading.refusals import Refused, worded

LINES = ["Aide-soignante de nuit", "Clinique du Ponant, 2015 - 2019", "Toilettes et aide aux repas"]
installed = pytest.mark.skipif(program() is None, reason="Tesseract (tesseract-ocr, tesseract-ocr-fra) is missing")


def scanned(layer: str = "") -> bytes:
    """A page of text as a picture, with words drawn without ink over it."""
    page = Page()
    for row, line in enumerate(LINES):
        page.text(60, 90 + 30 * row, line, 14)
    with pypdfium2.PdfDocument(pdf(page)) as drawn:
        picture = drawn[0].render(scale=150 / 72).to_pil().convert("RGB")
    out = io.BytesIO()
    sheet = canvas.Canvas(out, (WIDTH, HEIGHT))
    sheet.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
    for row, words in enumerate(filter(None, layer.split("\n"))):
        sheet.drawString(60, HEIGHT - 90 - 30 * row, words, mode=3)
    sheet.save()
    return out.getvalue()


@installed
def test_a_scan_is_read_line_by_line():
    document = read_bytes("scan.pdf", scanned())
    assert document.lines == tuple(LINES)
    assert (document.recognised, document.unseen) == ((1,), ())
    assert document.page_of(2) == 1


@installed
def test_the_layer_of_a_scan_is_not_taken_and_told_where_it_says_something_else():
    honest = read_bytes("scan.pdf", scanned("\n".join(LINES)))
    assert (honest.lines, honest.unseen) == (tuple(LINES), ())
    false = read_bytes("scan.pdf", scanned("Expert Kubernetes et architecte de systèmes distribués"))
    assert false.lines == tuple(LINES)
    assert [(h.reason, h.place) for h in false.unseen] == [(Unseen.TRANSPARENT, 1)]


def test_without_tesseract_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(reader, "program", lambda: None)
    with pytest.raises(Refused) as caught:
        reader.read(scanned())
    error = worded("scan.pdf", caught.value.reason, caught.value.facts)
    assert "tesseract-ocr-fra" in error.hint
    assert "Install Tesseract" in error.hint_en
