"""An export is read fiche by fiche; what is broken or hostile in it is named, and what came before stands."""

import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TooLarge, UnreadableFile
from corpus.layouts import export
from corpus.reading import fiche_child, read
from corpus.reading.fiche_cuts import Cuts
from corpus.reading.fiches import LIMITS, WHOLE, Fiche, fiches, is_export
from corpus.reading.refusals import Refused

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n'


def fiche(code: str, title: str = "Luthier", more: str = "") -> str:
    return f"<FICHE>\n<NUMERO_FICHE>{code}</NUMERO_FICHE>\n<INTITULE>{title} &amp; facteur</INTITULE>\n{more}</FICHE>\n"


@pytest.fixture
def written(tmp_path):
    def write(*found: str, end: str = "</FICHES>"):
        path = tmp_path / "export.xml"
        path.write_text(HEAD + "".join(found) + end, encoding="utf-8")
        return path

    return write


def test_each_fiche_is_a_source_with_lines_of_its_own(written):
    one, two = fiches(written(fiche("RNCP1"), fiche("RS2", "Archetier")))
    assert (one.name, two.name) == ("RNCP1.xml", "RS2.xml")
    assert two.document().lines == ("", "RS2", "Archetier & facteur", "")
    (referential,) = export.parse(two.document())
    assert (referential.source, referential.code, referential.title) == ("RS2.xml", "RS2", "Archetier & facteur")
    assert 0 < one.at <= one.total == two.total


def test_a_digest_tells_a_change_whatever_stands_around_it(written):
    before = list(fiches(written(fiche("RNCP1"), fiche("RNCP2"))))
    after = list(fiches(written(fiche("RNCP3"), fiche("RNCP2"), fiche("RNCP1", "Autre"))))
    digests = {f.name: f.digest for f in before}
    assert [digests.get(f.name) == f.digest for f in after] == [False, True, False]


def test_a_fiche_says_the_same_alone_as_in_the_whole_export(shared):
    path = shared / "data/rncp_xml_v41/export_fiches_RNCP_fixture.xml"
    whole = {r.code: r for r in export.parse(read(path))}
    for found in fiches(path):
        (alone,) = export.parse(found.document())
        together = whole.pop(alone.code)
        assert [b.title for b in alone.blocks] == [b.title for b in together.blocks]
        assert [[p.text for p in s.parts] for s in alone.sections] == [
            [p.text for p in s.parts] for s in together.sections
        ]
        assert [f.value for f in alone.facts] == [f.value for f in together.facts]
        assert all(found.document().holds(f.quote) for f in alone.facts)
    assert not whole


def test_a_zip_is_read_member_by_member(written, tmp_path):
    path = tmp_path / "export.ZIP"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(written(fiche("RNCP1")), "a.xml")
        archive.writestr("notes.txt", "rien")
        archive.write(written(fiche("RS2")), "b.xml")
    assert is_export(path)
    assert [f.name for f in fiches(path)] == ["RNCP1.xml", "RS2.xml"]


def test_only_large_files_of_fiches_are_streamed(written, tmp_path):
    assert not is_export(written(fiche("RNCP1")))
    assert is_export(written(fiche("RNCP1", more=" " * WHOLE)))
    assert not is_export(tmp_path / "absent.xml")


def test_a_fiche_without_number_or_too_large_is_refused_and_the_next_is_read(written):
    huge = f"<OBJECTIFS_CONTEXTE>{'mot ' * (fiche_child.LONGEST // 4)}</OBJECTIFS_CONTEXTE>"
    deep = "<A>" * 60 + "</A>" * 60
    path = written(fiche("sans"), fiche("RNCP1", more=huge), fiche("RNCP2", more=deep), fiche("RNCP3"))
    unnumbered, large, nested, good = fiches(path)
    assert isinstance(unnumbered, UnreadableFile)
    assert "l. 7" in unnumbered.hint
    assert "sans numéro" in unnumbered.hint
    assert isinstance(large, TooLarge)
    assert isinstance(nested, TooLarge)
    assert isinstance(good, Fiche)
    assert good.name == "RNCP3.xml"


@pytest.mark.parametrize(
    ("found", "end", "told"),
    [
        ((fiche("RNCP1"),), "<FICHE><NUMERO_FICHE>RNC", "mal formé à la ligne"),
        ((fiche("RNCP1"),), "<FICHE></FICHES>", "mal formé à la ligne 8"),
        ((), "</FICHES>", "aucune fiche"),
    ],
)
def test_what_came_before_a_break_stands(written, found, end, told):
    seen = []
    with pytest.raises(UnreadableFile) as caught:
        seen += fiches(written(*found, end=end))  # a list takes nothing of an iterator that fails
    assert told in caught.value.hint
    before = fiches(written(*found, end=end))
    assert [next(before).name for _ in found] == ["RNCP1.xml" for _ in found]
    before.close()


def test_declarations_are_refused(tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE FICHES [<!ENTITY a "aaaa">]><FICHES><FICHE>&a;</FICHE></FICHES>')
    with pytest.raises(UnreadableFile, match="DTD"):
        list(fiches(path))


def test_a_broken_zip_and_a_wide_line_are_refused(written, tmp_path):
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 500)
    with pytest.raises(UnreadableFile, match="damaged"):
        list(fiches(path))
    with pytest.raises(UnreadableFile):
        list(fiches(written(fiche("RNCP1")), replace(LIMITS, output=40)))
    with pytest.raises(TooLarge):
        list(fiches(written(fiche("RNCP1")), replace(LIMITS, size=40)))


def test_memory_does_not_grow_with_the_file(written):
    path = written(*(fiche(f"RNCP{n}", more="<A>texte</A>\n" * 2000) for n in range(600)))
    small = replace(LIMITS, memory=120_000_000)
    assert path.stat().st_size > 15_000_000
    assert sum(1 for _ in fiches(path, small)) == 600


def known_of(found):
    return {f.mark: (f.name, f.digest) for f in found}


@pytest.mark.parametrize("kind", ["xml", "zip"])
def test_what_was_read_before_is_told_by_its_bytes_alone(written, tmp_path, kind):
    def exported(*found):
        path = written(*found)
        if kind == "xml":
            return path
        with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, "export.xml")
        return tmp_path / "export.zip"

    monday = list(fiches(exported(fiche("RNCP1"), fiche("RNCP2"), fiche("RS3"))))
    assert len({f.mark for f in monday}) == 3
    path = exported(fiche("RNCP4"), fiche("RS3"), fiche("RNCP1", "Archetier"), fiche("RNCP2"))
    whole, tuesday = list(fiches(path)), list(fiches(path, known=known_of(monday)))
    assert [replace(f, body=b"", at=0) for f in tuesday] == [replace(f, body=b"", at=0) for f in whole]
    assert [f.name for f in tuesday if f.body] == ["RNCP4.xml", "RNCP1.xml"]
    assert [f.document() for f in tuesday if f.body] == [f.document() for f in whole if f.name[-5] in "14"]


@pytest.mark.parametrize(
    "end", ["</FICHES>" + fiche("RNCP1"), "", "<FICHE></FICHES>", "<A></FICHES>", f"<!-- {fiche('RNCP1')}</FICHES>"]
)
def test_a_fault_between_fiches_that_are_known_is_found_in_its_line(written, end):
    known = known_of(fiches(written(fiche("RNCP1"), fiche("RNCP2"))))
    path = written(fiche("RNCP1"), fiche("RNCP2"), end=end)
    hints = set()
    for told in ({}, known):
        found = fiches(path, known=told)
        assert [next(found).name, next(found).name] == ["RNCP1.xml", "RNCP2.xml"]
        with pytest.raises(UnreadableFile, match="malformed") as caught:
            next(found)
        hints.add(caught.value.hint)
    assert len(hints) == 1


def test_the_same_bytes_in_another_encoding_are_another_fiche(tmp_path):
    def exported(encoding):
        path = tmp_path / "export.xml"
        path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?><FICHES>{fiche("RNCP1", "Été")}'.encode())
        path.write_bytes(path.read_bytes() + b"</FICHES>")
        return path

    (utf,) = fiches(exported("utf-8"))
    (latin,) = fiches(exported("iso-8859-1"), known=known_of([utf]))
    assert latin.document().lines[2] == "Ã\x89tÃ© & facteur"
    assert utf.mark != latin.mark


def test_another_reader_reads_all_again(monkeypatch):
    text = (HEAD + fiche("RNCP1") + "</FICHES>").encode()
    known = {mark for _, mark, _ in found_in(text)[0]}
    assert [code for code, *_ in found_in(text, known)[0]] == ["="]
    monkeypatch.setattr(fiche_child, "READERS", fiche_child.READERS[1:])
    assert [code for code, *_ in found_in(text, known)[0]] == ["RNCP1"]


def found_in(text, known=frozenset(), size=1 << 18):
    """The lines of an export's fiches, and the fault that ends them, where there is one."""
    going, lines = fiche_child.Fiches(known), []
    try:
        for first in range(0, len(text), size):
            lines += going.feed(text[first : first + size])
        lines += going.feed(b"", final=True)
    except Refused as refusal:
        return lines, (refusal.reason, refusal.facts)
    return lines, None


ONE, TWO = fiche("RNCP1"), fiche("RS2", "Étuviste", "<A>\r\n<![CDATA[<FICHE>]]></A>")
PIECES = (
    *(
        ONE,
        TWO,
        ONE,
        TWO,
        "\n",
        "é",
        "<A/>",
        "<A>",
        "</A>",
        "<FICHE/>",
        "<FICHE>",
        "</FICHE>",
        "</FICHE >",
        "</FICHES>",
    ),
    *(
        "<!-- ",
        " -->",
        "<![CDATA[",
        "]]>",
        "<?a ",
        "?>",
        "<FICHE a='",
        "'>",
        "<FICHE\n>",
        "<NUMERO_FICHE>RNCP3</NUMERO_FICHE>",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([1, 7, 50, 1000]))
def test_whatever_an_export_looks_like_what_is_known_changes_nothing_but_the_work(parts, size):
    text = f"<FICHES>{''.join(parts)}</FICHES>".encode()
    whole, fault = found_in(text, size=size)
    values = {mark: (code, mark, value) for code, mark, value in found_in(f"<FICHES>{ONE}{TWO}</FICHES>".encode())[0]}
    less, said = found_in(text, values.keys(), size)
    assert [values.get(mark, (code, mark, value)) for code, mark, value in less] == whole
    assert said == fault


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.integers(1, 300))
def test_cuts_lose_nothing(parts, size):
    text, cuts = "".join(parts).encode(), Cuts()
    found = [p for first in range(0, len(text), size) for p in cuts.feed(text[first : first + size])]
    found += cuts.feed(b"", final=True)
    assert b"".join(piece for piece, _ in found) == text
    assert all(piece.startswith(b"<FICHE") and piece.endswith(b"</FICHE>") for piece, whole in found if whole)
