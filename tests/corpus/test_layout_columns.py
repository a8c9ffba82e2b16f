"""Referentials printed as tables of four columns: the two genuine ones, and invented ones of other trades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_documents import all_quotes, false_quotes, text_document
from printed_table import House, PrintedBlock, Row, invented, printed

from corpus.document import Document, squeeze
from corpus.layouts.columns import Understood, marks, parse, understand
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.referential import Competence, Facet, Referential

ACCOUNTING, CARE, GARDENING = (invented(name) for name in ("accounting", "care", "gardening"))
SHOP, WAREHOUSE, COOKING = (invented(name) for name in ("shop", "warehouse", "cooking"))
TABLES = [(block.activities, block.rows) for block in ACCOUNTING]
HEADER = (
    "REFERENTIEL D’ACTIVITES ",
    "décrit les situations de travail et les ",
    "métiers visés ",
    "REFERENTIEL DE COMPETENCES ",
    "identifie les compétences ",
    "REFERENTIEL D’EVALUATION ",
    "définit les critères et les modalités ",
    "MODALITÉS D’ÉVALUATION CRITÈRES D’ÉVALUATION ",
)
ONE_LINE = ("ACTIVITES COMPETENCES MODALITES D'EVALUATION CRITERES D'EVALUATION ",)
FOOT = ("", "", "Organisme inventé – dossier de démonstration – page 3 ", "")
WIDTHS = ((34, 46, 33, 35), (30, 40, 30, 30), (25, 60, 45, 45))


def genuine(shared: Path, start: str) -> Document:
    path = next((shared / "corpus").glob(f"{start}_*.txt"))
    return text_document(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture(scope="module")
def numbered(shared: Path) -> tuple[Document, Understood]:
    document = genuine(shared, "001")
    return document, understand(document)


@pytest.fixture(scope="module")
def blocs(shared: Path) -> tuple[Document, Understood]:
    document = genuine(shared, "004")
    return document, understand(document)


def sizes(competences: tuple[Competence, ...]) -> list[tuple[int, int, int]]:
    return [(len(c.details), len(c.assessments), len(c.criteria)) for c in competences]


def letters(texts: Iterator[str] | list[str]) -> str:
    return "".join(ch for text in texts for ch in text if ch.isalpha())


def quotes(referential: Referential) -> list:
    return [*all_quotes(referential)]


def assert_every_line_is_in_one_place(document: Document, understood: Understood) -> None:
    places = Counter()
    parts = [q for s in understood.referential.sections for p in s.parts for q in p.quotes]
    for block in understood.referential.blocks:
        groups = [block.heading, *block.activities, *block.assessments, *block.criteria]
        for c in block.competences:
            groups += [c, *c.details, *c.assessments, *c.criteria]
        parts += [q for group in groups for q in group.quotes]
    for quote in parts:
        places.update(range(quote.first, quote.last + 1))
    for number, text in enumerate(document.lines, 1):
        if text.strip():
            assert places[number] == 1 or number in understood.skipped, (number, places[number], text)
    content = [t for n, t in enumerate(document.lines, 1) if n not in understood.skipped]
    kept = [q.text for q in parts if not set(range(q.first, q.last + 1)) & understood.skipped]
    assert sorted(letters(kept)) == sorted(letters(content))


class TestNumberedHouse:
    def test_six_activities_with_their_numbers_and_competences(self, numbered):
        _, understood = numbered
        found = {b.number: [c.number for c in b.competences] for b in understood.referential.blocks}
        assert found == {
            block: [f"{block}.{n}" for n in range(1, last + 1)]
            for block, last in ((1, 4), (2, 5), (3, 2), (4, 4), (5, 4), (6, 4))
        }

    def test_a_misprinted_number_is_corrected_and_the_quote_keeps_it(self, numbered):
        _, understood = numbered
        last = understood.referential.blocks[5].competences[3]
        assert last.number == "6.4"
        assert last.text.startswith("5.4.")

    def test_details_assessments_and_criteria(self, numbered):
        _, understood = numbered
        assert [sizes(b.competences) for b in understood.referential.blocks] == [
            [(5, 2, 8), (3, 2, 4), (2, 2, 3), (3, 2, 2)],
            [(3, 2, 3), (2, 1, 1), (3, 2, 2), (3, 2, 4), (3, 1, 4)],
            [(5, 2, 6), (3, 2, 4)],
            [(4, 2, 4), (4, 2, 1), (1, 2, 2), (3, 1, 4)],
            [(4, 5, 4), (8, 0, 8), (1, 1, 2), (4, 3, 4)],
            [(10, 2, 3), (3, 2, 2), (6, 2, 3), (4, 2, 4)],
        ]
        assert [len(b.activities) for b in understood.referential.blocks] == [3, 1, 2, 3, 9, 1]

    def test_conduct_is_transversal_and_technique_is_not(self, numbered):
        _, understood = numbered
        transversal = [c.number for b in understood.referential.blocks for c in b.competences if c.transversal]
        assert transversal == ["1.4", "2.5", "3.2", "4.4", "5.4", "6.4"]

    def test_the_law_is_told_and_the_summary_does_not_double_the_competences(self, numbered):
        _, understood = numbered
        laws = {f.label: f.value for f in understood.referential.facts_of(Facet.LEGAL)}
        assert laws == {"loi": "n°2018-771 du 5 septembre 2018", "article": "L6113-1"}
        assert [s.facet for s in understood.referential.sections] == [Facet.LEGAL, Facet.BLOCKS]
        assert len(understood.referential.sections[1].parts) == 6

    def test_it_is_named_as_its_sentences_name_it(self, numbered):
        _, understood = numbered
        assert understood.referential.title == "Expert en ingénierie informatique"

    def test_headers_and_feet_are_in_no_part(self, numbered):
        _, understood = numbered
        texts = " ".join(q.text for q in quotes(understood.referential))
        assert "Direction de la certification" not in texts
        assert "REFERENTIEL D’ACTIVITES" not in texts
        assert "ELEMENTS COMPLEMENTAIRES" not in texts

    def test_nothing_is_lost_doubled_or_invented(self, numbered):
        document, understood = numbered
        assert not list(false_quotes(document, understood.referential))
        assert_every_line_is_in_one_place(document, understood)


class TestBlocHouse:
    def test_five_blocs_the_first_without_number(self, blocs):
        _, understood = blocs
        blocks = understood.referential.blocks
        assert [b.number for b in blocks] == [1, 2, 3, 4, 5]
        assert [len(b.competences) for b in blocks] == [4, 3, 5, 5, 1]
        assert [len(b.activities) for b in blocks] == [17, 8, 23, 17, 6]
        assert not blocks[0].heading.text.startswith("BLOC")
        assert not any(b.title.startswith("BLOC") for b in blocks)

    def test_assessments_and_criteria_stay_with_their_row(self, blocs):
        _, understood = blocs
        assert [sizes(b.competences) for b in understood.referential.blocks] == [
            [(0, 1, 1), (0, 2, 1), (0, 2, 2), (0, 2, 2)],
            [(0, 1, 1), (0, 1, 1), (0, 1, 1)],
            [(0, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1)],
            [(0, 1, 1), (0, 2, 2), (0, 1, 1), (0, 1, 1), (0, 1, 1)],
            [(0, 1, 1)],
        ]
        assessments = [a for b in understood.referential.blocks for c in b.competences for a in c.assessments]
        assert all(a.text.startswith("C") and a.text[1] in ".12345" for a in assessments)

    def test_torn_cells_are_joined(self, blocs):
        document, understood = blocs
        competences = [c for b in understood.referential.blocks for c in b.competences]
        torn = [c for c in competences if len(c.quotes) > 1]
        assert len(torn) == 3
        assert all(opens_with_infinitive(c.text) for c in competences)
        assert not any(squeeze(c.text) in squeeze("".join(document.lines)) for c in torn)
        parts = [p for b in understood.referential.blocks for c in b.competences for p in (*c.assessments, *c.criteria)]
        assert all(p.text[0].isupper() for p in parts)
        assert [len(p.quotes) for p in parts].count(2) == 9

    def test_nothing_is_lost_doubled_or_invented(self, blocs):
        document, understood = blocs
        assert not list(false_quotes(document, understood.referential))
        assert_every_line_is_in_one_place(document, understood)


def assert_printed_table_comes_back(document: Document, wanted: list[PrintedBlock]) -> None:
    understood = understand(document)
    read = understood.referential.blocks
    assert [squeeze(b.heading.text) for b in read] == [squeeze(b.heading) for b in wanted]
    for block, table in zip(read, wanted, strict=True):
        assert letters([a.text for a in block.activities]) == letters(table.activities)
        assert len(block.competences) == len(table.rows)
        for competence, row in zip(block.competences, table.rows, strict=True):
            assert letters([competence.text, *(d.text for d in competence.details)]) == letters(row.competence)
            assert letters([a.text for a in competence.assessments]) == letters(row.assessment)
            assert letters([c.text for c in competence.criteria]) == letters(row.criteria)
    assert not list(false_quotes(document, understood.referential))
    assert_every_line_is_in_one_place(document, understood)


@pytest.mark.parametrize("height", [18, 33, 70])
@pytest.mark.parametrize("widths", WIDTHS)
class TestInventedHouses:
    def test_blocs_with_blank_lines_between_all_lines(self, height, widths):
        document = printed("compta.txt", [], [*HEADER], ACCOUNTING, House(widths=widths, height=height))
        assert_printed_table_comes_back(document, ACCOUNTING)

    def test_numbered_competences_with_lost_bullets_and_feet(self, height, widths):
        house = House(widths, height, "", FOOT, HEADER, lost_bullet="¤")
        assert_printed_table_comes_back(printed("soin.txt", [], [*HEADER], CARE, house), CARE)

    def test_codes_for_activities_and_competences_and_the_header_on_each_page(self, height, widths):
        house = House(widths, height, between_pages=("", "3 / 9", "", *ONE_LINE))
        assert_printed_table_comes_back(printed("jardin.txt", [], [*ONE_LINE], GARDENING, house), GARDENING)

    def test_activities_and_criteria_as_plain_sentences(self, height, widths):
        house = House(widths, height, between_pages=("", "- 2 -", "", *ONE_LINE))
        assert_printed_table_comes_back(printed("vente.txt", [], [*ONE_LINE], SHOP, house), SHOP)

    def test_neither_bullets_nor_full_stops(self, height, widths):
        house = House(widths, height, between_pages=("", "- 2 -", "", *ONE_LINE))
        assert_printed_table_comes_back(printed("entrepot.txt", [], [*ONE_LINE], WAREHOUSE, house), WAREHOUSE)

    def test_criteria_and_activities_with_one_bullet(self, height, widths):
        house = House(widths, height, "")
        assert_printed_table_comes_back(printed("cuisine.txt", [], [*ONE_LINE], COOKING, house), COOKING)


def test_numbers_titles_and_transversal_competences_of_an_invented_referential():
    house = House((42, 48, 40, 38), 40, "", FOOT, HEADER, lost_bullet="¤")
    document = printed("soin.txt", ["Certification RNCP 12345 – extrait"], [*HEADER], CARE, house)
    (referential,) = parse(document)
    assert referential.code == "RNCP12345"
    assert referential.title == "Accompagnant de proximité en santé"
    assert [b.code for b in referential.blocks] == ["RNCP12345BC01", "RNCP12345BC02"]
    assert [b.title.split()[0] for b in referential.blocks] == ["Accompagnement", "Entretien"]
    assert [c.number for b in referential.blocks for c in b.competences if c.transversal] == ["1.3", "2.3"]
    assert [c.number for c in referential.blocks[0].competences] == ["1.1", "1.2", "1.3"]
    first = referential.blocks[0].competences[0]
    assert sizes((first,)) == [(2, 1, 3)]


def test_without_a_name_it_is_called_by_what_its_blocks_share():
    titles = [
        "Gérer le rayon des produits frais",
        "Contrôler les produits frais à la livraison",
        "Accueillir les clients",
    ]
    blocks = [
        PrintedBlock(f"BLOC {n} : {title}", *table)
        for n, (title, table) in enumerate(zip(titles, TABLES, strict=True), 1)
    ]
    assert (
        parse(printed("essai.txt", [], [*ONE_LINE], blocks, House()))[0].title
        == "Référentiel de compétences : produits frais"
    )
    blocks = [PrintedBlock(f"BLOC {n} : Titre{n}", *table) for n, table in enumerate(TABLES, 1)]
    assert parse(printed("essai.txt", [], [*ONE_LINE], blocks, House()))[0].title == "Référentiel de compétences"


def test_codes_of_competences_are_kept_as_printed():
    codes = [("C1.1", "C1.2", "C1.3"), ("C2.1", "C2.2"), ("C3.1", "C3.2")]
    document = printed("jardin.txt", [], [*ONE_LINE], GARDENING, House())
    (referential,) = parse(document)
    assert [tuple(c.number for c in b.competences) for b in referential.blocks] == codes
    assert [len(b.activities) for b in referential.blocks] == [3, 2, 2]


def test_a_cell_merged_over_all_rows_belongs_to_the_block():
    merged = [
        PrintedBlock(b.heading, b.activities, [b.rows[0], *(Row(r.competence, [], r.criteria) for r in b.rows[1:])])
        for b in GARDENING
    ]
    (referential,) = parse(printed("jardin.txt", [], [*ONE_LINE], merged, House()))
    assert [len(b.assessments) for b in referential.blocks] == [2, 0, 0]
    assert [len(c.assessments) for c in referential.blocks[0].competences] == [0, 0, 0]
    assert [len(c.assessments) for c in referential.blocks[1].competences] == [1, 0]


PIECES = [
    "1. Tenue d'un stand", "1.1. Accueillir", "2.1 Vendre", "C1. Écrit", "BLOC 2 :", "le public et", "- Vente",
    " Respect", "• Durée :", "Modalités :", "Description", "Le candidat", "doit vendre.", "page 3/4", "ACTIVITES",
    "CRITÈRES D’ÉVALUATION", "EVALUATION", "", " ", "'", "-", "(",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_lines_below_a_header_are_read_without_loss(lines):
    document = text_document("\n".join([*HEADER, *lines]))
    understood = understand(document)
    if understood:
        assert not list(false_quotes(document, understood.referential))
        assert_every_line_is_in_one_place(document, understood)


def test_marks_tell_tables_from_other_layouts(shared):
    assert marks(genuine(shared, "001")) >= 0.8
    assert marks(genuine(shared, "004")) >= 0.8
    assert [marks(genuine(shared, other)) for other in ("000", "002", "003")] == [0.0, 0.0, 0.0]
    assert marks(text_document("Un texte quelconque.\nIl parle de compétences et d'activités.")) == 0.0


def test_a_header_without_a_table_is_read_as_nothing():
    assert parse(text_document("\n".join(HEADER))) == ()
    assert marks(text_document("\n".join(HEADER))) == 0.0
