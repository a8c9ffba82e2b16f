"""The numbers and bullets that Word shows before paragraphs but does not store with them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DEEPEST = 20  # styles based on one another; a circle ends there


class Level(NamedTuple):
    """How one level of a list is numbered: "decimal", "%1.%2", 1."""

    form: str
    text: str
    start: int


class Numbering:
    """Labels for the paragraphs of one document, which must be asked for in document order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = _styled(styles) if styles is not None else {}
        self._counters: dict[str, list[int]] = defaultdict(lambda: [0] * 9)

    def label(self, paragraph: Any) -> str:
        """What Word shows before a paragraph, "" for nothing."""
        number, depth = self._place(paragraph)
        abstract, levels = self._lists.get(number, ("", {}))
        if depth not in levels:
            return ""
        counters = self._counters[abstract]
        counters[depth] = counters[depth] + 1 if counters[depth] else levels[depth].start
        counters[depth + 1 :] = [0] * (8 - depth)
        if levels[depth].form == "bullet":
            return "•"
        return re.sub(r"%([1-9])", lambda m: _written(levels, counters, int(m[1]) - 1), levels[depth].text).strip()

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list that a paragraph belongs to, by itself or by its style, and how deep."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        number, depth = self._styles.get(style.get(_VAL) if style is not None else "", ("", 0))
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            number, depth = _value(own, "numId", number), int(_value(own, "ilvl", str(depth)))
        return number, min(max(depth, 0), 8)


def _written(levels: dict[int, Level], counters: list[int], depth: int) -> str:
    if depth not in levels:
        return ""
    form, value = levels[depth].form, counters[depth] or levels[depth].start
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    return f"{value:02d}" if form == "decimalZero" else "" if form == "none" else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        written += sign * min(count, 9)
    return written


def _lists(numbering: Any) -> dict[str, tuple[str, dict[int, Level]]]:
    """Each list's pattern and levels; lists of one pattern count on together."""
    patterns = {
        pattern.get(f"{_W}abstractNumId"): {
            int(level.get(f"{_W}ilvl", "0")): Level(
                _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(_value(level, "start", "1"))
            )
            for level in pattern.findall(f"{_W}lvl")
        }
        for pattern in numbering.findall(f"{_W}abstractNum")
    }
    found = {}
    for item in numbering.findall(f"{_W}num"):
        number, pattern = item.get(f"{_W}numId"), _value(item, "abstractNumId", "")
        restarts = item.find(f"{_W}lvlOverride/{_W}startOverride") is not None
        found[number] = (f"{pattern}/{number}" if restarts else pattern, patterns.get(pattern, {}))
    return found


def _styled(styles: Any) -> dict[str, tuple[str, int]]:
    """The list and depth that a paragraph style brings, its own or its ancestors'."""
    by_name = {style.get(f"{_W}styleId"): style for style in styles.findall(f"{_W}style")}
    found = {}
    for name, style in by_name.items():
        for _ in range(_DEEPEST):
            own = style.find(f"{_W}pPr/{_W}numPr") if style is not None else None
            if own is not None:
                found[name] = (_value(own, "numId", ""), int(_value(own, "ilvl", "0")))
            if style is None or own is not None:
                break
            style = by_name.get(_value(style, "basedOn", ""))
    return found


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(_VAL, default) if child is not None else default
