"""Whether a CV can talk itself up: python -m benchmarks.injected [SHARED] [COUNT]

Seeded attacks on the invented CVs of `benchmarks/cvs`, matched to the genuine certifications and held against the same
CV without them. A state may rise from absent to claimed where skills are named in sight; any other rise is a failure.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.matching.clues import FOLDER
from assistant.matching.evidence import BlockMatch, State
from assistant.matching.match import Matcher
from benchmarks.cvs.people import people
from benchmarks.injections import Case, cases, document
from corpus.layouts import recognise
from corpus.reading import read
from corpus.referential import Referential
from index.encoder import default_encoder

SHARED = Path(__file__).resolve().parents[2] / "shared"
RANK = {state: rank for rank, state in enumerate((State.ABSENT, State.CLAIMED, State.PARTIAL, State.PROVEN))}
LONG_ENOUGH = 40  # letters of a sentence worth copying
States = dict[tuple[str, int, int], State]


def states(found: Sequence[BlockMatch]) -> States:
    """The state of each competence, by source, block and place in it."""
    return {(m.source, m.block, i): c.state for m in found for i, c in enumerate(m.competences)}


def rises(case: Case, clean: States, now: States) -> list[tuple[State, State]]:
    """States that the attack has raised beyond what honest words justify."""
    allowed = RANK[State.CLAIMED] if case.claims else RANK[State.ABSENT]
    risen = [(before, now[key]) for key, before in clean.items() if RANK[now[key]] > RANK[before]]
    return [(before, after) for before, after in risen if RANK[after] > allowed]


def sentences(referentials: Sequence[Referential]) -> list[str]:
    return [c.text for r in referentials for b in r.blocks for c in b.competences if len(c.text) >= LONG_ENOUGH]


def terms() -> list[str]:
    """Keywords of computing: the words of our own clues."""
    clues = tomllib.loads((FOLDER / "computing.toml").read_text("utf-8")).values()
    words = (" ".join(word.split()).rstrip("? ") for clue in clues for word in clue["terms"].split(","))
    return sorted({word for word in words if word})


def run(matcher: Matcher, referentials: Sequence[Referential], made: Sequence[Case]) -> Iterator[tuple[Case, list]]:
    known: dict[tuple, States] = {}
    for case in made:
        key = (case.format, case.clean)
        if key not in known:
            known[key] = states(matcher.match(document(case.format, case.clean), referentials))
        now = states(matcher.match(document(case.format, case.lines), referentials))
        yield case, rises(case, known[key], now)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    five = [r for path in sorted((shared / "corpus").glob("*.txt")) for r in recognise(read(path))]
    base = (*people("people"), *people("others"))
    made = cases(base, sentences(five), terms(), count, seed=5)
    tried, failed = Counter[str](), Counter[str]()
    for case, risen in run(Matcher(default_encoder()), five, made):
        tried[case.kind] += 1
        failed[case.kind] += bool(risen)
        if risen and "-v" in sys.argv:
            print(case.kind, case.format, Counter((a.value, b.value) for a, b in risen), case.clean[0].text)
    for kind in tried:
        print(f"{kind:14s} {tried[kind]:4d} CVs, {failed[kind]} in which a state rose without honest words")
    print(f"{'all':14s} {tried.total():4d} CVs, {failed.total()}")


if __name__ == "__main__":
    main()
