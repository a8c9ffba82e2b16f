"""CVs as strangers send them, from `strangers/` into files/: python -m benchmarks.cvs.strangers [FILE]…

Pages of the web go through Chromium, flat ODT through LibreOffice; the Word documents are built here, two of them as
tables printed by LibreOffice, one in section columns, one in text boxes with the twin that Word writes for old readers.
`strangers.toml` says what a reader should find in those that were written before any code that reads CVs was looked at,
`newcomers.toml` in those that were written after the code had been mended by them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

from benchmarks.cvs.people import FILES

SOURCES = Path(__file__).parent / "strangers"
WINGDINGS_SQUARE = "F0A7"


def routier() -> Document:
    """Dates in the left cells of a table without borders, everything in capitals, a header on each of two pages."""
    page = _page("BERTRAND VANHOUTTE – CONDUCTEUR ROUTIER SPL", "CV Bertrand VANHOUTTE – page ")
    page.styles["Normal"].font.size = Pt(12)
    _say(page, "CONDUCTEUR ROUTIER SUPER LOURD (H/F)", bold=True)
    _say(page, "12 RUE DU MOULIN – 59190 HAZEBROUCK\n06 00 00 90 45 – B.VANHOUTTE@COURRIEL.EXEMPLE")
    _say(page, "PERMIS B, C, CE – FIMO, FCO À JOUR – CARTE CONDUCTEUR")
    for part in _words("routier").split("\n\n"):
        if part.startswith("# "):
            _say(page, part[2:], bold=True)
            table = _table(page, 4.2, 12.5)
            continue
        when, what = part.split("\n", 1)
        cells = table.add_row().cells
        cells[0].text = when
        _fill(cells[1].paragraphs[0], what)
        cells[1].add_paragraph()
    return page


def comptable() -> Document:
    """The older Europass form: labels on the left, a row for each thing said, over two pages."""
    page = _page("", "Curriculum vitæ de Osterbach Ludivine – Page ")
    table = _table(page, 6, 11.5)
    for part in _words("comptable-europass").split("\n\n"):
        label, _, value = part.partition("\n")
        cells = table.add_row().cells
        cells[0].paragraphs[0].alignment = 2
        run = cells[0].paragraphs[0].add_run(label)
        run.bold = not value
        cells[1].text = value
    return page


def ouvrier() -> Document:
    """No heading line at all: a name, a paragraph, jobs with their years first, and the rest."""
    page = _page("", "")
    _say(page, "Gaspard ETCHEVERRIGARAY", bold=True)
    for line in _words("ouvrier-agricole").split("\n"):
        _say(page, line)
    return page


def vendeur() -> Document:
    """Two columns of one section: the text runs down the first, then down the second."""
    page = _page("", "")
    _say(page, "Djibril N'DOUR-LACAZE", bold=True)
    columns = page.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    for line in _words("conseiller-de-vente").split("\n"):
        if line == "|":
            page.add_paragraph().add_run().add_break(docx.enum.text.WD_BREAK.COLUMN)
        else:
            _say(page, line.removeprefix("*"), bold=line.startswith("*"))
    return page


def magasinier() -> Document:
    """A bar in a text box, jobs in the page with their dates behind a tab, Wingdings squares for bullets."""
    page = _page("", "")
    bar, jobs = _words("magasinier").split("\n---\n")
    page.add_paragraph()._p.append(_box(bar.split("\n")))
    _say(page, "Océane Prudhon-Kaci", bold=True)
    _say(page, "Préparatrice de commandes, cariste CACES 1-3-5")
    for line in jobs.split("\n"):
        if line.startswith("*"):
            _square(page, line[1:])
        else:
            _say(page, line, bold="\t" in line)
    return page


def _words(name: str) -> str:
    return (SOURCES / f"{name}.word").read_text("utf-8").rstrip("\n")


def _page(head: str, foot: str) -> Document:
    page = docx.Document()
    page.styles["Normal"].font.name, page.styles["Normal"].font.size = "Liberation Sans", Pt(10)
    page.sections[0].header.paragraphs[0].text = head
    if foot:
        line = page.sections[0].footer.paragraphs[0]
        line.add_run(foot)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        line._p.append(field)
    return page


def _say(page: Document, text: str, bold: bool = False) -> Paragraph:
    line = page.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    if "\t" in text:
        line.paragraph_format.tab_stops.add_tab_stop(Cm(12))
    line.add_run(text).bold = bold
    return line


def _table(page: Document, left: float, right: float) -> Table:
    """Two columns of these widths in centimetres, without borders."""
    table = page.add_table(0, 2)
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Cm(left), Cm(right)
    return table


def _fill(first: Paragraph, text: str) -> None:
    """The lines of `text` as paragraphs of one cell, the first in bold; tasks after an arrow that is typed."""
    for i, row in enumerate(text.split("\n")):
        line = first if i == 0 else first._parent.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(row if i < 2 else f"➢ {row}").bold = i == 0


def _square(page: Document, text: str) -> None:
    line = page.add_paragraph()
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings")
    symbol.set(qn("w:char"), WINGDINGS_SQUARE)
    line.add_run()._r.append(symbol)
    line.add_run(" " + text)


def _box(lines: Sequence[str]) -> object:
    """A text box as Word saves it: the shape of today, and for older readers the same words again."""
    words = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    size = '<wp:extent cx="1900000" cy="6000000"/><wp:docPr id="7" name="Zone de texte 7"/>'
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    spaces = nsdecls("w", "wp", "a") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f' xmlns:wps="{uri}" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>{size}<a:graphic>'
        f'<a:graphicData uri="{uri}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="1900000" cy="6000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:150pt;height:470pt"><v:textbox>'
        f"<w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


WORD: dict[str, Callable[[], Document]] = {
    "routier.pdf": routier,
    "comptable-europass.pdf": comptable,
    "ouvrier-agricole.pdf": ouvrier,
    "conseiller-de-vente.docx": vendeur,
    "magasinier.docx": magasinier,
}


def _photo(path: Path) -> None:
    """A face as plain as can be, 120 pixels square."""
    picture = Image.new("RGB", (120, 120), "#b8c4cc")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((38, 20, 82, 70), fill="#e0b89a")
    pen.ellipse((18, 74, 102, 150), fill="#44607a")
    picture.save(path)


def _printed(page: Path, into: Path) -> None:
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={into}")
    subprocess.run(("chromium", *options, page.as_uri()), check=True, capture_output=True, timeout=120)


def _office(source: Path, kind: str) -> None:
    command = ("soffice", "--headless", "--convert-to", kind, "--outdir", str(FILES), str(source))
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def make(file: str, room: Path) -> None:
    name, source = Path(file), SOURCES / Path(file).with_suffix(".html").name
    if file in WORD:
        word = room / name.with_suffix(".docx").name
        WORD[file]().save(str(word))
        _office(word, "pdf") if name.suffix == ".pdf" else shutil.copy(word, FILES / file)
    elif source.exists():
        _printed(Path(shutil.copy(source, room)), FILES / file)
    elif name.suffix == ".odt":
        _office(source.with_suffix(".fodt"), "odt")
    else:
        shutil.copy(SOURCES / file, FILES / file)


def main() -> None:
    kinds = {".html": ".pdf", ".fodt": ".odt", ".txt": ".txt"}
    sources = sorted(p for p in SOURCES.iterdir() if p.suffix in kinds)
    files = [*WORD, *(p.with_suffix(kinds[p.suffix]).name for p in sources)]
    with tempfile.TemporaryDirectory() as room:
        _photo(Path(room) / "photo.png")
        for file in sys.argv[1:] or files:
            make(file, Path(room))


if __name__ == "__main__":
    main()
