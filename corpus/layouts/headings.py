"""Cutting a document at the headings that its layout is known by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.layouts.lines import Line, bare


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a layout.

    Attributes:
        key: what the stretch below it is called in the program.
        pattern: matched against a line in lower case without accents, from its start.
        tails: further lines that belong to a heading torn over several.
    """

    key: str
    pattern: re.Pattern[str]
    tails: re.Pattern[str] | None = None


@dataclass(slots=True)
class Stretch:
    """What stands below one heading, up to the next.

    Attributes:
        title: the heading's own line, without its colon.
        lines: the rest of the heading's line, if any, and what follows.
    """

    key: str
    title: str
    heading: Line | None
    lines: list[Line] = field(default_factory=list)


def heading(key: str, pattern: str, tails: str | None = None) -> Heading:
    """A heading by a pattern in which a blank stands for any white space, " ?" for white space or none."""
    return Heading(key, _spaced(pattern), _spaced(tails) if tails else None)


def _spaced(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"))


def cut(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Stretch]:
    """The document's stretches in order; the first has no heading and the key ""."""
    stretches = [Stretch("", "", None)]
    pending: re.Pattern[str] | None = None
    for line in lines:
        text = bare(line.text)
        if pending and pending.match(text):
            continue
        pending = None
        found = next(((h, m) for h in headings if (m := h.pattern.match(text))), None)
        if found is None:
            stretches[-1].lines.append(line)
            continue
        mark, match = found
        pending = mark.tails
        stretches.append(Stretch(mark.key, line.text[: match.end()].rstrip(" :\u00a0"), line))
        rest = line.after(match.end())
        if rest:
            stretches[-1].lines.append(rest)
    return stretches


def below(stretches: Sequence[Stretch], key: str) -> tuple[Line, ...]:
    """All lines under the headings of one key, in order."""
    return tuple(line for stretch in stretches if stretch.key == key for line in stretch.lines)
