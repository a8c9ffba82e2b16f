"""What passes between a reader's process and its parent: plain JSON values, checked on arrival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from corpus.document import Document, Element, Medium, Page


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader finds in a file: a Document before it has a name and a digest.

    Attributes:
        hidden: how many characters were left out because no reader of the page can see them.
    """

    medium: Medium
    lines: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    elements: tuple[Element, ...] = ()
    hidden: int = 0


def pack(extract: Extract) -> dict[str, Any]:
    return {
        "medium": extract.medium,
        "lines": [_encodable(line) for line in extract.lines],
        "pages": [[p.number, p.first, p.last] for p in extract.pages],
        "elements": [[e.path, _encodable(e.text), e.first, e.last] for e in extract.elements],
        "hidden": extract.hidden,
    }


def unpack(reply: dict[str, Any], name: str, digest: str) -> Document:
    """The Document of a reader's reply.

    Raises:
        KeyError, TypeError, ValueError: if the reply is not what `pack` makes.
    """
    if reply["medium"] not in get_args(Medium):
        raise ValueError(f"unknown medium in a reader's reply, expected one of {get_args(Medium)}")
    return Document(
        name=name,
        lines=tuple(_text(line) for line in reply["lines"]),
        digest=digest,
        medium=reply["medium"],
        pages=tuple(Page(int(n), int(first), int(last)) for n, first, last in reply["pages"]),
        elements=tuple(
            Element(tuple(map(_text, path)), _text(text), int(first), int(last))
            for path, text, first, last in reply["elements"]
        ),
        hidden=int(reply["hidden"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} in a reader's reply, expected str")
    return value


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no store can write as UTF-8, replaced."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
