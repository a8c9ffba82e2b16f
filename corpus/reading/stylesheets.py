"""Which elements of a web page its styles hide: the element's own, and rules for a tag, a class or an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.document import Unseen

_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MASKED = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0\d*)?(?:;|$)|clip:rect\(0)"
)
_TINY = re.compile(r"(?:^|;)font(?:-size)?:(?:[^;]*\s)?(?:[0-2](?:\.\d+)?(?:px|pt)|0?\.[0-2]\d*r?em|0(?=;|$))")
_OUTSIDE = re.compile(r"(?:^|;)(?:left|top|right|text-indent|margin-left|margin-top):-\d{3,}(?:\.\d+)?(?:px|pt|em)")
_WHITE = re.compile(r"(?:^|;)color:(?:white|#f[a-f0-9]f[a-f0-9]f[a-f0-9]|#fff|rgba?\(25\d,25\d,25\d[,)]|transparent)")
_GROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:(?!none|transparent|white|#fff\b|#ffffff|inherit|initial)")
_REASONS = ((_MASKED, Unseen.MASKED), (_TINY, Unseen.TINY), (_OUTSIDE, Unseen.OUTSIDE))


class Sheets:
    """The styles of a page, as far as simple selectors go."""

    def __init__(self, root: Any) -> None:
        self._rules: dict[str, str] = {}
        for sheet in root.iter("style"):
            self._read(_COMMENT.sub("", "".join(sheet.itertext())))

    def _read(self, sheet: str) -> None:
        for selectors, body in _RULE.findall(sheet):
            for selector in selectors.split(","):
                if (simple := _SIMPLE.fullmatch(selector.strip())) and simple[0]:
                    key = simple[0] if simple[2] == "." and not simple[1] else simple[0].lower()
                    self._rules[key] = f"{self._rules.get(key, '')};{_squeezed(body)}"

    def unseen(self, element: Any) -> Unseen | None:
        """Why a browser would not show an element; white letters count where nothing around them has a ground."""
        if element.get("hidden") is not None:
            return Unseen.MASKED
        style = self._style(element)
        if found := next((reason for pattern, reason in _REASONS if pattern.search(style)), None):
            return found
        return Unseen.PALE if _WHITE.search(style) and not self._on_ground(element) else None

    def _on_ground(self, element: Any) -> bool:
        return any(_GROUND.search(self._style(e)) or e.get("bgcolor") for e in (element, *element.iterancestors()))

    def _style(self, element: Any) -> str:
        return ";".join((*self._applied(element), _squeezed(element.get("style") or "")))

    def _applied(self, element: Any) -> Iterator[str]:
        tag = str(element.tag).lower()
        marks = [f".{c}" for c in (element.get("class") or "").split()]
        marks += [f"#{element.get('id')}"] if element.get("id") else []
        for key in (tag, *marks, *(f"{tag}{mark}" for mark in marks)):
            yield self._rules.get(key, "")


def _squeezed(declarations: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*([:;,(])\s*", r"\1", declarations.strip().lower()))
