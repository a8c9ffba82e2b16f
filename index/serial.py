"""Documents, referentials and passages as typed JSON, and back, equal to the last field."""

from __future__ import annotations

from pydantic import TypeAdapter

from corpus.document import Document
from corpus.passages import Passage
from corpus.referential import Referential

_DOCUMENT = TypeAdapter(Document)
_REFERENTIAL = TypeAdapter(Referential)
_PASSAGE = TypeAdapter(Passage)


def dump_document(document: Document) -> bytes:
    return _DOCUMENT.dump_json(document)


def load_document(data: bytes) -> Document:
    """Raises pydantic.ValidationError, a ValueError, where the data is of another shape."""
    return _DOCUMENT.validate_json(data)


def dump_referential(referential: Referential) -> bytes:
    return _REFERENTIAL.dump_json(referential)


def load_referential(data: bytes) -> Referential:
    """Raises pydantic.ValidationError, a ValueError, where the data is of another shape."""
    return _REFERENTIAL.validate_json(data)


def dump_passage(passage: Passage) -> bytes:
    return _PASSAGE.dump_json(passage)


def load_passage(data: bytes) -> Passage:
    """Raises pydantic.ValidationError, a ValueError, where the data is of another shape."""
    return _PASSAGE.validate_json(data)
