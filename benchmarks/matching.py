"""How well CVs are matched, and turned away: python -m benchmarks.matching [SHARED]

1. Labelled sets: the development set, the independent one, and an invented one of neighbours within computing and of
   trades far from it. For each: top1, reject, states, time; for all together a reliability table.
2. Trades: CVs put together from the job directory ROME (a job title, some of its competences) against certifications of
   the national export, which name the jobs that they lead to. Accepted: CVs of such a job. Turned away: CVs of a job of
   another family of trades. The words of fields were learned from the same directory: this measures rules, not words.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.matching.evidence import BlockMatch, State
from assistant.matching.match import Matcher
from benchmarks.match_sets import INVENTED, QUALITY, Labelled, cv_of, exported, genuine, invented, labelled, named
from corpus.document import Document
from corpus.referential import Referential
from index.encoder import default_encoder

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAID = 5  # competences in a made CV
OWN, OTHERS = 10, 40  # made CVs of a certification's jobs, and of other trades
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # lower ends


@dataclass(slots=True)
class Outcome:
    """What came of a set: each entry whether it was right.

    Attributes:
        blocks: of each labelled pair whose best block is shown: its state, its score, right or not.
        competences: of the shown competences of right blocks and of certifications that do not fit: state, strength
            of the best evidence, right or not.
    """

    top1: list[bool] = field(default_factory=list)
    reject: list[bool] = field(default_factory=list)
    states: Counter[State] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    blocks: list[tuple[State, float, bool]] = field(default_factory=list)
    competences: list[tuple[State, float, bool]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        top1, reject = _mean(self.top1), _mean(self.reject)
        found = {"top1": top1, "reject": reject, "mean of both": (top1 + reject) / 2}
        found |= {f"competences {s.value}": self.states[s] / max(1, self.states.total()) for s in State}
        return found | {"seconds a CV, first": self.seconds[0], "seconds a CV, then": _mean(self.seconds[1:])}


def outcome(matcher: Matcher, referentials: Sequence[Referential], rows: Sequence[Labelled]) -> Outcome:
    """A set's outcome; labels of certifications that are not there are passed over."""
    known, found = named(referentials), Outcome()
    for row in rows:
        held = {name: known[name] for name in (*row.expected, *row.none) if name in known}
        start = time.perf_counter()
        matches = matcher.match(row.cv, list(held.values()))
        found.seconds.append(time.perf_counter() - start)
        found.states.update(c.state for m in matches for c in m.competences)
        for name, referential in held.items():
            blocks = [m for m in matches if (m.source, m.certification) == (referential.source, referential.code)]
            _judge(found, blocks, row.expected.get(name, ()))
    return found


def _judge(found: Outcome, blocks: Sequence[BlockMatch], expected: Sequence[int]) -> None:
    """Enter one pair of a CV and a certification; `expected` is empty where it does not fit."""
    best = blocks[0] if blocks else None
    shown = best is not None and best.state is not State.ABSENT
    right = shown and best.block in expected
    (found.top1 if expected else found.reject).append(right and bool(best.evidence) if expected else not shown)
    if shown:
        found.blocks.append((best.state, best.score, right))
    for block in blocks:
        if block.block in expected or not expected:
            backed = [c for c in block.competences if c.evidence]
            found.competences += [(c.state, c.evidence[0].strength, bool(expected)) for c in backed]


def development(matcher: Matcher, referentials: Sequence[Referential], gold: Path) -> dict[str, float]:
    return outcome(matcher, referentials, labelled(gold)).figures()


def reliability(entries: Sequence[tuple[State, float, bool]]) -> Iterator[tuple[str, int, float]]:
    """For each state, and for each bin of what the matcher gives, how many entries it has and what share is right."""
    for state in State:
        chosen = [right for s, _, right in entries if s is state]
        if chosen:
            yield state.value, len(chosen), _mean(chosen)
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        chosen = [right for _, value, right in entries if low <= value < high]
        if chosen:
            yield f"{low:.1f} to {min(high, 1.0):.1f}", len(chosen), _mean(chosen)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


class Jobs:
    """ROME: for each job code its titles and its competences."""

    def __init__(self, folder: Path) -> None:
        self.titles: dict[str, list[str]] = {}
        for row in _table(folder, "referentiel_appellation"):
            self.titles.setdefault(row["code_rome"], []).append(row["libelle_appellation_court"])
        named = {r["code_ogr"]: r["libelle_competence"] for r in _table(folder, "referentiel_competence")}
        self.competences: dict[str, list[str]] = {}
        for row in _table(folder, "coherence_item"):
            if row["code_ogr"] in named:
                self.competences.setdefault(row["code_rome"], []).append(named[row["code_ogr"]])

    def cv(self, code: str, draw: random.Random) -> Document:
        said = draw.sample(self.competences[code], min(SAID, len(self.competences[code])))
        title = draw.choice(self.titles[code]).split(" / ")[0]
        return cv_of("\n".join([f"{title} – Bordeaux – 2015 à 2022", *(f"- {s}" for s in said)]))


def _table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"unix_{name}_v460_utf8.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def trades(matcher: Matcher, referentials: Sequence[Referential], jobs: Jobs) -> Iterator[tuple[str, float, float]]:
    """For each certification that names jobs: its name, shares of CVs accepted, and of other trades turned away."""
    draw = random.Random(5)
    known = sorted(set(jobs.titles) & set(jobs.competences))
    for referential in referentials:
        codes = [c.code for c in referential.rome if c.code in known]
        if not codes or not referential.blocks:
            continue
        strangers = [c for c in known if c[0] not in {own[0] for own in codes}]
        own = [_accepts(matcher, referential, jobs.cv(draw.choice(codes), draw)) for _ in range(OWN)]
        other = [_accepts(matcher, referential, jobs.cv(draw.choice(strangers), draw)) for _ in range(OTHERS)]
        yield referential.name, _mean(own), 1 - _mean(other)


def _accepts(matcher: Matcher, referential: Referential, cv: Document) -> bool:
    return any(m.state is not State.ABSENT for m in matcher.match(cv, [referential]))


def sets(shared: Path) -> Iterator[tuple[str, list[Referential], list[Labelled]]]:
    """The labelled sets, each with what it is held against."""
    five = genuine(shared)
    yield "dev", five, labelled(shared / "eval" / "dev" / "match.jsonl")
    yield "independent", five, labelled(QUALITY / "independent" / "matches.jsonl")
    yield "invented", [*invented(), *exported(shared)], labelled(INVENTED / "matches.jsonl")


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    matcher, whole = Matcher(default_encoder()), Outcome()
    for name, referentials, rows in sets(shared):
        found = outcome(matcher, referentials, rows)
        whole.blocks += found.blocks
        whole.competences += found.competences
        print(f"\n{name}: {len(rows)} CVs, {len(found.top1)} pairs that fit, {len(found.reject)} that do not")
        for figure, value in found.figures().items():
            print(f"{figure:24s} {value:.3f}")
    for title, entries in (("best block, by score", whole.blocks), ("competences, by strength", whole.competences)):
        print(f"\n{title:24s} {'count':>6s} {'right':>6s}")
        for label, count, right in reliability(entries):
            print(f"{label:24s} {count:6d} {right:6.2f}")
    rows = list(trades(matcher, [*genuine(shared), *exported(shared)], Jobs(shared / "data" / "rome_v460")))
    print(f"\n{'accepted':>8s} {'turned away':>12s}")
    for name, own, other in rows:
        print(f"{own:8.2f} {other:12.2f}  {name[:70]}")
    print(f"{_mean([r[1] for r in rows]):8.2f} {_mean([r[2] for r in rows]):12.2f}  all")


if __name__ == "__main__":
    main()
