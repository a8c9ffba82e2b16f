"""How a run of a Word document looks, by itself and by its styles: whether anybody can see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.document import Unseen

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _CELL, _BOX = (f"{_W}{n}" for n in ("p", "tbl", "tc", "txbxContent"))
_SMALLEST = 6  # half points
_BRIGHT = 235  # of 255: what is paler in each channel is white on paper
_CHAIN = 12  # styles that one may be based on, one on another


class Looks:
    """Answers for the runs of a document.

    Args:
        document: its root element.
        styles: the root of its styles, None where it has none.
    """

    def __init__(self, document: Any, styles: Any) -> None:
        listed = styles.iter(f"{_W}style") if styles is not None else ()
        self._styles = {style.get(f"{_W}styleId"): style for style in listed}
        # A dark page, or pictures and shapes behind the text, may make white letters visible anywhere.
        self._dark = document.find(f"{_W}background") is not None or _has_ground(document)

    def unseen(self, run: Any) -> Unseen | None:
        """Why nobody can see a run: hidden, under 3 points, or white on nothing that could make it visible."""
        looks = list(self._properties(run))
        vanish, size, colour = (_first(looks, name) for name in ("vanish", "sz", "color"))
        if vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off"):
            return Unseen.MASKED
        if size is not None and (size.get(f"{_W}val") or "").isdigit() and int(size.get(f"{_W}val")) < _SMALLEST:
            return Unseen.TINY
        white = colour is not None and _white(colour.get(f"{_W}val") or "")
        return Unseen.PALE if white and not self._on_colour(run, looks) else None

    def _properties(self, run: Any) -> Iterator[Any]:
        """What sets a run's look, the nearest first: its own, its style's, its paragraph's style's."""
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        own = run.find(f"{_W}rPr")
        if own is not None:
            yield own
            yield from self._of_style(own.find(f"{_W}rStyle"))
        if paragraph is not None:
            yield from self._of_style(paragraph.find(f"{_W}pPr/{_W}pStyle"))

    def _of_style(self, named: Any) -> Iterator[Any]:
        for _ in range(_CHAIN):
            style = self._styles.get(named.get(f"{_W}val")) if named is not None else None
            if style is None:
                return
            if (found := style.find(f"{_W}rPr")) is not None:
                yield found
            named = style.find(f"{_W}basedOn")

    def _on_colour(self, run: Any, looks: list[Any]) -> bool:
        """True where the run, its paragraph, cell, table or text box is coloured, or what is behind may be."""
        if self._dark or any(_shaded(look) for look in looks):
            return True
        for ancestor in run.iterancestors():
            if ancestor.tag == _PARAGRAPH and (
                _shaded(ancestor.find(f"{_W}pPr")) or self._styled(ancestor, "pPr/pStyle")
            ):
                return True
            if ancestor.tag == _CELL and _shaded(ancestor.find(f"{_W}tcPr")):
                return True
            if ancestor.tag == _TABLE and (
                _shaded(ancestor.find(f"{_W}tblPr")) or self._styled(ancestor, "tblPr/tblStyle")
            ):
                return True
            if ancestor.tag == _BOX:  # its filling stands in the shape around it, in one of several ways
                return True
        return False

    def _styled(self, element: Any, where: str) -> bool:
        """True where the style that an element names shades anything."""
        named = element.find("/".join(f"{_W}{step}" for step in where.split("/")))
        style = self._styles.get(named.get(f"{_W}val")) if named is not None else None
        return style is not None and any(_coloured(shade) for shade in style.iter(f"{_W}shd"))


def _first(looks: list[Any], name: str) -> Any:
    return next((found for look in looks if (found := look.find(f"{_W}{name}")) is not None), None)


def _shaded(properties: Any) -> bool:
    if properties is None:
        return False
    highlight = properties.find(f"{_W}highlight")
    if highlight is not None and highlight.get(f"{_W}val") not in ("none", "white"):
        return True
    shade = properties.find(f"{_W}shd")
    return shade is not None and _coloured(shade)


def _coloured(shade: Any) -> bool:
    """True for a shading that white letters would stand out from; a theme's colour may be one."""
    fill = shade.get(f"{_W}fill") or "auto"
    pattern = shade.get(f"{_W}val") or "clear"
    return (
        shade.get(f"{_W}themeFill") is not None
        or pattern not in ("clear", "nil")
        or (fill != "auto" and not _white(fill))
    )


def _has_ground(document: Any) -> bool:
    """True where a picture or a filled shape lies behind the text."""
    wp = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
    return any(anchor.get("behindDoc") in ("1", "true") for anchor in document.iter(wp))


def _white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) > _BRIGHT
    except ValueError:
        return False
