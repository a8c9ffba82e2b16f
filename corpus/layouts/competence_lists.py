"""Lists that an export flattened into one long string, told apart again by codes, bullets or runs of blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.document import fold_space
from corpus.layouts.infinitives import is_infinitive, opens_with_infinitive
from corpus.layouts.lines import BULLET
from corpus.layouts.numbering import is_below, number_at_start

GAP = re.compile(r"\s{2,}|\n")
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÀ-Ý])")
GLUED = re.compile(
    r"(?<=[a-zà-ÿ)])\s+(?=(?P<verb>[A-ZÀ-Ý][a-zà-ÿ]+)\s+(?:l[ae]s?\s|l['’]|une?\s|des\s|du\s|aux?\s|à\s|s(?:on|a|es)\s))"
)
ENDS = re.compile(r"[.;:!?]$")


@dataclass(slots=True)
class Item:
    """One item: its number where it has one, its words as they stand but for white space, and the items below it."""

    number: str | None
    text: str
    below: list[Item] = field(default_factory=list)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a flattened text: runs of blanks part them, unless the next goes on in lower case."""
    found: list[str] = []
    for chunk in _chunks(text):
        if found and _goes_on(found[-1], chunk):
            found[-1] = f"{found[-1]} {chunk}"
        else:
            found.append(chunk)
    return found


def items_of(text: str) -> tuple[list[str], list[Item]]:
    """What announces the list, and its items; items numbered 1.2.1 stand below the item numbered 1.2."""
    chunks = _chunks(text)
    style = _style(chunks)
    if style == "plain" and len(chunks) == 1:
        chunks = _sentences(chunks[0])
    announced: list[str] = []
    items: list[Item] = []
    for chunk in (piece for long in chunks for piece in _unglued(long)):
        opened = _opened(chunk, style, items)
        if opened:
            items.append(opened)
        elif items:
            items[-1].text = f"{items[-1].text} {chunk}".strip()
        else:
            announced.append(chunk)
    if not items:
        return [], [Item(None, " ".join(announced))] if announced else []
    return announced, _nested([item for item in items if item.text])


def _chunks(text: str) -> list[str]:
    return [fold_space(chunk) for chunk in GAP.split(text) if chunk.strip()]


def _sentences(chunk: str) -> list[str]:
    """A chunk's sentences, each with those after it that do not open with an infinitive."""
    found: list[str] = []
    for sentence in SENTENCE.split(chunk):
        if found and not opens_with_infinitive(sentence):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def _unglued(chunk: str) -> list[str]:
    """A chunk cut before each infinitive that has a capital in the middle of a sentence: an item of its own."""
    cuts = [m.end() for m in GLUED.finditer(chunk) if is_infinitive(m["verb"])]
    return [chunk[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(chunk)], strict=True)]


def _goes_on(before: str, chunk: str) -> bool:
    return (
        (chunk[0].islower() and not before.endswith((".", "!", "?"))) or chunk[0] in ",;:)" or before in ("-", "*", "•")
    )


def _style(chunks: list[str]) -> str:
    """How a list's items are marked: by "codes", by "bullets", or not at all ("plain")."""
    bullets = sum(bool(BULLET.match(chunk)) or chunk in "-*•" for chunk in chunks)
    codes = sum(number_at_start(unmarked(chunk)) is not None for chunk in chunks)
    if codes >= 2 or (codes and codes == len(chunks)):
        return "codes"
    return "bullets" if bullets >= 2 or (bullets and bullets == len(chunks)) else "plain"


def unmarked(chunk: str) -> str:
    """An item without its bullet."""
    mark = BULLET.match(chunk)
    return chunk[mark.end() :] if mark else "" if chunk in "-*•" else chunk


def _opened(chunk: str, style: str, items: list[Item]) -> Item | None:
    """A new item where the chunk opens one; None where it goes on with the last, or announces the first."""
    text = unmarked(chunk)
    marked = text != chunk
    number = number_at_start(text)
    if style == "codes":
        return Item(number.number, text[number.offset :].strip()) if number else None
    if items and not items[-1].text:
        return None
    if style == "bullets":
        follows = bool(items) and opens_with_infinitive(chunk) and chunk[0].isupper()
        return Item(None, text) if marked or follows else None
    if items and _goes_on(items[-1].text, chunk):
        return None
    if opens_with_infinitive(text) or (items and ENDS.search(items[-1].text) and chunk[0].isupper()):
        return Item(number.number if number else None, text[number.offset :] if number else text)
    return None


def _nested(items: list[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        if found and is_below(item.number, found[-1].number):
            found[-1].below.append(item)
        else:
            found.append(item)
    return found


def all_texts(items: list[Item]) -> Iterator[str]:
    """Every item's own words, in reading order."""
    for item in items:
        yield item.text
        yield from all_texts(item.below)
