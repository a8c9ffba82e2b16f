"""Which part of an experience's first lines says what the person was, and which says where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.matching.paragraphs import Item, Paragraph
from assistant.matching.titles import CONTRACT, PERSON, is_employer, is_title
from index.words import fold

AT = re.compile(r"\s+(?:chez|at|pour le compte de)\s+")
CAPITALS = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’/() -]{2,80}[A-ZÀ-Þ)](?P<cut>\s{1,4})(?=(?:à|au|aux)\s|[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ])"
)


def complete(listed: Sequence[Item]) -> bool:
    """True where parts name a job and something besides that may be its employer."""
    named = _named(listed)
    return len(named) > 1 and any(is_title(p.whole) for p in named)


def titles_second(found: Sequence[Sequence[Item]]) -> bool:
    """True where this CV says where before what, as far as headers tell that have one part for a title.

    Args:
        found: the parts of each header, in order.
    """
    firsts = []
    for listed in found:
        kept = _named(listed)
        titled = [place for place, p in enumerate(kept) if is_title(p.whole)]
        if len(kept) > 1 and len(titled) == 1:
            firsts.append(titled[0] == 0)
    return len(firsts) > 1 and 2 * sum(firsts) < len(firsts)


def roles(lines: Sequence[Paragraph], listed: Sequence[Item], second: bool) -> tuple[Item | None, Item | None]:
    """Title and employer among the parts of a header.

    Args:
        lines: those of the header.
        second: whether titles usually come after employers in this CV.
    """
    kept = _named(listed) or list(listed)
    if not kept:
        return None, None
    titled = [p for p in kept if is_title(p.whole) and not is_employer(p.whole)]
    titled = titled or [p for p in kept if is_title(p.whole)] or [p for p in listed if PERSON.match(_folded(p))]
    title = titled[-1 if second else 0] if titled else None
    if title is None:
        title = next((p for p in kept if not is_employer(p.whole)), kept[0])
    others = [p for p in kept if p is not title]
    employer = next((p for p in others if is_employer(p.whole)), others[0] if others else None)
    return title, _named_beside(lines, title, listed) or employer


def _named(listed: Sequence[Item]) -> list[Item]:
    """The parts that are no contract."""
    return [p for p in listed if not CONTRACT.match(_folded(p))]


def _named_beside(lines: Sequence[Paragraph], title: Item, listed: Sequence[Item]) -> Item | None:
    """The employer that the title's own line names: after « chez », or where a title in capitals ends."""
    line = next((line for line in lines if line.line <= title.line and title.whole in line.text), None)
    after = line.text.partition(title.whole)[2] if line else ""
    at = AT.match(after)
    if not at and (
        not CAPITALS.match(f"{title.whole}{after}") or any(is_employer(p.whole) for p in listed if p is not title)
    ):
        return None
    said = after[at.end() :] if at else after.lstrip()
    return next((p for p in listed if p is not title and said.startswith(p.whole)), None)


def _folded(item: Item) -> str:
    return fold(item.whole).replace("’", "'")
