"""The static model that ships, run with numpy alone: the vectors of sentence-transformers without its 8 s of import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from corpus.errors import StoreError
from index.contract import Matrix

BATCH = 4096  # texts at once: bounds the memory that the gathered piece vectors take
CARD = "README.md"  # words about the weights, not weights: left out of the digest


def unit(rows: Matrix) -> Matrix:
    """Rows scaled to unit length; a row of zeros (a text without any known piece) becomes (1, 0, 0, …)."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = np.where(lengths > 0, rows, np.eye(1, rows.shape[1], dtype=np.float32))
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def digest_of_folder(folder: Path) -> str:
    """SHA-256 over the names and bytes of a model folder's files, its card and hidden files apart."""
    found = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != CARD and not name.startswith("."):
            found.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()


class StaticEncoder:
    """A sentence-transformers folder of one StaticEmbedding: the mean of a text's piece vectors, at unit length.

    The vectors lie in `model.safetensors` as whole numbers of 8 bits ("embeddings", shape (pieces, dim)) with a scale
    for each piece ("weights"), the form that sentence-transformers reads from model2vec.

    Raises:
        StoreError: the folder is missing, damaged, or holds another kind of model.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        try:
            kinds = [m["type"].rsplit(".", 1)[-1] for m in json.loads((folder / "modules.json").read_text("utf-8"))]
            if kinds != ["StaticEmbedding", "Normalize"]:
                raise ValueError(f"modules {kinds}, expected StaticEmbedding and Normalize")
            with safe_open(folder / "model.safetensors", framework="numpy") as file:
                self._pieces, self._scales = file.get_tensor("embeddings"), file.get_tensor("weights")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.digest = digest_of_folder(folder)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise StoreError(
                f"no static embedding model at {folder}: {error}",
                f"Le modèle d'embedding du dossier « {folder} » manque ou est abîmé : réinstallez Acquis.",
                f"The embedding model in {folder} is missing or damaged: install Acquis again.",
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dim = self._pieces.shape[1]

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        parts = [self._rows(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self.dim), np.float32)

    encode_queries = encode_passages

    def _rows(self, texts: Sequence[str]) -> Matrix:
        bags = [e.ids for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        rows = np.zeros((len(bags), self.dim), np.float32)
        for row, ids in zip(rows, bags, strict=True):
            if ids:
                np.dot(self._scales[ids], self._pieces[ids].astype(np.float32), out=row)
        return unit(rows)
