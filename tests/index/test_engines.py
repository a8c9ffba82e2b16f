"""The engines against the plain arithmetic that they speed up."""

import math

import numpy as np
import pytest

from index import dense
from index.dense import Dense
from index.fusion import Groups, foremost, share_of_best, spread
from index.lexical import K1, B, Lexical


@pytest.fixture
def unit_rows():
    rows = np.random.default_rng(7).normal(size=(300, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_dense_equals_brute_force(unit_rows):
    built, queries = Dense.build(unit_rows), unit_rows[:5]
    cosines, rows = built.search(queries, 10)
    expected = queries @ unit_rows.T
    np.testing.assert_array_equal(rows, np.argsort(-expected, axis=1)[:, :10])
    np.testing.assert_allclose(cosines, -np.sort(-expected, axis=1)[:, :10], atol=1e-5)
    np.testing.assert_allclose(built.cosines(queries[0], np.arange(300)), expected[0], atol=1e-5)


def test_dense_looks_only_where_the_mask_lets_it(unit_rows):
    mask = np.random.default_rng(8).random(300) < 0.1
    _, rows = Dense.build(unit_rows).search(unit_rows[:1], 300, mask)
    allowed = np.flatnonzero(mask)
    np.testing.assert_array_equal(rows[0], allowed[np.argsort(-(unit_rows[allowed] @ unit_rows[0]))])


def test_dense_survives_saving_and_notices_truncation(unit_rows, tmp_path):
    path = tmp_path / "dense.faiss"
    Dense.build(unit_rows).save(path)
    assert len(Dense.load(path, 300, 16)) == 300
    with pytest.raises(ValueError, match="expected \\(301, 16\\)"):
        Dense.load(path, 301, 16)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match="unreadable FAISS file"):
        Dense.load(path, 300, 16)


def bm25(rows, query, row):
    """Lucene's BM25, written out."""
    mean = sum(map(len, rows)) / len(rows)
    score = 0.0
    for term, weight in query.items():
        n = sum(term in r for r in rows)
        count = rows[row].count(term)
        idf = math.log(1 + (len(rows) - n + 0.5) / (n + 0.5))
        score += weight * idf * count / (count + K1 * (1 - B + B * len(rows[row]) / mean))
    return score


def test_lexical_equals_the_formula(tmp_path):
    rows = [["pain", "four", "pain"], ["bois"], ["pain", "bois", "scie", "scie"], []]
    query = {"pain": 1.0, "scie": 0.5, "absent": 1.0}
    lexical = Lexical.build(rows)
    expected = [bm25(rows, query, n) for n in range(4)]
    np.testing.assert_allclose(lexical.scores(query), expected, rtol=1e-5)
    assert [lexical.rows(t).tolist() for t in ("pain", "absent")] == [[0, 2], []]
    lexical.save(tmp_path / "own")
    np.testing.assert_allclose(Lexical.load(tmp_path / "own", 4).scores(query), expected, rtol=1e-5)


def test_lexical_without_any_word(tmp_path):
    Lexical.build([[], []]).save(tmp_path / "own")
    assert Lexical.load(tmp_path / "own", 2).scores({"pain": 1.0}).tolist() == [0.0, 0.0]


def test_fusion():
    scores = np.array([2.0, 4.0, 3.0], dtype=np.float32)
    assert spread(scores).tolist() == [0.0, 1.0, 0.5]
    assert share_of_best(scores).tolist() == [0.5, 1.0, 0.75]
    assert spread(scores[:0]).tolist() == []
    places = Groups(np.array([9.0, 5.0, 1.0, 2.0, 3.0, 9.0]), np.array([7, 7, 0, 7, 7, 7]))
    assert places.groups.tolist() == [0, 7]
    assert places.best.tolist() == [2, 0]
    assert places.gathered((1.0, 0.5, 0.25)).tolist() == [1.0, 9.0 + 4.5 + 1.25]
    assert places.gathered(()).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 1.0])
@pytest.mark.parametrize("rows", [50, 40_000])
def test_foremost_are_those_of_a_full_sort(share, rows):
    random = np.random.default_rng(rows)
    scores = (random.random(rows) * (random.random(rows) < share)).astype(np.float32)
    found, wanted = foremost(scores, 1000), min(1000, int((scores > 0).sum()))
    assert len(set(found.tolist())) == len(found) == wanted
    np.testing.assert_array_equal(np.sort(scores[found]), np.sort(scores)[rows - wanted :])


def test_foremost_of_scores_that_a_sample_misjudges():
    scores = np.zeros(40_000, dtype=np.float32)
    scores[::64] = 1.0
    scores[1:30_001:100] = 0.5
    assert len(foremost(scores, 900)) == 900
    assert scores[foremost(scores, 900)].sum() == 625 + 0.5 * 275


def test_codes_find_what_brute_force_finds(tmp_path, monkeypatch):
    """Unit rows in clusters, as texts are; at least 98 of 100 of the nearest 50, filtered ones all."""
    monkeypatch.setattr(dense, "LARGE", 3000)
    monkeypatch.setattr(dense, "BATCH", 500)
    monkeypatch.setattr(dense, "FEW", 100)
    random = np.random.default_rng(3)
    centres = random.normal(size=(60, 64))
    rows = centres[random.integers(60, size=8000)] + 0.7 * random.normal(size=(8000, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    queries = rows[::800]
    built = Dense.build(rows)
    built.save(tmp_path / "dense.faiss")
    assert (tmp_path / dense.CODES).exists()
    exact = queries @ rows.T
    for index in (built, Dense.load(tmp_path / "dense.faiss", 8000, 64)):
        cosines, found = index.search(queries, 200)
        np.testing.assert_allclose(cosines, np.take_along_axis(exact, found, 1), atol=0.02)
        nearest = np.argsort(-exact, axis=1)[:, :50]
        assert np.mean([np.isin(n, f).mean() for n, f in zip(nearest, found, strict=True)]) >= 0.98
        for mask in (np.arange(8000) % 3 == 0, np.arange(8000) % 100 == 0, np.arange(8000) < 7900):
            cosines, found = index.search(queries, 50, mask)
            assert mask[found].all()
            nearest = np.argsort(np.where(mask, -exact, 2), axis=1)[:, :50]
            assert np.mean([np.isin(n, f).mean() for n, f in zip(nearest, found, strict=True)]) >= 0.97
            np.testing.assert_allclose(cosines, np.take_along_axis(exact, found, 1), atol=0.02)
    with pytest.raises(ValueError, match="shape"):
        Dense.load(tmp_path / "dense.faiss", 8001, 64)
    growing = Dense.building(64, built)
    for row in range(8000):
        growing.again(np.array([row])) if row % 10 else growing.add(rows[row])
    again = growing.done()
    np.testing.assert_array_equal(again.search(queries, 50)[1], built.search(queries, 50)[1])
