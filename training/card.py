"""The card of the model that ships: data, licences, training, figures, limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.learn import Settings

TEMPLATE = Path(__file__).resolve().parent / "card.md"


@dataclass(frozen=True, slots=True)
class Run:
    """A training: its members' settings, pieces, power of evening out, pairs, seconds.

    Attributes:
        figures: name of a task, queries, recall@1, recall@10.
    """

    recipe: tuple[Settings, ...]
    pieces: int
    evened: float
    pairs: int
    seconds: float
    figures: tuple[tuple[str, int, float, float], ...]


def write_card(path: Path, run: Run) -> None:
    """Fill the template's holes."""
    first = run.recipe[0]
    filled = TEMPLATE.read_text("utf-8").format(
        figures="\n".join(f"| {name} | {n} | {one:.3f} | {ten:.3f} |" for name, n, one, ten in run.figures),
        members="\n".join(f"| {s.epochs} | {s.near} | {s.lesson:g} | {s.seed} |" for s in run.recipe),
        pieces=run.pieces,
        pairs=run.pairs,
        evened=run.evened,
        minutes=round(run.seconds / 60),
        **{name: getattr(first, name) for name in ("batch", "rate", "scale", "drop", "rarity")},
    )
    path.write_text(filled, encoding="utf-8")
