"""DOCX and ODT: everything that is seen, in document order, tables row by row; bombs and broken files refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from odf import dc, office, style, table, text
from odf.opendocument import OpenDocumentText

from corpus.document import Hidden, Unseen
from corpus.errors import TooLarge, UnreadableFile
from corpus.reading import read_bytes


def docx(build: Callable) -> bytes:
    document, out = Word(), io.BytesIO()
    build(document)
    document.save(out)
    return out.getvalue()


def lines(build: Callable) -> tuple[str, ...]:
    return read_bytes("cv.docx", docx(build)).lines


def test_paragraphs_and_tables_come_in_order():
    def build(document):
        document.add_heading("Bloc 1", 1)
        document.add_paragraph("Avant\tla table")
        grid = document.add_table(2, 3)
        for row, cells in enumerate([["Compétence", "", "Critère"], ["Trier\nles pièces", "x", "Tout est trié"]]):
            for column, words in enumerate(cells):
                grid.cell(row, column).text = words
        document.add_paragraph("Après")

    assert lines(build) == (
        "Bloc 1", "Avant\tla table", "Compétence", "Critère", "Trier", "les pièces", "x", "Tout est trié", "Après",
    )  # fmt: skip


def test_merged_cells_are_read_once_and_nested_tables_in_their_place():
    def build(document):
        grid = document.add_table(2, 2)
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "gauche"
        grid.cell(0, 1).text = "haut"
        inner = grid.cell(1, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"

    assert lines(build) == ("gauche", "haut", "a", "b")


def test_headers_links_insertions_controls_and_text_boxes_are_read_deletions_are_not():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "Jeanne Exemple"
        document.sections[0].footer.paragraphs[0].text = "Page"
        paragraph = document.add_paragraph("Debut ")
        for tag, words in (("w:ins", "ajouté "), ("w:del", "supprimé "), ("w:hyperlink", "lien")):
            wrapping, run = OxmlElement(tag), OxmlElement("w:r")
            part = OxmlElement("w:delText" if tag == "w:del" else "w:t")
            part.text = words
            part.set(qn("xml:space"), "preserve")
            run.append(part)
            wrapping.append(run)
            paragraph._p.append(wrapping)
        control = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>champ</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        )
        document.element.body.insert(1, control)
        box = "<w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent>"
        document.add_paragraph()._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
                "</mc:AlternateContent></w:r>"
            )
        )

    assert lines(build) == ("Jeanne Exemple", "Debut ajouté lien", "champ", "encadré", "Page")


def test_numbers_and_bullets_are_those_that_word_shows():
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate([("decimal", "C%1."), ("decimal", "C%1.%2"), ("upperRoman", "%3)")])
    )

    def build(document):
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for depth, words in ((0, "un"), (1, "a"), (1, "b"), (0, "deux"), (1, "c"), (2, "d"), (2, "e")):
            properties = document.add_paragraph(words)._p.get_or_add_pPr()
            place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
            properties.append(parse_xml(place))
        document.add_paragraph("point", style="List Bullet")
        document.add_paragraph("rang", style="List Number")
        document.add_paragraph("rien")

    assert lines(build) == (
        "C1. un", "C1.1 a", "C1.2 b", "C2. deux", "C2.1 c", "I) d", "II) e", "• point", "1. rang", "rien",
    )  # fmt: skip


def test_a_sign_that_is_typed_in_a_font_of_symbols_is_read():
    def build(document):
        for font, code in (("Wingdings", "F0A7"), ("Symbol", "B7"), ("Arial", "2265")):
            run = document.add_paragraph().add_run()
            sign = OxmlElement("w:sym")
            sign.set(qn("w:font"), font)
            sign.set(qn("w:char"), code)
            run._r.append(sign)
            run.add_text(" Tri du courrier")

    assert lines(build) == ("▪ Tri du courrier", "• Tri du courrier", "≥ Tri du courrier")


def test_hidden_text_is_left_out_and_counted():
    def build(document):
        paragraph = document.add_paragraph("vu ")
        for words, look in (("masqué", "hidden"), ("infime", "tiny"), ("blanc", "white")):
            run = paragraph.add_run(words)
            if look == "hidden":
                run.font.hidden = True
            elif look == "tiny":
                run.font.size = Pt(1)
            else:
                run.font.color.rgb = RGBColor(255, 255, 255)
        cells = document.add_table(1, 2).rows[0].cells
        for cell, fill in zip(cells, ("1F3864", "FFFFFF"), strict=True):
            cell.paragraphs[0].add_run(f"blanc sur {fill}").font.color.rgb = RGBColor(255, 255, 255)
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))

    document = read_bytes("cv.docx", docx(build))
    assert document.lines == ("vu", "blanc sur 1F3864")
    assert document.unseen == (
        Hidden(Unseen.MASKED, 0, 6), Hidden(Unseen.PALE, 0, 5), Hidden(Unseen.TINY, 0, 6),
        Hidden(Unseen.PALE, 2, len("blancsurFFFFFF")),
    )  # fmt: skip
    assert document.hidden == len("masquéinfimeblancblancsurFFFFFF")


def test_text_hidden_by_a_style_is_left_out():
    def build(document):
        for name, look in (("Caché", "vanish"), ("Clair", "white")):
            kind = WD_STYLE_TYPE.PARAGRAPH if look == "vanish" else WD_STYLE_TYPE.CHARACTER
            style = document.styles.add_style(name, kind)
            style.font.hidden = look == "vanish"
            if look == "white":
                style.font.color.rgb = RGBColor(254, 254, 254)
        document.add_paragraph("ligne masquée", style="Caché")
        document.add_paragraph("vu ").add_run("clair", style="Clair")

    document = read_bytes("cv.docx", docx(build))
    assert [line for line in document.lines if line] == ["vu"]
    assert {(h.reason, h.characters) for h in document.unseen} == {(Unseen.MASKED, 12), (Unseen.PALE, 5)}


def test_characters_of_no_width_are_told_and_stay_in_their_line():
    lines = ["un mot", "ca\u200bch\u200bé " + "\U000e0041" * 8]
    document = read_bytes("cv.txt", "\n".join(lines).encode())
    assert document.lines == tuple(lines)
    assert (document.unseen, document.hidden) == ((Hidden(Unseen.WIDTHLESS, 2, 10),), 0)
    assert read_bytes("cv.txt", "un\u200b espace".encode()).unseen == ()


def bomb(kind: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        if kind == "odt":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        with archive.open("word/document.xml" if kind == "docx" else "content.xml", "w", force_zip64=True) as member:
            for _ in range(size // 10_000_000):
                member.write(b" " * 10_000_000)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_zip_bomb_is_refused_by_what_it_declares(kind):
    data = bomb(kind, 400_000_000)
    assert len(data) < 1_000_000
    with pytest.raises(TooLarge, match="uncompressed, this document would exceed 150 MB") as caught:
        read_bytes(f"cv.{kind}", data)
    assert "bombe" in caught.value.hint


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(bomb("docx", 400_000_000))
    true, false = (400_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert data.count(true) >= 1
    with pytest.raises(UnreadableFile, match=r"damaged or incomplete|would exceed"):
        read_bytes("cv.docx", bytes(data.replace(true, false)))


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_truncated_file_is_refused(kind, share):
    data = docx(lambda d: d.add_paragraph("un texte")) if kind == "docx" else odt()
    with pytest.raises(UnreadableFile, match=rf"\({kind.upper()}\) damaged or incomplete"):
        read_bytes(f"cv.{kind}", data[: int(share * len(data))])


def test_a_document_that_lacks_its_parts_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(UnreadableFile, match=r"\(DOCX\) damaged or incomplete"):
        read_bytes("cv.docx", out.getvalue())


def test_entities_in_a_document_are_refused():
    source, out = io.BytesIO(docx(lambda d: d.add_paragraph("un texte"))), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                declaration = b'<!DOCTYPE d [<!ENTITY a "b">]><w:document'
                body = body.replace(b"<w:document", declaration, 1)
            new.writestr(name, body)
    with pytest.raises(UnreadableFile, match="DTD or entity declarations"):
        read_bytes("cv.docx", out.getvalue())


def test_a_password_is_said():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    with pytest.raises(UnreadableFile, match=r"\(DOCX\) protected by a password"):
        read_bytes("cv.docx", locked)


@pytest.mark.parametrize(("member", "seems"), [("xl/workbook.xml", "spreadsheet"), ("a.txt", "ZIP archive")])
def test_other_archives_are_named(member, seems):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(UnreadableFile, match=seems):
        read_bytes("cv.docx", out.getvalue())


def odt() -> bytes:
    document = OpenDocumentText()
    invisible = style.Style(name="T1", family="text")
    invisible.addElement(style.TextProperties(display="none"))
    document.automaticstyles.addElement(invisible)
    document.text.addElement(text.H(outlinelevel=1, text="Bloc 1"))
    paragraph = text.P(text="Avant")
    paragraph.addElement(text.S(c=2))
    paragraph.addText("la table")
    paragraph.addElement(text.LineBreak())
    paragraph.addElement(text.Span(text="suite"))
    paragraph.addElement(text.Span(text="masqué", stylename=invisible))
    note = office.Annotation()
    note.addElement(dc.Creator(text="relecteur"))
    note.addElement(text.P(text="commentaire"))
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    grid = table.Table()
    for cells in (["Compétence", "", "Critère"], ["Trier", "x", "Tout est trié"]):
        row = table.TableRow()
        for words in cells:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        grid.addElement(row)
    document.text.addElement(grid)
    items = text.List()
    for words in ("un", "deux"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        items.addElement(item)
    document.text.addElement(items)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_an_odt_comes_in_order():
    document = read_bytes("cv.odt", odt())
    assert document.medium == "odt"
    assert document.lines == (
        "Bloc 1", "Avant  la table", "suite", "Compétence", "Critère", "Trier", "x", "Tout est trié", "un", "deux",
    )  # fmt: skip
    assert document.hidden == len("masqué")


def test_bullets_of_an_odt_are_those_that_its_lists_have():
    document = OpenDocumentText()
    listed = text.ListStyle(name="L")
    listed.addElement(text.ListLevelStyleBullet(level=1, bulletchar="–"))
    listed.addElement(text.ListLevelStyleNumber(level=2, numformat="1"))
    document.automaticstyles.addElement(listed)
    outer, inner = text.List(stylename=listed), text.List()
    for items, words in ((outer, "un"), (inner, "dans un"), (outer, "deux")):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        if words == "deux":
            item.addElement(text.P(text="suite de deux"))
        items.addElement(item)
        if words == "un":
            item.addElement(inner)
    document.text.addElement(outer)
    out = io.BytesIO()
    document.save(out)
    assert read_bytes("cv.odt", out.getvalue()).lines == ("• un", "dans un", "• deux", "suite de deux")


def test_an_odt_that_is_not_well_formed_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</text:list>", b""))
    with pytest.raises(UnreadableFile, match=r"\(ODT\) damaged or incomplete"):
        read_bytes("cv.odt", out.getvalue())


def test_a_docx_named_pdf_is_read_by_its_content():
    assert read_bytes("cv.pdf", docx(lambda d: d.add_paragraph("bonjour"))).medium == "docx"
