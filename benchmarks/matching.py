"""How well CVs are matched, and turned away: python -m benchmarks.matching [SHARED]

1. The development set: top1, reject, verbatim, states, time.
2. Trades: CVs put together from the job directory ROME (a job title, some of its competences) against certifications of
   the national export, which name the jobs that they lead to. Accepted: CVs of such a job. Turned away: CVs of a job of
   another family of trades. The words of fields were learned from the same directory: this measures rules, not words.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.matching.evidence import BlockMatch, State
from assistant.matching.match import Matcher
from corpus.document import Document
from corpus.layouts import recognise
from corpus.reading import read
from corpus.referential import Referential
from index.encoder import default_encoder

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAID = 5  # competences in a made CV
OWN, OTHERS = 10, 40  # made CVs of a certification's jobs, and of other trades


def cv_of(text: str) -> Document:
    return Document("cv.txt", tuple(text.split("\n")), "")


def development(matcher: Matcher, referentials: Sequence[Referential], gold: Path) -> dict[str, float]:
    top1, reject, states, seconds = [], [], Counter[State](), []
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        start = time.perf_counter()
        found = matcher.match(cv_of(row["experience"]), referentials)
        seconds.append(time.perf_counter() - start)
        best = {r.source: next(m for m in found if m.source == r.source) for r in referentials if r.blocks}
        top1 += [_right(best.get(source), blocks) for source, blocks in row["expected"].items()]
        reject += [source not in best or best[source].state is State.ABSENT for source in row["none"]]
        states.update(c.state for m in found for c in m.competences)
    figures = {"top1": _mean(top1), "reject": _mean(reject), "mean of both": (_mean(top1) + _mean(reject)) / 2}
    figures |= {f"competences {s.value}": states[s] / states.total() for s in State}
    return figures | {"seconds a CV, first": seconds[0], "seconds a CV, then": _mean(seconds[1:])}


def _right(best: BlockMatch | None, blocks: Sequence[int]) -> bool:
    return best is not None and best.block in blocks and best.state is not State.ABSENT and bool(best.evidence)


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


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    matcher = Matcher(default_encoder())
    five = [r for path in sorted((shared / "corpus").glob("*.txt")) for r in recognise(read(path))]
    for name, value in development(matcher, five, shared / "eval" / "dev" / "match.jsonl").items():
        print(f"{name:24s} {value:.3f}")
    export = [r for path in sorted((shared / "data" / "rncp_xml_v41").glob("*.xml")) for r in recognise(read(path))]
    rows = list(trades(matcher, [*five, *export], Jobs(shared / "data" / "rome_v460")))
    print(f"\n{'accepted':>8s} {'turned away':>12s}")
    for name, own, other in rows:
        print(f"{own:8.2f} {other:12.2f}  {name[:70]}")
    print(f"{_mean([r[1] for r in rows]):8.2f} {_mean([r[2] for r in rows]):12.2f}  all")


if __name__ == "__main__":
    main()
