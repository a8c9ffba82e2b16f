"""Notices: ours to ship, in our own words, and read as they stand."""

import re
from datetime import date

import pytest
from layout_documents import false_quotes

from corpus.layouts import recognise
from corpus.notices import folder
from corpus.reading import read
from corpus.referential import Facet

LONGEST_RUN = 110  # characters in common that would be a copy and no chance
NOTICES = sorted(folder().glob("*.txt"))


@pytest.fixture(scope="module")
def notices():
    found = {}
    for path in NOTICES:
        document = read(path)
        (referential,) = recognise(document)
        assert not false_quotes(document, referential), path.name
        found[path.stem] = referential
    return found


def test_there_is_one_for_each_certification(notices):
    assert len(notices) == 5
    assert {r.layout for r in notices.values()} == {"notice"}
    blocks = {stem: [b.number for b in r.blocks] for stem, r in notices.items()}
    assert sorted(len(numbers) for numbers in blocks.values()) == [4, 5, 5, 5, 6]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in blocks.values())


def test_each_block_has_competences_and_an_assessment(notices):
    for stem, referential in notices.items():
        for block in referential.blocks:
            assert 1 <= len(block.competences) <= 5, (stem, block.number)
            assert len(block.assessments) == 1, (stem, block.number)
            assert block.code == (f"{referential.code}BC0{block.number}" if referential.code else None)


def test_what_a_notice_tells(notices):
    told = notices["rncp26228"]
    assert (told.code, told.level, told.until, told.vae) == ("RNCP26228", 6, date(2020, 1, 4), True)
    assert told.expired(date(2024, 1, 1))
    assert [c.code for c in told.rome] == ["M1801", "M1805"]
    assert (told.replaces, told.replaced_by) == (("RNCP13676",), ("RNCP34568",))
    assert not notices["rncp38822"].expired(date(2024, 1, 1))
    assert [len(b.competences) for b in notices["rncp38822"].blocks] == [5, 4, 4, 4]


def test_each_links_to_the_official_text_and_says_whether_it_is_in_force(notices):
    for referential in notices.values():
        (link,) = referential.facts_of(Facet.LINKS)
        assert link.value.startswith("https://www.francecompetences.fr/")
        assert referential.code is None or referential.code.removeprefix("RNCP") in link.value
        assert any(f.label == "Validité" for f in referential.facts_of(Facet.VALIDITY))


def test_block_titles_are_the_official_ones(notices, shared):
    def bare(text):
        return re.sub(r"\W+", "", text).casefold()

    official = {r.code: r for path in (shared / "corpus").glob("*.txt") for r in recognise(read(path)) if r.code}
    for referential in notices.values():
        if referential.code:
            source = official[referential.code]
            assert [bare(b.title) for b in referential.blocks] == [bare(b.title) for b in source.blocks]
            assert (referential.level, referential.until) == (source.level, source.until)


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: p.stem)
def test_nothing_is_copied(path, shared):
    def letters(text):
        return " ".join(re.findall(r"\w+", text.casefold()))

    sources = [letters(p.read_text(encoding="utf-8")) for p in (shared / "corpus").glob("*.txt")]
    ours = letters(path.read_text(encoding="utf-8"))
    runs = (ours[i : i + LONGEST_RUN] for i in range(len(ours) - LONGEST_RUN + 1))
    assert not [run for run in runs if any(run in source for source in sources)]
