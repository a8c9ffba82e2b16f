"""HTML as a browser shows it; XML with the line numbers on disk, its leaves, and nothing expanded."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Element, squeeze
from corpus.errors import UnreadableFile
from corpus.reading import html, read, read_bytes, xml

PAGE = """<!DOCTYPE html><html><head><title>Titre</title><style>p{}</style><script>var a = "x";</script></head>
<body><h1>Bloc <b>1</b></h1><p>Un texte
sur deux&nbsp;lignes<br>puis une autre</p>texte nu<div><ul><li>un</li><li>deux <em>mots</em></li></ul></div>
<table><tr><th>Année</th><th>Taux</th></tr><tr><td>2020</td><td>85&#8239;%</td></tr></table>
<pre>ligne a
ligne b</pre><p style="display: none">caché</p><p hidden>caché</p><!-- rien --><noscript>rien</noscript>
fin</body></html>"""


def test_html_is_read_block_by_block():
    document = read_bytes("page.html", PAGE.encode())
    assert document.lines == (
        "Bloc 1", "Un texte sur deux lignes", "puis une autre", "texte nu", "un", "deux mots", "Année", "Taux", "2020",
        "85 %", "ligne a", "ligne b", "fin",
    )  # fmt: skip
    assert (document.medium, document.hidden) == ("html", 10)


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [("", "utf-8"), ("", "cp1252"), ('<meta charset="iso-8859-1">', "latin-1"), ("<meta charset=utf-8>", "utf-8")],
)
def test_html_in_usual_encodings(meta, encoding):
    page = f"<html>{meta}<p>Évaluée à l'été</html>".encode(encoding)
    assert read_bytes("p.html", page).lines == ("Évaluée à l'été",)


def test_html_that_declares_another_encoding_than_its_own_is_read_by_its_bytes():
    page = '<html><meta charset="iso-8859-1"><p>Évaluée à l\'été</html>'.encode()
    assert html.read(page).lines == ("Évaluée à l'été",)


def test_broken_and_deep_html_is_read():
    assert html.read(b"<html><p>un<p>deux</b><td>trois").lines == ("un", "deux", "trois")
    deep = b"<html>" + b"<div>" * 1500 + b"au fond" + b"</p></td>" * 10
    assert read_bytes("p.html", deep).lines == ("au fond",)


def test_html_too_deep_to_be_read_says_so():
    with pytest.raises(UnreadableFile, match="an HTML page damaged or incomplete"):
        read_bytes("p.html", b"<html>vu" + b"<div>" * 50_000 + b"au fond")


def test_html_with_external_things_reads_none():
    page = b'<html><body><iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>vu</html>'
    assert html.read(page).lines == ("vu",)


def test_xml_keeps_the_line_numbers_of_the_file():
    head = '<?xml version="1.0"?>\n<A>\n  <B>un</B><B>deux &amp; &#8364;</B>\n'
    source = f"{head}  <C>\n    trois\n    quatre\n  </C>\n  <D/>\n</A>"
    extract = xml.read(source.encode())
    assert extract.lines == ("", "", "un  deux & €", "", "trois", "quatre", "", "", "")
    assert extract.elements == (
        Element(("A", "B"), "un", 3, 3), Element(("A", "B"), "deux & €", 3, 3),
        Element(("A", "C"), "trois\n    quatre", 5, 6), Element(("A", "D"), "", 8, 8),
    )  # fmt: skip


words = st.text("ab é&<>\n\r\t", max_size=12)


@given(st.lists(words, min_size=1, max_size=8), st.sampled_from(["", "\n", "\n\n  "]))
@settings(max_examples=200, deadline=None)
def test_every_leaf_stands_in_its_lines(texts, between):
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;") for t in texts]
    source = "<A>" + between.join(f"<B>{t}</B>" for t in escaped) + "</A>"
    extract = xml.read(source.encode())
    assert len(extract.elements) == len(texts)
    assert len(extract.lines) == len(re.split(r"\r\n|\r|\n", source))
    for element, text in zip(extract.elements, texts, strict=True):
        assert squeeze(element.text) == squeeze(text)
        assert squeeze(element.text) in squeeze("".join(extract.lines[element.first - 1 : element.last]))


def test_genuine_exports_keep_their_leaves(shared):
    for name, blocks, leaves in (("RNCP", 53 + 103, 6556), ("RS", None, 2633)):
        path = shared / f"data/rncp_xml_v41/export_fiches_{name}_fixture.xml"
        document = read(path)
        assert len(document.lines) == len(path.read_text("utf-8").split("\n"))
        assert len(document.elements) == leaves
        assert all(squeeze(e.text) in squeeze("".join(document.lines[e.first - 1 : e.last])) for e in document.elements)
        if blocks:
            codes = [e for e in document.elements if e.path[-2:] == ("BLOC_COMPETENCES", "CODE")]
            assert len(codes) == blocks


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
SUBSET = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>un</a>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, SUBSET, LAUGHS.decode().encode("utf-16")])
def test_entities_are_never_expanded(data):
    with pytest.raises(UnreadableFile, match="DTD or entity declarations, refused for safety") as caught:
        read_bytes("fiche.xml", data)
    assert "refusées par sécurité" in caught.value.hint


def test_malformed_xml_says_where():
    with pytest.raises(UnreadableFile, match="malformed XML at line 3") as caught:
        read_bytes("fiche.xml", b"<A>\n<B>un secret</B>\n<C></A>")
    assert "secret" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
def test_xml_in_its_declared_encoding(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?>\n<A>Évaluée</A>'.encode(encoding)
    assert read_bytes("a.xml", data).lines == ("", "Évaluée")
