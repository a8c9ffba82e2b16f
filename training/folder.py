"""Writes the model as the folder that ships: 8-bit vectors in a form that sentence-transformers loads as it is."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

Matrix = NDArray[np.float32]


def evened(vectors: Matrix, texts: Matrix, power: float) -> Matrix:
    """Piece vectors with the directions that all texts share made shorter.

    Turns towards the principal directions of the texts' vectors and divides each by (its share of their squared
    length) ** power: 0 changes nothing, 0.5 makes all directions equally long.

    Args:
        texts: unit rows of a sample of texts, some thousands.
    """
    shares, directions = np.linalg.eigh((texts.T @ texts / len(texts)).astype(np.float64))
    return (vectors @ (directions * (shares / shares.mean()) ** -power)).astype(np.float32)


def quantise(vectors: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Rows as whole numbers in -127..127, and the scale of each row that gives them back."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def write_folder(vectors: Matrix, tokenizer: Tokenizer, folder: Path) -> None:
    """Write a sentence-transformers folder: StaticEmbedding, then Normalize; a card that is there stays."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  8 s, of which only this step has need
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, vectors), Normalize()], device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    pieces, scales = quantise(vectors)
    weights = folder / "model.safetensors"
    save_file({"embeddings": pieces, "weights": scales}, str(weights))
    weights.chmod(0o644)
