"""Turns texts into unit vectors: the model that ships, any other sentence-transformers model, and a double for tests.

sentence_transformers takes 8 s to import on two cores, torch included, which is why only a model that needs it pays.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from corpus.errors import StoreError
from index.contract import Encoder, Matrix
from index.static import StaticEncoder, digest_of_folder, unit

SHIPPED = Path(__file__).resolve().parent / "model"


@cache
def default_encoder() -> Encoder:
    """The model of our own that ships in index/model, loaded once a process."""
    return StaticEncoder(SHIPPED)


def encoder_for(model: str | Path | None = None) -> Encoder:
    """The encoder of a sentence-transformers folder, or of a name in the local cache; None for the one that ships.

    Raises:
        StoreError: there is no such model on this machine.
    """
    if model is None or Path(model).resolve() == SHIPPED:
        return default_encoder()
    return SentenceTransformerEncoder(model)


def configured_encoder() -> Encoder:
    """The model named by the environment variable ACQUIS_ENCODER (a folder or a name), else the one that ships."""
    return encoder_for(os.environ.get("ACQUIS_ENCODER") or None)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, with its own prompts for queries and for passages.

    Args:
        model: a folder, or a name that the Hugging Face cache of this machine knows. Nothing is fetched, unless the
            environment variable HF_HUB_OFFLINE is set to 0.
        batch: texts encoded at once.

    Raises:
        StoreError: there is no such model on this machine, or it cannot be read.
    """

    def __init__(self, model: str | Path, batch: int = 32) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  8 s: see the module's docstring

        self.name = str(model)
        try:
            self._model = SentenceTransformer(self.name, device="cpu")
        except (OSError, ValueError) as error:
            raise StoreError(
                f"no sentence-transformers model at {self.name!r}: {error}",
                f"Le modèle d'embedding « {self.name} » est introuvable ou illisible sur cette machine : "
                "indiquez le dossier d'un modèle sentence-transformers.",
                f"The embedding model {self.name!r} cannot be found or read on this machine: "
                "give the folder of a sentence-transformers model.",
            ) from error
        self._batch = batch
        self.dim = self._model.get_embedding_dimension()
        self.digest = digest_of_folder(Path(model)) if Path(model).is_dir() else self._digest_of_weights()

    def _digest_of_weights(self) -> str:
        found = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            found.update(name.encode() + tensor.float().cpu().numpy().tobytes())
        return found.hexdigest()

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return self._rows(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        return self._rows(self._model.encode_query, texts)

    def _rows(self, encode: object, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        rows = encode(list(texts), batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(rows, np.float32))


class HashingEncoder:
    """A double for tests: words and their runs of three letters hashed to signed places of a vector.

    Texts that share words or spellings are close, no model is needed, and the same text always gives the same vector.
    """

    def __init__(self, dim: int = 256) -> None:
        self.name = f"hashing-{dim}"
        self.digest = hashlib.sha256(self.name.encode()).hexdigest()
        self.dim = dim

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        return unit(np.array([self._row(t) for t in texts], np.float32).reshape(len(texts), self.dim))

    encode_queries = encode_passages

    def _row(self, text: str) -> Matrix:
        row = np.zeros(self.dim, np.float32)
        folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
        for word in re.findall(r"\w+", folded):
            padded = f"<{word}>"
            for weight, gram in [(1.0, padded), *((0.3, padded[i : i + 3]) for i in range(len(padded) - 2))]:
                code = zlib.crc32(gram.encode())
                row[code % self.dim] += weight if code & 0x8000_0000 else -weight
        return row
