"""PDF: hidden text left out, pages, pictures; genuine documents and hostile ones."""

import io
import math
import re
import time
import zlib

import pypdfium2
import pytest
from pdf_maker import HEIGHT, LEFT, RIGHT, WIDTH, Page, across, pdf
from PIL import Image

from corpus.errors import TooLarge, UnreadableFile
from corpus.reading import Limits, page_image, read, read_bytes
from corpus.reading import pdf as reader


def test_what_nobody_sees_is_left_out_and_counted():
    page = Page().text(50, 60, "Visible").text(50, 80, "Blanc", colour="1").text(50, 100, "Presque", colour=".97")
    page.text(50, 120, "Invisible", mode=3).text(50, 140, "Infime", size=2).text(700, 160, "Dehors")
    document = read_bytes("cv.pdf", pdf(page))
    assert document.lines == ("Visible",)
    assert document.hidden == len("BlancPresqueInvisibleInfimeDehors")
    assert {(h.reason, h.place, h.characters) for h in document.unseen} == {
        ("pale", 1, len("BlancPresque")), ("transparent", 1, len("Invisible")), ("tiny", 1, len("Infime")),
        ("outside", 1, len("Dehors")),
    }  # fmt: skip


def test_text_under_a_box_or_of_its_colour_is_not_seen():
    page = Page().text(50, 60, "Couvert").panel(45, 45, 200, 20, "1").text(50, 100, "Vu")
    page.panel(45, 120, 200, 30, "0.25").text(50, 140, "Ton sur ton", colour="0.25")
    page.panel(45, 160, 200, 30, "0.9").text(50, 180, "Lisible", colour="0.2")
    document = read_bytes("cv.pdf", pdf(page))
    assert document.lines == ("Vu", "Lisible")
    assert {(h.reason, h.characters) for h in document.unseen} == {("covered", 7), ("pale", 9)}


def test_white_letters_on_a_dark_ground_and_pale_ones_are_seen():
    page = Page().panel(45, 95, 200, 20).text(50, 110, "Blanc sur noir", colour="1").text(50, 150, "Gris", colour="0.8")
    extract = reader.read(pdf(page))
    assert (extract.lines, extract.hidden) == (("Blanc sur noir", "Gris"), 0)


def test_pages_follow_one_another():
    document = read_bytes("a.pdf", pdf(Page().column(50, 60, LEFT), Page(), Page().column(50, 60, RIGHT)))
    assert [(p.number, p.first, p.last) for p in document.pages] == [(1, 1, 12), (2, 13, 13), (3, 14, 25)]
    assert document.page_of(14) == 3
    assert document.lines[13] == RIGHT[0]


def test_an_encrypted_pdf_is_refused():
    with pytest.raises(UnreadableFile, match=r"'cv\.pdf': a PDF protected by a password") as caught:
        read_bytes("cv.pdf", pdf(Page().text(50, 60, "secret"), password="sésame"))
    assert "Retirez la protection" in caught.value.hint


def test_a_scanned_pdf_without_text_is_refused():
    with pytest.raises(UnreadableFile, match=r"scanned PDF: 2 page\(s\) of pictures without text") as caught:
        read_bytes("scan.pdf", _scanned(2))
    assert "OCR" in caught.value.hint or "Tesseract" in caught.value.hint


def test_a_pdf_whose_text_is_all_invisible_says_so():
    with pytest.raises(UnreadableFile, match="whose text is invisible"):
        read_bytes("scan.pdf", pdf(Page().text(50, 60, "couche de texte", mode=3)))


def _scanned(pages: int) -> bytes:
    document, picture = pypdfium2.PdfDocument.new(), io.BytesIO()
    Image.effect_noise((200, 280), 60).convert("RGB").save(picture, "JPEG")
    for _ in range(pages):
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(picture.getvalue()))
        image.set_matrix(pypdfium2.PdfMatrix().scale(WIDTH, HEIGHT))
        page = document.new_page(WIDTH, HEIGHT)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("keep", [20, 400])
def test_a_truncated_pdf_is_refused_or_read_but_never_crashes(keep):
    data = pdf(Page().column(50, 60, LEFT))
    with pytest.raises(UnreadableFile, match=r"damaged or incomplete|empty|scanned"):
        read_bytes("a.pdf", data[:keep])


def test_five_hundred_pages_are_read_within_the_limits():
    start = time.monotonic()
    document = read_bytes("long.pdf", pdf(*(Page().column(50, 60, [f"page {n}", *LEFT]) for n in range(1, 501))))
    assert len(document.pages) == 500
    assert document.lines[document.pages[499].first - 1] == "page 500"
    assert time.monotonic() - start < 60


def test_too_many_pages_say_so():
    with pytest.raises(TooLarge, match="too many pages: 2001, the limit is 2000"):
        read_bytes("a.pdf", pdf(*(Page() for _ in range(2001))))


def test_a_slow_pdf_is_stopped():
    with pytest.raises(TooLarge, match="more than 1 seconds"):
        read_bytes("a.pdf", pdf(*(Page().column(50, 60, LEFT * 4) for _ in range(600))), Limits(cpu=1))


def test_a_genuine_reac_comes_out_in_reading_order(shared):
    document = read(shared / "data/reac/RNCP37873_REAC.pdf")
    assert (len(document.pages), document.medium, document.hidden) == (51, "pdf", 0)
    synoptic = document.pages[8]
    text = document.lines[synoptic.first - 1 : synoptic.last]
    numbers = [line for line in text if re.fullmatch(r"\d{1,2}", line)]
    # Three activities, each before its first competence: 4, 4 and 3 of them; the millésime follows in the footer.
    assert numbers == ["1", "1", "2", "3", "4", "2", "5", "6", "7", "8", "3", "9", "10", "11", "04"]
    assert all(document.holds(document.quote(n, n)) for n, line in enumerate(document.lines, 1) if line)


def test_a_genuine_rc_keeps_its_table_of_criteria(shared):
    document = read(shared / "data/reac/RNCP37873_RC.pdf")
    page = document.pages[9]
    text = document.lines[page.first - 1 : page.last]
    ticks = [line for line in text if line in "☐☒"]
    # Three competences, each with four boxes: presentation, interview, questionnaire, production.
    assert "".join(ticks) == "☐☒☒☐☒☒☐☐☒☒☐☐"
    first = text.index(ticks[0])
    assert sum(line.startswith("Les ") for line in text[:first]) == 3, "the criteria of a row stand before its boxes"
    assert [line for line in text if line.endswith("partir de")], "vertical headings are read along"


def _pixels(png: bytes) -> tuple[int, int, bytes]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(png[i : i + 4]) for i in (16, 20))
    start = png.index(b"IDAT")
    rows = zlib.decompress(png[start + 4 : start + 4 + int.from_bytes(png[start - 4 : start])])
    assert len(rows) == height * (3 * width + 1)
    return width, height, b"".join(rows[y * (3 * width + 1) + 1 : (y + 1) * (3 * width + 1)] for y in range(height))


def _marked(png: bytes) -> set[tuple[int, int]]:
    """Centimetre-sized places of the page, in points rounded to 10, that hold yellow."""
    width, _, rgb = _pixels(png)
    return {
        (round(i % width * 72 / 110, -1), round(i // width * 72 / 110, -1))
        for i in range(len(rgb) // 3)
        if rgb[3 * i + 2] < 100 < rgb[3 * i]
    }


def test_a_page_image_marks_the_quote_and_nothing_else():
    data = pdf(Page().column(50, 60, LEFT), Page().column(50, 60, LEFT[:3]).column(310, 60, RIGHT[:3], leading=40))
    quote = " ".join(RIGHT[1:2])
    plain, image = page_image(data, 2, ""), page_image(data, 2, quote.replace(" ", "\n  "))
    size = (math.ceil(WIDTH * 110 / 72), math.ceil(HEIGHT * 110 / 72))
    assert _pixels(plain.png)[:2] == size == (plain.width, plain.height)
    assert not _marked(plain.png)
    assert plain.mark is None
    left, top = image.mark
    assert 300 <= left * WIDTH <= 320
    assert 80 <= top * HEIGHT <= 110
    places = _marked(image.png)
    assert places
    assert all(300 <= x <= 520 and 80 <= y <= 110 for x, y in places), places


def test_a_quote_over_columns_and_pages_is_marked_where_it_is():
    data = pdf(across(Page(), (50, LEFT), (310, RIGHT)))
    quote = " ".join([*LEFT[-2:], *RIGHT[:2], "une suite sur une autre page"])
    xs = {x for x, _ in _marked(page_image(data, 1, quote).png)}
    assert min(xs) <= 60
    assert max(xs) >= 400
    assert not _marked(page_image(data, 1, "rien de tel sur cette page").png)


def test_a_page_that_is_not_there_is_said():
    data = pdf(Page().text(50, 60, "une page"))
    with pytest.raises(UnreadableFile, match="no page 3: it has 1"):
        page_image(data, 3, "")
    with pytest.raises(UnreadableFile, match="only PDFs have page images"):
        page_image(b"du texte", 1, "")
