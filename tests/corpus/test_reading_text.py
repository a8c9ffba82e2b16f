"""Plain text: lines as on disk, pages by form feeds, encodings recognised or refused with the reason."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Page
from corpus.errors import UnreadableFile
from corpus.reading import read, read_bytes
from corpus.reading.kinds import kind
from corpus.reading.text import decode, pages

FRENCH = "Élaborer l’état des coûts, où qu’il soit : 42 €\nDéjà vu à Noël — çà et là\n"


def test_genuine_documents_keep_their_lines(shared):
    paths = sorted((shared / "corpus").glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        document = read(path)
        assert document.lines == tuple(path.read_text("utf-8").split("\n"))
        assert document.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (document.name, document.medium, document.hidden) == (path.name, "text", 0)


def test_a_genuine_corrupted_file_says_what_is_lost(shared):
    with pytest.raises(UnreadableFile, match=r"corrupted encoding: \d{5} accented letters were replaced") as caught:
        read(shared / "data/rncp_2021/rncp_info_corrupted_encoding.csv")
    assert "rncp_info_corrupted_encoding.csv" in caught.value.hint
    assert "enregistrez-le en UTF-8" in caught.value.hint
    assert "Brevet" not in caught.value.hint + caught.value.hint_en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings_are_read(encoding):
    assert read_bytes("a.txt", FRENCH.encode(encoding)).lines == tuple(FRENCH.split("\n"))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_those_of_any_system(end):
    assert read_bytes("a.txt", end.join(["un", "deux", ""]).encode()).lines == ("un", "deux", "")


def test_letters_encoded_twice_are_refused():
    with pytest.raises(UnreadableFile, match="encoded twice"):
        read_bytes("a.txt", (FRENCH * 3).encode().decode("cp1252", "replace").encode())


def test_replaced_letters_are_refused_but_a_stray_sign_is_not():
    with pytest.raises(UnreadableFile, match="2 accented letters were replaced"):
        read_bytes("a.txt", "Le m�tier, publi� hier".encode())
    assert read_bytes("a.txt", "� Gestion\n� Paie".encode()).lines == ("� Gestion", "� Paie")


def test_an_encoding_of_elsewhere_is_refused():
    with pytest.raises(UnreadableFile, match="neither UTF-8 nor Windows-1252") as caught:
        read_bytes("a.txt", "Резюме и опыт работы".encode("cp1251"))
    assert "Enregistrez le fichier en UTF-8" in caught.value.hint


def test_form_feeds_begin_pages():
    document = read_bytes("a.txt", b"un\ndeux\n\ftrois\nquatre\n\fcinq")
    assert document.pages == (Page(1, 1, 2), Page(2, 3, 4), Page(3, 5, 5))
    assert document.lines[2] == "\ftrois"
    assert document.page_of(4) == 2


@given(st.lists(st.text("ab\f", max_size=4), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_pages_cover_every_line_once(lines):
    found = pages(lines)
    if any("\f" in line for line in lines[1:-1]):
        assert found
    covered = [n for page in found for n in range(page.first, page.last + 1)]
    assert covered == (list(range(1, len(lines) + 1)) if found else [])
    assert [page.number for page in found] == list(range(1, len(found) + 1))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
@settings(max_examples=150, deadline=None)
def test_good_text_comes_out_unchanged(text):
    mojibake = any(sign in text for sign in "�ÃÂâÅ\ufeff")
    assert mojibake or decode(text.encode()) == text


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\0\0\0", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_said(data):
    with pytest.raises(UnreadableFile, match=r"'vide\.txt': empty: it holds no text") as caught:
        read_bytes("vide.txt", data)
    assert caught.value.hint.startswith("« vide.txt » : fichier vide")


@pytest.mark.parametrize(
    ("data", "english"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office format"),
        (b"{\\rtf1\\ansi Bonjour}", "an RTF document"),
        (b"\x7fELF" + b"\0" * 60, "a program"),
        (b"\x1f\x8b\x08" + b"\0" * 60, "a compressed archive"),
        (b"bonjour\0\0\1\2\3" * 20, "a binary file of an unknown format"),
        (b"\1\2\3\4\5bonjour" * 20, "a binary file of an unknown format"),
    ],
)
def test_foreign_files_are_named_for_what_they_seem(data, english):
    with pytest.raises(UnreadableFile, match=english):
        read_bytes("cv.txt", data)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("cv.pdf", b"Jeanne Exemple\n", "text"),
        ("cv.txt", b"%PDF-1.4\n", "pdf"),
        ("cv.doc", b"<!DOCTYPE html><p>Bonjour", "html"),
        ("page.html", b"<div>Bonjour</div>", "html"),
        ("export.txt", b'<?xml version="1.0"?><FICHES/>', "xml"),
        ("page.xml", b'<?xml version="1.0"?><html xmlns="x"><body/></html>', "html"),
        ("fiche.xml", b'<?xml version="1.0"?>\n<!-- note --><FICHE><head/><body/><p/></FICHE>', "xml"),
        ("a.txt", b"<!-- note -->\n<p>Bonjour</p>", "html"),
        ("notes.txt", b"< 5 ans", "text"),
        ("notes.md", b"# Titre\n<br> fin", "text"),
    ],
)
def test_formats_are_told_by_content(name, data, expected):
    assert kind(name, data) == expected


def test_a_wrong_extension_is_read_by_its_content():
    document = read_bytes("cv.pdf", b"Jeanne Exemple\nTechnicienne")
    assert (document.medium, document.lines) == ("text", ("Jeanne Exemple", "Technicienne"))
