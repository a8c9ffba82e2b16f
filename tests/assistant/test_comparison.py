"""Comparing two certifications: what is kept, reworded, moved, new and gone, each with quotes that stand."""

from __future__ import annotations

import csv as reading
import io
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented_fiches import NEWER, OLDER, OTHER, store
from openpyxl import load_workbook

from assistant.comparison.alike import alike, identity, unnumbered
from assistant.comparison.assignment import assigned
from assistant.comparison.compare import compare
from assistant.comparison.comparison import BlockChange, Change, Comparison, Kind, counted
from assistant.comparison.differing import differing
from assistant.comparison.pairing import held, named, pair
from assistant.comparison.table import COLUMNS, csv, rows, xlsx
from corpus.errors import NotHeld, UsageError
from corpus.referential import Facet
from index.cards import Card
from index.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return store(tmp_path_factory.mktemp("compared"), OLDER, NEWER, OTHER)


@pytest.fixture(scope="module")
def found(library: Library) -> Comparison:
    return compare(*pair(library, "RNCP90011"), library.encoder, library.document)


def told(change: Change | BlockChange) -> tuple[str | None, str | None]:
    return tuple(worded.text if worded else None for worded in (change.before, change.after))


def of(found: Comparison, kind: Kind) -> list[Change]:
    return [change for change in found.changes if change.kind is kind]


def test_blocks_find_their_successors(found):
    assert [(b.kind, b.before and b.before.block, b.after and b.after.block) for b in found.blocks] == [
        (Kind.REWORDED, 2, 1),
        (Kind.REWORDED, 1, 2),
        (Kind.NEW, None, 3),
        (Kind.GONE, 3, None),
    ]


def test_the_same_wording_is_kept_whatever_its_number_case_and_accents(found):
    assert [told(c) for c in of(found, Kind.KEPT)] == [
        ("Composter les déchets verts du quartier", "Composter les DECHETS verts du quartier."),
        ("Tenir le carnet d'arrosage de chaque parcelle", "Tenir le carnet d’arrosage de chaque parcelle"),
        ("Accueillir un public d'âges différents", "Accueillir un public d'âges différents"),
    ]


def test_another_wording_is_reworded_with_both_sides(found):
    assert ("Planifier les cultures d'une saison avec les habitants",
            "Planifier avec les habitants et les écoles les cultures d'une saison") in [
        told(c) for c in of(found, Kind.REWORDED)
    ]  # fmt: skip


def test_what_moved_says_from_which_block_to_which(found):
    (moved,) = [c for c in found.changes if c.moved]
    assert (moved.before.block, moved.after.block, moved.kind) == (3, 2, Kind.KEPT)
    gone = next(b for b in found.blocks if b.kind is Kind.GONE)
    assert gone.departed == (moved,)


def test_new_and_gone_have_one_side_only(found):
    assert [c.after.text for c in of(found, Kind.NEW)] == [
        "Mesurer le bilan carbone d'un chantier",
        "Calculer la charge d'une toiture avant plantation",
        "Poser une membrane d'étanchéité",
    ]
    assert [c.before.text for c in of(found, Kind.GONE)] == ["Négocier un bail rural avec un notaire"]
    assert all(c.before is None for c in of(found, Kind.NEW))


def test_every_competence_of_both_sides_stands_once(found):
    for side, referential in (("before", found.before), ("after", found.after)):
        said = [getattr(c, side).text for c in found.changes if getattr(c, side)]
        wanted = [unnumbered(c.text) for b in referential.blocks for c in b.competences]
        assert sorted(said) == sorted(wanted)
    assert sum(counted(found.changes).values()) == len(found.changes)


def test_every_quote_stands_in_its_source(found, library):
    sides = [s for c in (*found.changes, *found.blocks) for s in (c.before, c.after) if s]
    facts = [s.citation for row in found.facts for s in (*row.before, *row.after)]
    citations = [*(c for side in sides for c in side.citations), *facts]
    assert len(citations) > 20
    assert all(library.document(c.source).holds(c.quote) for c in citations)


def test_facts_stand_side_by_side(found):
    rows = {row.facet: row for row in found.facts}
    assert rows[Facet.LEVEL].same is True
    assert rows[Facet.CODE].same is False
    assert rows[Facet.PREREQUISITES].same is None  # one side does not say: that is no agreement
    shared = {s.value: s.shared for s in rows[Facet.ROME].before}
    assert shared == {"A1203": True, "A1204": False}


def test_a_certification_compared_with_its_like_keeps_everything(library):
    fiche = library.referential("RNCP90012")
    same = compare(fiche, fiche, library.encoder, library.document)
    assert {b.kind for b in same.blocks} == {c.kind for c in same.changes} == {Kind.KEPT}
    assert all(row.same for row in same.facts)


def test_nothing_is_paired_between_strangers(library):
    strange = compare(library.referential("RNCP90012"), library.referential("RNCP90013"), library.encoder,
                      library.document)  # fmt: skip
    assert counted(strange.changes)[Kind.REWORDED] == counted(strange.changes)[Kind.KEPT] == 0


def test_one_certification_is_compared_with_what_replaces_it_or_what_it_replaces(library):
    assert [r.code for r in pair(library, "RNCP90011")] == ["RNCP90011", "RNCP90012"]
    assert [r.code for r in pair(library, "RNCP90012")] == ["RNCP90011", "RNCP90012"]
    assert [r.code for r in pair(library, "RNCP90012", "RNCP90011")] == ["RNCP90012", "RNCP90011"]


@pytest.mark.parametrize(
    ("names", "error", "words"),
    [
        (("RNCP90013",), NotHeld, "ne disent pas ce qui remplace"),
        (("RNCP1",), NotHeld, "aucune certification « RNCP1 »"),
        (("RNCP90011", "rncp 90011"), UsageError, "différentes"),
        (("",), UsageError, "Indiquez un code"),
        (("x" * 301,), UsageError, "Indiquez un code"),
    ],
)
def test_what_cannot_be_compared_is_said(library, names, error, words):
    with pytest.raises(error) as refused:
        pair(library, *names)
    assert words in refused.value.hint


@pytest.mark.parametrize(
    "name",
    ["RNCP90012", "rncp 90012", "RNCP n° 90012", "90012", "RNCP90012BC02", "neuve.xml", "Gardien de jardins partagés",
     "https://www.francecompetences.fr/recherche/rncp/90012/"],
)  # fmt: skip
def test_a_certification_is_named_in_any_spelling(library, name):
    assert held(library, name).code == "RNCP90012"


def test_a_number_alone_is_of_the_national_register_first():
    cards = (Card("a.xml", "export", "Une", code="RS77"), Card("b.xml", "export", "Deux", code="RNCP77"))
    assert named(cards, "77").code == "RNCP77"
    assert named(cards, "rs 77").code == "RS77"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("C1.2 – Planifier un chantier", "Planifier un chantier"),
        ("2.3. Planifier un chantier", "Planifier un chantier"),
        ("4 - Planifier un chantier", "Planifier un chantier"),
        ("• Planifier un chantier", "Planifier un chantier"),
        ("2 chantiers à planifier", "2 chantiers à planifier"),
        ("3D : modéliser", "3D : modéliser"),
        ("« Planifier » un chantier", "« Planifier » un chantier"),
    ],
)
def test_numbers_before_a_wording_are_no_part_of_it(text, bare):
    assert unnumbered(text) == bare


def test_only_equal_wordings_are_wholly_alike(library):
    after = ["tenir un CARNET.", "Tenir un carnet bien"]
    found = alike(["Tenir un carnet", "Tenir deux carnets"], after, library.encoder)
    assert found[0, 0] == 1.0
    assert 0.5 < found[0, 1] < 1.0
    assert ((found >= 0) & (found <= 1)).all()


GAINS = arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 6).map(float))


@given(GAINS)
def test_an_assignment_is_as_good_as_the_best_of_all(gains):
    wide = gains if gains.shape[0] <= gains.shape[1] else gains.T
    best = max(sum(wide[i, j] for i, j in enumerate(p)) for p in permutations(range(wide.shape[1]), wide.shape[0]))
    made = assigned(gains)
    assert sum(gains[i, j] for i, j in made) == best
    assert len({i for i, _ in made}) == len({j for _, j in made}) == len(made)
    assert all(gains[i, j] > 0 for i, j in made)


def test_a_large_assignment_agrees_with_scipy():
    reference = pytest.importorskip("scipy.optimize").linear_sum_assignment
    gains = np.random.default_rng(7).random((60, 90)).astype(np.float32)
    made = assigned(gains)
    assert sum(gains[i, j] for i, j in made) == pytest.approx(gains[reference(gains, maximize=True)].sum(), rel=1e-5)


WORDS = st.lists(st.sampled_from(["le", "la", "planifier", "un", "carnet,", "saison", "écoles", "d'eau"]), max_size=12)


@given(WORDS, WORDS)
def test_runs_give_their_wording_again(before, after):
    for words, runs in zip((before, after), differing(" ".join(before), " ".join(after)), strict=True):
        assert " ".join(run.text for run in runs) == " ".join(words)
        assert all(one.own != other.own for one, other in pairwise(runs))


def test_words_that_differ_are_marked_and_no_others():
    before, after = differing("Planifier les cultures d'une saison", "Planifier, avec soin, les cultures d’une année")
    assert [r.text for r in before if r.own] == ["saison"]
    assert [r.text for r in after if r.own] == ["avec soin,", "année"]
    assert identity("d'une") == identity("d’une")


def test_the_replacement_of_a_genuine_fiche_is_found(shared: Path, tmp_path: Path):
    library = Library.open(tmp_path / "home", create=True)
    for _ in library.add([shared / "data" / "rncp_xml_v41" / "export_fiches_RNCP_fixture.xml"]):
        pass
    replaced = [r for r in library.referentials() if any(held_too(library, code) for code in r.replaced_by)]
    assert replaced
    for fiche in replaced:
        before, after = pair(library, fiche.code)
        made = compare(before, after, library.encoder, library.document)
        assert after.code in before.replaced_by
        texts = [c.text for b in before.blocks for c in b.competences]
        assert sum(c.before is not None for c in made.changes) == len(texts)
        assert next(row.same for row in made.facts if row.facet is Facet.LEVEL) is (before.level == after.level)


def held_too(library: Library, code: str) -> bool:
    return bool(library.referentials([code]))


def test_a_table_has_every_competence_and_no_formula(found):
    listed = list(rows(found))
    assert [row[0] for row in listed].count("compétence") == len(found.changes)
    assert all(len(row) == len(COLUMNS) for row in listed)
    moved = next(row for row in listed if row[6] == "oui")
    assert moved[:3] == ("compétence", "3", "2")
    text = csv(found).decode("utf-8-sig")
    read = list(reading.reader(io.StringIO(text), delimiter=";"))
    assert [tuple(row) for row in read[1:]] == listed
    first = found.blocks[0]
    risky = replace(found, blocks=(replace(first, before=replace(first.before, text="=HYPERLINK(1)")),))
    assert "'=HYPERLINK(1)" in csv(risky).decode("utf-8-sig")


@pytest.mark.parametrize(("lang", "head", "state"), [("fr", "Partie", "conservée"), ("en", "Part", "kept")])
def test_a_workbook_says_the_same_in_either_language(found, lang, head, state):
    sheet = load_workbook(io.BytesIO(xlsx(found, lang))).active
    read = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert read[0][0] == head
    assert read[1:] == list(rows(found, lang))
    assert state in {row[5] for row in read}
