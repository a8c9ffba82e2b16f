"""Statements lose nothing, drafts keep within their budget, and no quote that does not stand is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Status
from assistant.answering.draft import Cited, Draft, Line, clause, trimmed
from assistant.answering.write import _without_lone_guillemets, write
from assistant.statements import sentences, statements
from corpus.document import Document, Quote, squeeze
from corpus.referential import Block, Competence, Facet, Fact, Part, Referential, Section

LINES = (
    "Titre : Opérateur de serre",
    "Niveau 4",
    "Bloc 1 : Conduire une culture sous serre",
    "Régler la ventilation et l'arrosage, en suivant les relevés, afin de garder la serre à bonne température.",
    "Repérer les maladies.",
    "Le jury compte trois membres.",
    "2021 12",
)
DOCUMENT = Document("serre.txt", LINES, "0" * 64)
REFERENTIAL = Referential(
    source="serre.txt",
    layout="plain",
    title="Opérateur de serre",
    level=4,
    until=date(2020, 1, 31),
    replaced_by=("RNCP40000",),
    blocks=(
        Block(
            1,
            "Conduire une culture sous serre",
            Part((Quote("Conduire une culture sous serre", 3, 3),)),
            competences=(
                Competence((DOCUMENT.quote(4, 4),), number="1.1"),
                Competence((DOCUMENT.quote(5, 5),), number="1.2"),
            ),
        ),
    ),
    sections=(Section(Facet.JURY, "Jury", (Part((DOCUMENT.quote(6, 6),)),)),),
    facts=(
        Fact(Facet.LEVEL, "Niveau", "4", DOCUMENT.quote(2, 2)),
        Fact(Facet.STATISTICS, "2021 · Certifiés", "12", DOCUMENT.quote(7, 7)),
    ),
)
words = st.text(alphabet="abcdé ,.;:' ", min_size=1, max_size=60)


def written(*lines: Line, status: Status = Status.ANSWERED):
    return write(Draft(status, lines, about=(REFERENTIAL,)), lambda name: DOCUMENT, "fr", date(2026, 1, 1))


def cited(first: int, last: int, text: str = "") -> Cited:
    whole = DOCUMENT.quote(first, last)
    return Cited(REFERENTIAL, 1, Quote(text or whole.text, first, last))


def test_every_part_and_fact_becomes_a_statement():
    found = {(s.block, s.facet, s.text) for s in statements(REFERENTIAL)}
    assert (1, Facet.COMPETENCES, LINES[4]) in found
    assert (None, Facet.JURY, LINES[5]) in found
    assert (None, Facet.LEVEL, "Niveau 4") in found
    assert len(found) == 6


@given(st.lists(words, min_size=1, max_size=4))
def test_cutting_into_sentences_loses_no_character(texts):
    quotes = tuple(Quote(" ".join(t.split()), i + 1, i + 1) for i, t in enumerate(texts))
    pieces = [q for piece in sentences(quotes) for q in piece]
    assert squeeze("".join(q.text for q in pieces)) == squeeze("".join(q.text for q in quotes))


@given(words, st.integers(min_value=1, max_value=80))
def test_a_clause_is_the_quote_s_own_beginning(text, limit):
    quote = Quote(" ".join(text.split()), 1, 1)
    cut = clause(quote, limit)
    assert quote.text.startswith(cut.text)
    assert len(cut.text) <= max(limit, 0) or cut == quote
    assert cut == quote or len(quote.text) > limit


@given(st.lists(st.integers(min_value=20, max_value=900), min_size=1, max_size=9))
def test_trimmed_lines_fit_the_budget_and_short_ones_stay_whole(lengths):
    lines = [Line("", (Cited(REFERENTIAL, 1, Quote("mot " * (n // 4), i, i)),)) for i, n in enumerate(lengths)]
    kept = trimmed(lines, budget=600)
    assert len(kept) == len(lines)
    assert sum(len(line.cited[0].quote.text) for line in kept) <= max(600, 40 * len(lines))
    shortest = min(lines, key=lambda line: len(line.cited[0].quote.text))
    if len(shortest.cited[0].quote.text) <= 600 // len(lines):
        assert shortest in kept


def test_a_line_whose_quote_does_not_stand_is_dropped():
    answer = written(Line("", (cited(4, 4, "Régler la température à la main"),)), Line("", (cited(5, 5),)))
    assert answer.text == "- « Repérer les maladies. » [1]"
    assert [c.quote.first for c in answer.citations] == [5]


def test_a_quote_is_cited_at_its_own_lines_only():
    answer = written(Line("", (cited(1, 7, "Repérer les maladies."),)))
    assert (answer.citations[0].quote.first, answer.citations[0].quote.last) == (5, 5)


def test_a_quote_of_a_few_letters_is_cited_with_the_line_above():
    answer = written(Line("", (cited(7, 7, "12"),)))
    assert answer.citations[0].quote.text == "Le jury compte trois membres. 2021 12"


def test_the_same_quote_has_one_number():
    answer = written(Line("Deux fois :", (cited(5, 5),)), Line("", (cited(5, 5),)))
    assert answer.text.count("[1]") == 2
    assert len(answer.citations) == 1


def test_titles_stand_as_whole_words_in_what_is_said():
    shelves = (Block(n, title, Part(())) for n, title in enumerate(("Art", "Production", "Chant (C++)"), 1))
    held = Referential(source="serre.txt", layout="plain", title="Serre", blocks=tuple(shelves))
    lines = (Line("Article 3, reproductions."), Line("Chant (C++): 2 blocks."), Line("Then Production."))
    answer = write(Draft(Status.ANSWERED, lines, about=(held,)), lambda name: DOCUMENT, "en", date(2026, 1, 1))
    assert answer.titles == ("Serre", "Production", "Chant (C++)")


def test_an_expired_and_replaced_certification_says_so():
    answer = written(Line("", (cited(5, 5),)))
    assert "échu depuis le 31/01/2020" in answer.certifications[0]
    assert "remplacée par RNCP40000" in answer.certifications[0]


@pytest.mark.parametrize(("first", "last"), [(0, 1), (8, 8), (5, 4)])
def test_lines_outside_the_source_hold_nothing(first, last):
    assert not DOCUMENT.holds(Quote("Repérer les maladies.", first, last))


def test_a_line_is_said_once():
    line = Line("", (cited(6, 6),))
    assert len(written(line, line).text.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [("« Les serres", "Les serres"), ("Les serres »", "Les serres"), ("« A » et B", "« A » et B"), ("«", "«")],
)
def test_a_guillemet_without_its_other_half_falls(text, shown):
    assert _without_lone_guillemets(Quote(text, 1, 1)).text == shown
