"""The card of the model that ships: data, licences, training, figures, limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.learn import Settings

TEMPLATE = Path(__file__).resolve().parent / "card.md"


@dataclass(frozen=True, slots=True)
class Run:
    """One training: its settings, pairs, seconds, and (task, queries, recall@1, recall@10) figures."""

    settings: Settings
    pairs: int
    seconds: float
    figures: tuple[tuple[str, int, float, float], ...]


def write_card(path: Path, run: Run) -> None:
    """Fill the template's holes."""
    figures = "\n".join(f"| {name} | {n} | {one:.3f} | {ten:.3f} |" for name, n, one, ten in run.figures)
    s = run.settings
    holes = {name: getattr(s, name) for name in ("pieces", "dim", "batch", "epochs", "rate", "scale", "seed", "drop")}
    filled = TEMPLATE.read_text("utf-8").format(
        figures=figures, pairs=run.pairs, minutes=round(run.seconds / 60), rarity=s.rarity, **holes
    )
    path.write_text(filled, encoding="utf-8")
