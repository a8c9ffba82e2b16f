"""What the index promises to those who ask it: an encoder's shape, filters, hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.passages import Passage

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors.

    Attributes:
        name: a name or folder, for people.
        digest: what identifies the weights; vectors of different digests are never mixed.
        dim: the length of a vector.
    """

    name: str
    digest: str
    dim: int

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, shape (len(texts), dim)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, shape (len(texts), dim)."""
        ...


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage's referential must satisfy before anything is ranked; None and () mean any.

    Attributes:
        certifications: codes or source names, any of which will do.
        active: True keeps what is in force at `today`.
        vae: True keeps what is open to validation of experience.
        formacode: a code, or its beginning.
        issuer: words that all stand in the name of one of its issuers, whatever their case and accents.
        kind: the key of a type of diploma (index/kinds.toml), which holds for its narrower types as well.
        register: "RNCP" or "RS".
        ends_from, ends_to: the first and the last day on which the registration may end.
    """

    level: int | None = None
    rome: str | None = None
    nsf: str | None = None
    certifications: tuple[str, ...] = ()
    active: bool = False
    vae: bool = False
    today: date | None = None
    formacode: str | None = None
    issuer: str | None = None
    kind: str | None = None
    register: str | None = None
    ends_from: date | None = None
    ends_to: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score in [0, 1], comparable within one search only.

    Attributes:
        cosine: similarity of meaning between query and passage, in [-1, 1], comparable between searches.
        lexical: BM25 score, at least 0, comparable within one search only.
    """

    passage: Passage
    score: float
    cosine: float
    lexical: float
