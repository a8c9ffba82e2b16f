"""PDF: reading order by geometry, hidden text left out, pages, pictures; genuine documents and hostile ones."""

import io
import math
import re
import time
import zlib

import pypdfium2
import pytest
from pdf_maker import HEIGHT, WIDTH, Page, pdf
from PIL import Image

from corpus.document import squeeze
from corpus.errors import TooLarge, UnreadableFile
from corpus.reading import Limits, page_image, read, read_bytes
from corpus.reading import pdf as reader

LEFT = [f"gauche {i} avec assez de mots pour {i}" for i in range(1, 13)]
RIGHT = [f"droite {i} encore bien d'autres mots {i}" for i in range(1, 13)]


def lines(*pages: Page) -> list[str]:
    return list(reader.read(pdf(*pages)).lines)


def across(page: Page, *columns: tuple[float, list[str]], top: float = 90, leading: float = 12) -> Page:
    """Columns drawn line by line across, as a scanner or a careless writer would."""
    for row in range(max(len(words) for _, words in columns)):
        for x, words in columns:
            if row < len(words) and words[row]:
                page.text(x, top + row * leading, words[row])
    return page


def test_two_columns_are_read_one_after_the_other_whatever_the_drawing_order():
    title = "Un titre qui prend toute la largeur de la page et plus"
    tail = "Une dernière ligne, elle aussi d'un bord à l'autre de la page entière, pour finir sous les colonnes"
    page = Page().text(50, 60, title, 18).column(50, 90, LEFT).column(310, 90, RIGHT).text(50, 260, tail)
    assert lines(page) == [title, *LEFT, *RIGHT, tail]
    assert lines(across(Page().text(50, 60, title, 18), (50, LEFT), (310, RIGHT)).text(50, 260, tail)) == [
        title, *LEFT, *RIGHT, tail,
    ]  # fmt: skip
    assert lines(Page().column(310, 96, RIGHT).column(50, 90, LEFT)) == [*LEFT, *RIGHT]


def test_three_columns():
    columns = [[f"{name} {i} et quelques mots" for i in range(8)] for name in ("un", "deux", "trois")]
    page = Page()
    for x, words in zip((40, 220, 400), columns, strict=True):
        page.column(x, 90, words)
    assert lines(page) == [words for column in columns for words in column]


@pytest.mark.parametrize("leading", [13, 14])
def test_a_sidebar_is_read_apart(leading):
    side = ["Contact", "06 00 00 00 00", "jeanne@exemple.fr", "", "Langues", "Anglais B2", "Espagnol A2", "", "Piano"]
    main = [
        "Expérience", "Technicienne, Société A, de 2019 à 2022", "Installation de postes et de réseaux pour l'agence",
        "Suivi des incidents et rapport mensuel", "Aide-comptable, Société B, de 2015 à 2019",
    ]  # fmt: skip
    page = across(Page().text(40, 50, "Jeanne Exemple", 18), (40, side), leading=14)
    found = lines(page.column(200, 90, main, leading=leading))
    assert found == ["Jeanne Exemple", *filter(None, side), *main]


def test_a_coloured_panel_is_read_apart():
    page = Page().panel(0, 0, 150, HEIGHT, "0.2")
    for row, words in enumerate(["Profil", "Rigoureuse", "Curieuse"]):
        page.text(20, 60 + 40 * row, words, colour="1").text(170, 60 + 40 * row, f"Phrase {row} du corps de la page")
    assert lines(page) == ["Profil", "Rigoureuse", "Curieuse", *(f"Phrase {i} du corps de la page" for i in range(3))]


def test_a_ruled_table_is_read_cell_by_cell():
    page = Page().text(50, 40, "Avant").grid([50, 120, 300, 500], [60, 80, 120, 160])
    page.text(55, 74, "N°").text(125, 74, "Compétence").text(305, 74, "Critère")
    first = [["1"], ["Préparer le poste", "de travail"], ["Le poste est prêt", "dans le temps prévu"]]
    for top, cells in ((94, first), (134, [["2"], ["Ranger"], ["Tout est rangé"]])):
        across(page, *zip((55, 125, 305), cells, strict=True), top=top)
    page.text(50, 180, "Après")
    assert lines(page) == [
        "Avant", "N°", "Compétence", "Critère", "1", "Préparer le poste", "de travail", "Le poste est prêt",
        "dans le temps prévu", "2", "Ranger", "Tout est rangé", "Après",
    ]  # fmt: skip


def test_a_merged_cell_comes_with_its_first_row():
    page = Page().line(50, 60, 400, 60).line(50, 120, 400, 120).line(150, 90, 400, 90)
    for x in (50, 150, 400):
        page.line(x, 60, x, 120)
    page.text(155, 80, "premier").text(155, 110, "second").text(55, 95, "les deux")
    assert lines(page) == ["les deux", "premier", "second"]


def test_lists_in_columns_are_read_across():
    figures = [("Année", "Titulaires", "Taux"), ("2019", "42", "83 %"), ("2020", "37", "85 %"), ("2021", "51", "91 %")]
    page = across(Page(), *zip((60, 160, 260), map(list, zip(*figures, strict=True)), strict=True))
    assert lines(page) == ["  ".join(row) for row in figures]


def test_dates_stay_with_what_they_date():
    page, y, expected = Page().text(50, 50, "Expériences", 14), 80, ["Expériences"]
    jobs = {
        "2019-2022": ["Technicienne support, Société A", "Postes et réseaux", "Rapports mensuels"],
        "2015-2019": ["Aide-comptable, Société B", "Saisie des factures et relances"],
        "2012-2015": ["Vendeuse, Société C", "Conseil aux clients et tenue de la caisse"],
    }
    for dates, deeds in jobs.items():
        page.text(50, y, dates)
        expected += [dates, *deeds]
        for deed in deeds:
            page.text(140, y, deed)
            y += 13
    assert lines(page) == expected


def test_terms_stay_with_their_indented_definitions():
    page, expected = Page(), []
    for i in range(5):
        words = [f"Terme {i}", f"Définition {i} du terme, en retrait sous lui", "et sur deux lignes"]
        for row, line in enumerate(words):
            page.text(50 if row == 0 else 150, 60 + 60 * i + 13 * row, line)
        expected += words
    assert lines(page) == expected


def test_bullets_stay_with_their_items():
    page = Page()
    for i in range(3):
        page.text(60, 60 + 26 * i, "•").text(80, 60 + 26 * i, f"point {i}").text(80, 73 + 26 * i, f"suite {i}")
    assert lines(page) == ["• point 0", "suite 0", "• point 1", "suite 1", "• point 2", "suite 2"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_an_upright_one(rotate):
    assert lines(Page(rotate=rotate).column(60, 100, LEFT)) == LEFT


def test_vertical_text_is_read_along():
    page = Page().text(100, 300, "texte qui monte", turn="0 1 -1 0").column(150, 200, LEFT)
    assert sorted(lines(page)) == sorted(["texte qui monte", *LEFT])


def test_what_nobody_sees_is_left_out_and_counted():
    page = Page().text(50, 60, "Visible").text(50, 80, "Blanc", colour="1").text(50, 100, "Presque", colour=".97")
    page.text(50, 120, "Invisible", mode=3).text(50, 140, "Infime", size=2).text(700, 160, "Dehors")
    document = read_bytes("cv.pdf", pdf(page))
    assert document.lines == ("Visible",)
    assert document.hidden == len("BlancPresqueInvisibleInfimeDehors")


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
    assert "OCR" in caught.value.hint


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
    assert time.monotonic() - start < 30


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
    plain, marked = page_image(data, 2, ""), page_image(data, 2, quote.replace(" ", "\n  "))
    assert _pixels(plain)[:2] == (math.ceil(WIDTH * 110 / 72), math.ceil(HEIGHT * 110 / 72))
    assert not _marked(plain)
    places = _marked(marked)
    assert places
    assert all(300 <= x <= 520 and 80 <= y <= 110 for x, y in places), places


def test_a_quote_over_columns_and_pages_is_marked_where_it_is():
    data = pdf(across(Page(), (50, LEFT), (310, RIGHT)))
    quote = " ".join([*LEFT[-2:], *RIGHT[:2], "une suite sur une autre page"])
    xs = {x for x, _ in _marked(page_image(data, 1, quote))}
    assert min(xs) <= 60
    assert max(xs) >= 400
    assert not _marked(page_image(data, 1, "rien de tel sur cette page"))


def test_a_page_that_is_not_there_is_said():
    data = pdf(Page().text(50, 60, "une page"))
    with pytest.raises(UnreadableFile, match="no page 3: it has 1"):
        page_image(data, 3, "")
    with pytest.raises(UnreadableFile, match="only PDFs have page images"):
        page_image(b"du texte", 1, "")


def test_no_character_is_lost_between_drawing_and_lines():
    words = across(Page().grid([40, 300, 560], [70, 150, 240]), (50, LEFT), (310, RIGHT), leading=13)
    assert sorted(squeeze("".join(lines(words)))) == sorted(squeeze("".join(LEFT + RIGHT)))
