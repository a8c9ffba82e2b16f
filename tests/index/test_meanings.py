"""Rows that say the same share a vector; what is found is what comparing every row would find."""

import numpy as np
import pytest

from corpus.document import Quote
from corpus.passages import Passage
from corpus.referential import Facet
from index import dense
from index.meanings import Gathering, Meanings

DIM = 16
SAID = np.random.default_rng(3).integers(0, 100, 300)  # what each of 300 rows says, out of 100 texts


def _passage(text):
    return Passage("s.txt", None, None, Facet.OTHER, (), (Quote(text, 1, 1),))


@pytest.fixture
def unit_rows():
    rows = np.random.default_rng(7).normal(size=(100, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _gathered(unit_rows, said, before=None):
    gathering = Gathering(DIM, before)
    held = len(before) if before is not None else 0
    if held:
        gathering.again(np.arange(held))
    for what in said[held:]:
        gathering.add(_passage(f"texte {what}"), unit_rows[what])
    return gathering.done()


def _best(unit_rows, query, k, mask):
    """The cosines of every row let through, best first, and the rows in that order."""
    rows = np.flatnonzero(mask)
    cosines = unit_rows[SAID[rows]] @ query
    order = np.argsort(-cosines, kind="stable")[:k]
    return cosines[order], rows[order]


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("let", [1.0, 0.2, 0.0])
@pytest.mark.parametrize("k", [1, 10, 37, 1000])
def test_it_finds_what_comparing_every_row_finds(unit_rows, monkeypatch, k, let, coded):
    if coded:
        monkeypatch.setattr(dense, "LARGE", 80)
        monkeypatch.setattr(dense, "FEW", 0)
    found, mask = _gathered(unit_rows, SAID), np.random.default_rng(5).random(300) < let
    cosines, rows = found.search(unit_rows[:3], k, None if let == 1 else mask)
    for query, some, which in zip(unit_rows[:3], cosines, rows, strict=True):
        expected, places = _best(unit_rows, query, k, mask)
        np.testing.assert_allclose(some, expected, atol=0.02 if coded else 1e-5)
        if coded:  # vectors of 8 bits: near ones may change places
            np.testing.assert_allclose(unit_rows[SAID[which]] @ query, expected, atol=0.02)
            assert len(set(which.tolist())) == len(which)
        else:
            np.testing.assert_array_equal(which, places)


def test_a_text_is_held_once_however_it_came(unit_rows):
    half = _gathered(unit_rows, SAID[:150])
    grown = _gathered(unit_rows, SAID, half)
    assert len(grown) == 300
    assert len(grown.dense) == len(set(SAID.tolist()))
    np.testing.assert_allclose(grown.vectors(np.arange(300)), unit_rows[SAID], atol=1e-6)
    np.testing.assert_allclose(grown.cosines(unit_rows[0], np.arange(300)), unit_rows[SAID] @ unit_rows[0], atol=1e-5)


def test_codes_are_scanned_once_a_meaning(unit_rows, monkeypatch):
    monkeypatch.setattr(dense, "LARGE", 80)
    found = _gathered(unit_rows, SAID).dense
    assert (found.coded, len(found)) == (True, len(set(SAID.tolist())))


def test_it_survives_saving_and_notices_another_shape(unit_rows, tmp_path):
    built = _gathered(unit_rows, SAID)
    built.save(tmp_path)
    again = Meanings.load(tmp_path, 300, DIM)
    np.testing.assert_array_equal(again.search(unit_rows[:2], 50)[1], built.search(unit_rows[:2], 50)[1])
    np.testing.assert_array_equal(again.marks, built.marks)
    with pytest.raises(ValueError, match="meanings of 300 rows, expected 299"):
        Meanings.load(tmp_path, 299, DIM)
