"""What can be chosen from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Library


MOST = 500  # names in a list; others can be typed


def certifications(library: Library) -> list[tuple[str, str]]:
    """(what to show, what to pass on) for each certification, once, by name."""
    named = {r.code or r.source: r.name for r in library.referentials()}
    return sorted((name, value) for value, name in named.items())[:MOST]
