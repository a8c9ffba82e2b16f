"""What passes between a reader's process and its parent: plain JSON values, checked on arrival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from corpus.document import Document, Element, Hidden, Medium, Page, Unseen


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader finds in a file: a Document before it has a name and a digest.

    Attributes:
        unseen: what was left out because no reader of the page can see it.
        torn: numbers of the lines that the next one goes on.
        recognised: pages that were read by character recognition.
    """

    medium: Medium
    lines: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    elements: tuple[Element, ...] = ()
    unseen: tuple[Hidden, ...] = ()
    torn: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()

    @property
    def hidden(self) -> int:
        """How many characters were left out."""
        return sum(h.characters for h in self.unseen if h.reason is not Unseen.WIDTHLESS)


def pack(extract: Extract) -> dict[str, Any]:
    return {
        "medium": extract.medium,
        "lines": [_encodable(line) for line in extract.lines],
        "pages": [[p.number, p.first, p.last] for p in extract.pages],
        "elements": [[e.path, _encodable(e.text), e.first, e.last] for e in extract.elements],
        "unseen": [[h.reason, h.place, h.characters] for h in extract.unseen],
        "torn": extract.torn,
        "recognised": extract.recognised,
    }


def unpack(reply: dict[str, Any], name: str, digest: str) -> Document:
    """The Document of a reader's reply.

    Raises:
        KeyError, TypeError, ValueError: if the reply is not what `pack` makes.
    """
    if reply["medium"] not in get_args(Medium):
        raise ValueError(f"unknown medium in a reader's reply, expected one of {get_args(Medium)}")
    unseen = tuple(Hidden(Unseen(reason), int(place), int(count)) for reason, place, count in reply["unseen"])
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
        hidden=sum(h.characters for h in unseen if h.reason is not Unseen.WIDTHLESS),
        unseen=unseen,
        torn=tuple(map(int, reply["torn"])),
        recognised=tuple(map(int, reply["recognised"])),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} in a reader's reply, expected str")
    return value


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no store can write as UTF-8, replaced."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
