"""An official source of a certification takes precedence over the notice that we ship of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from index.cards import Card
from index.words import content

NOTICE = "notice"
SAME_TITLE = 90.0  # of 100: "Chef de projet réseau(x)" is one title
NUMBERED = frozenset({"bloc", "blocs", "activite", "activites", "competence", "competences"})
MOST = 0.6  # share of the notice's blocks that the official source must have too


def hidden(cards: Sequence[Card]) -> set[int]:
    """Positions of the notices of which an official source is there too."""
    official = [c for c in cards if c.layout != NOTICE]
    return {i for i, c in enumerate(cards) if c.layout == NOTICE and any(same_certification(c, o) for o in official)}


def same_certification(notice: Card, official: Card) -> bool:
    """True for equal codes or, where one has none, for equal titles or mostly equal titles of blocks."""
    if notice.code and official.code:
        return notice.code == official.code
    return _alike(notice.title, official.title) or _share(notice.blocks, official.blocks) >= MOST


def _share(wanted: Sequence[str], present: Sequence[str]) -> float:
    if not wanted or not present:
        return 0.0
    return sum(any(_alike(w, p) for p in present) for w in wanted) / len(wanted)


def _alike(left: str, right: str) -> bool:
    left, right = _key(left), _key(right)
    return bool(left) and bool(right) and fuzz.ratio(left, right, score_cutoff=SAME_TITLE) > 0


@lru_cache(maxsize=200_000)  # each notice without a code is held against every block of the répertoire
def _key(title: str) -> str:
    """The words of a title that can tell it from another; none for "Bloc 2"."""
    return " ".join(w for w in content(title) if not w.isdigit() and w not in NUMBERED)
