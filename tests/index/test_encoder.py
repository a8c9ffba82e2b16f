"""The encoders: unit rows, one digest a set of weights, and the numpy runner against sentence-transformers itself."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.errors import StoreError
from index.encoder import SHIPPED, HashingEncoder, SentenceTransformerEncoder, default_encoder, encoder_for
from index.static import BATCH, StaticEncoder, digest_of_folder

TEXTS = (
    "Gérer le budget du service",
    "Développer une application web en JavaScript",
    "je répare des ordinateurs",
    "C++, C# et RNCP12345BC02 : l'œuvre d’art",
    "x" * 5000,
    "",
    "☃",
)
ROOT = SHIPPED.parents[1]
PASSAGES = (
    "Élaborer et suivre le budget prévisionnel du service",
    "Recruter les membres de l'équipe et organiser leur formation",
    "Diagnostiquer une panne et remettre en état le matériel",
    "Conduire un tracteur et entretenir les machines agricoles",
    "Préparer les plats et dresser les assiettes en cuisine",
    "Prospecter de nouveaux clients et négocier les contrats de vente",
    "Conseiller les patients sur leur traitement médical",
    "Assurer la sécurité des données et des réseaux informatiques",
)


def test_rows_of_the_shipped_model_have_unit_length() -> None:
    rows = default_encoder().encode_passages(TEXTS)
    assert rows.shape == (len(TEXTS), default_encoder().dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_shipped_model_gives_what_sentence_transformers_gives() -> None:
    reference = SentenceTransformerEncoder(SHIPPED)
    texts = TEXTS + PASSAGES
    np.testing.assert_allclose(
        default_encoder().encode_passages(texts), reference.encode_passages(texts), atol=1e-5, rtol=0
    )
    np.testing.assert_allclose(
        default_encoder().encode_queries(texts), reference.encode_queries(texts), atol=1e-5, rtol=0
    )
    assert (default_encoder().digest, default_encoder().dim) == (reference.digest, reference.dim)


def printed(code: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def test_shipped_model_needs_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from index.encoder import default_encoder; default_encoder().encode_queries(['un budget']);"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    assert printed(code) == "[]"


def test_encoding_many_texts_equals_encoding_each() -> None:
    texts = [f"{p} {n}" for n in range(BATCH // len(PASSAGES) + 2) for p in PASSAGES]
    together = default_encoder().encode_passages(texts)
    alone = np.concatenate([default_encoder().encode_passages([t]) for t in texts[:: len(texts) // 20]])
    np.testing.assert_allclose(together[:: len(texts) // 20], alone, atol=1e-6)


def test_no_texts_give_no_rows() -> None:
    for encoder in (default_encoder(), HashingEncoder()):
        assert encoder.encode_passages([]).shape == (0, encoder.dim)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tenir les comptes et les dépenses", 0),
        ("j'embauche et je forme les nouveaux", 1),
        ("réparer un appareil qui ne marche plus", 2),
        ("driving farm vehicles", 3),
        ("cuizine et resto", 4),
        ("selling to customers", 5),
        ("cybersecurity", 7),
    ],
)
def test_shipped_model_finds_by_meaning(query: str, expected: int) -> None:
    scores = default_encoder().encode_queries([query]) @ default_encoder().encode_passages(PASSAGES).T
    assert PASSAGES[int(scores.argmax())] == PASSAGES[expected]


def test_accents_case_and_apostrophes_make_no_difference() -> None:
    rows = default_encoder().encode_queries(["L’évaluation des élèves", "l'evaluation des ELEVES"])
    np.testing.assert_allclose(rows[0], rows[1], atol=1e-6)


def test_shipped_folder_is_small_and_has_its_card() -> None:
    assert sum(p.stat().st_size for p in SHIPPED.rglob("*")) < 60 << 20
    card = (SHIPPED / "README.md").read_text("utf-8")
    for said in ("ESCO", "CC BY 4.0", "ROME", "Licence Ouverte", "CC BY-SA 4.0", "recall@10", "Limits"):
        assert said in card


def test_digest_tells_weights_apart_and_ignores_the_card(tmp_path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / "README.md").write_text("other words", "utf-8")
    assert digest_of_folder(folder) == default_encoder().digest
    (folder / "tokenizer.json").open("a", encoding="utf-8").write("\n")
    assert digest_of_folder(folder) != default_encoder().digest


def test_missing_model_is_refused_with_a_hint(tmp_path) -> None:
    with pytest.raises(StoreError, match=r"no static embedding model at .*nowhere") as caught:
        StaticEncoder(tmp_path / "nowhere")
    assert "réinstallez" in caught.value.hint
    with pytest.raises(StoreError, match="no sentence-transformers model at") as caught:
        encoder_for(tmp_path / "nowhere")
    assert "introuvable" in caught.value.hint


def test_damaged_weights_are_refused(tmp_path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / "model.safetensors").write_bytes(b"\0" * 100)
    with pytest.raises(StoreError, match="no static embedding model"):
        StaticEncoder(folder)


def test_another_model_keeps_its_prompts(tmp_path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  slow: only this test builds a model
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding  # noqa: PLC0415

    words = ["[UNK]", "budget", "client", "question", "texte"]
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.random.default_rng(1).normal(size=(len(words), 8)).astype(np.float32)
    prompts = {"query": "question ", "document": "texte "}
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, vectors)], prompts=prompts).save_pretrained(str(tmp_path))
    encoder = encoder_for(tmp_path)
    for row, prompt in ((encoder.encode_queries(["budget"])[0], 3), (encoder.encode_passages(["budget"])[0], 4)):
        expected = vectors[[prompt, 1]].mean(axis=0)
        np.testing.assert_allclose(row, expected / np.linalg.norm(expected), atol=1e-6)


def test_double_is_the_same_in_every_process() -> None:
    code = (
        "from index.encoder import HashingEncoder;"
        "print(HashingEncoder(64).encode_queries(['Un budget équilibré']).tolist())"
    )
    here = HashingEncoder(64).encode_passages(["un budget equilibre"])
    np.testing.assert_allclose(json.loads(printed(code)), here, atol=1e-6)


def test_double_finds_shared_words_and_spellings() -> None:
    encoder = HashingEncoder()
    texts = ["gérer le budget", "budget à gérer", "gerer le bugdet", "vis sans fin"]
    query, near, spelled, far = encoder.encode_queries(texts)
    assert query @ near > 0.5
    assert query @ spelled > 0.5
    assert query @ far < 0.3
