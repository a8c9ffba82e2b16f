"""The training path on invented texts: what it learns, that it repeats itself, and what it leaves out."""

import random

import numpy as np
import pytest
import tiktoken

from index.static import StaticEncoder
from index.tokens import PATTERN
from training.__main__ import codes_in, training_pairs
from training.folder import evened, quantise, write_folder
from training.learn import Settings, learn
from training.lesson import lesson, with_words
from training.pair import HELD_OUT_SHARE, Pair, held_out
from training.pieces import learn_pieces
from training.sources import acronyms
from training.tasks import ranks, recall, task
from training.token_ranks import learn_ranks, write_ranks
from training.wording import first_person, misspell, reword

TRADES = ("boulanger", "maçon", "infirmier", "comptable", "jardinier", "soudeur", "vendeur", "coiffeur")
DEEDS = ("cuit le pain", "monte les murs", "soigne les malades", "tient les comptes", "plante les arbres",
         "assemble les métaux", "conseille les clients", "coupe les cheveux")  # fmt: skip
PAIRS = [
    Pair(f"{trade} {n}", f"{deed} {n % 3}", trade, "invented")
    for n in range(30)
    for trade, deed in zip(TRADES, DEEDS, strict=True)
]
SMALL = Settings(dim=16, batch=32, epochs=6, rate=0.05, drop=0.0, threads=1)


@pytest.fixture(scope="module")
def learned():
    tokenizer = learn_pieces([t for p in PAIRS for t in (p.query, p.passage)], 300)
    return tokenizer, learn(PAIRS, tokenizer, SMALL, lambda line: None)


def test_learned_vectors_bring_trades_to_their_deeds(learned, tmp_path) -> None:
    tokenizer, vectors = learned
    write_folder(vectors, tokenizer, tmp_path)
    invented = task("deeds", list(zip(TRADES, DEEDS, strict=True)), ["peint les façades"])
    assert recall(ranks(StaticEncoder(tmp_path).encode_passages, invented), 1) >= 0.8


def test_the_same_seed_gives_the_same_vectors(learned) -> None:
    tokenizer, vectors = learned
    np.testing.assert_allclose(learn(PAIRS, tokenizer, SMALL, lambda line: None), vectors, atol=1e-6)


def test_eight_bits_are_off_by_half_a_step_at_most() -> None:
    vectors = np.random.default_rng(3).normal(size=(50, 24)).astype(np.float32)
    pieces, scales = quantise(vectors)
    assert (np.abs(pieces * scales[:, None] - vectors) <= 0.5001 * scales[:, None]).all()


def test_evening_out_shortens_what_all_texts_share() -> None:
    draw = np.random.default_rng(5)
    texts = draw.normal(size=(400, 8)).astype(np.float32) + np.float32([3, 0, 0, 0, 0, 0, 0, 0])
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    same, less, none = (evened(texts, texts, power) for power in (0.0, 0.1, 0.5))
    np.testing.assert_allclose(same @ same.T, texts @ texts.T, atol=1e-5)
    np.testing.assert_allclose(np.linalg.eigvalsh(none.T @ none), np.full(8, len(texts) / 8), rtol=1e-3)
    common = [np.linalg.norm((r / np.linalg.norm(r, axis=1, keepdims=True)).mean(axis=0)) for r in (same, less, none)]
    assert common[0] > common[1] > common[2]


def test_a_rank_counts_the_passages_before_the_right_one() -> None:
    rows = {"a": [1, 0], "b": [0.6, 0.8], "near a": [0.98, 0.2], "near b": [0.9, 0.43]}
    invented = task("rows", [("near a", "a"), ("near b", "b")], ["a"])
    found = dict(zip(invented.queries, ranks(lambda texts: np.array([rows[t] for t in texts]), invented), strict=True))
    assert found == {"near a": 0, "near b": 1}


def test_about_one_group_in_thirty_three_is_held_out() -> None:
    share = sum(held_out(f"group {n}") for n in range(20_000)) / 20_000
    assert share == pytest.approx(1 / HELD_OUT_SHARE, rel=0.15)


def test_misspelling_keeps_the_number_of_words_and_repeats_itself() -> None:
    text = "Développer une application pour gérer les ressources dans l'entreprise"
    written = misspell(text, random.Random(7), 1.0)
    assert written == misspell(text, random.Random(7), 1.0)
    assert written != text.lower()
    assert abs(len(written.split()) - len(text.split())) <= 1


def test_nobody_speaks_in_the_infinitive() -> None:
    forms = {first_person("Rédiger un rapport", random.Random(n)) for n in range(40)}
    assert {"je rédige un rapport", "j'ai rédigé un rapport", "nous rédigeons un rapport"} & forms
    assert first_person("Culture générale", random.Random(1)) == "Culture générale"
    assert any(reword("Rédiger un rapport", random.Random(n)) == "Rédiger un rapport" for n in range(10))


def test_short_forms_are_found_with_what_they_stand_for() -> None:
    texts = [
        "Il met à jour la gestion de la relation client (GRC) du magasin",
        "Un BTS (brevet de technicien supérieur) suffit",
        "Les offres (PDF) et le chef de rayon (hors CDD)",
    ]
    found = {(p.query, p.passage) for p in acronyms.pairs(texts)}
    assert found == {("GRC", "gestion de la relation client"), ("BTS", "brevet de technicien supérieur")}


def test_learned_ranks_make_an_encoding_that_loses_nothing(tmp_path) -> None:
    ranked = learn_ranks(DEEDS * 20, 400)
    write_ranks(ranked, tmp_path / "small.tiktoken")
    assert set(ranked[:256]) == {bytes([b]) for b in range(256)}
    encoding = tiktoken.Encoding(
        "small", pat_str=PATTERN, mergeable_ranks={t: n for n, t in enumerate(ranked)}, special_tokens={}
    )
    for deed in (*DEEDS, "œuvre ☃ 1234"):
        assert encoding.decode(encoding.encode_ordinary(deed)) == deed
    assert len(encoding.encode_ordinary("cuit le pain")) == 3


def test_nothing_of_the_evaluation_is_trained_on(shared) -> None:
    pairs = training_pairs(shared / "data", shared / "corpus")
    assert len(pairs) > 300_000
    assert not any(held_out(p.group) for p in pairs)
    assert not {p.group for p in pairs} & codes_in(shared / "corpus")


class Parrot:
    """A teacher that gives each text its own two letters' direction."""

    def vectors(self, texts):
        rows = np.zeros((len(texts), 16), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[[ord(letter) % 16 for letter in text[:2]]] = 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_translation_hears_the_teacher_s_vector_of_the_english_text(learned) -> None:
    tokenizer = with_words(learned[0], ["baker", "mason"])
    assert tokenizer.encode("baker").tokens == ["baker"]
    pairs = [Pair("to bake bread", "cuire le pain", "a", "esco_en_fr"), Pair("mason", "maçon", "b", "esco_en_fr")]
    start, taught = lesson(pairs, tokenizer, ["baker"], Parrot())
    said = dict(zip(taught.texts, taught.vectors, strict=True))
    assert set(said) == {"to bake bread", "cuire le pain", "mason", "maçon", "baker"}
    np.testing.assert_array_equal(said["cuire le pain"], said["to bake bread"])
    np.testing.assert_array_equal(said["baker"], start[tokenizer.token_to_id("baker")])
    assert start.shape == (tokenizer.get_vocab_size(), 16)
    heard = learn(pairs * 32, tokenizer, SMALL, lambda line: None, start, taught)
    assert heard.shape == start.shape
