"""Writes the model as the folder that ships: 8-bit vectors in a form that sentence-transformers loads as it is."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as whole numbers in -127..127, and the scale of each row that gives them back."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def write_folder(vectors: NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> None:
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
