"""How well two wordings of one competence are found again among others: `python -m benchmarks.comparing`.

ESCO gives many skills and occupations a second French wording beside their label: pairs of wordings by people, none
of those used here seen in training. Each trial is two lists of 30: 20 skills in both, worded anew, 10 only
before, 10 only after, all of them neighbours in meaning, as the competences of one certification are. The thresholds
of `assistant/comparison` were chosen on the tune part and on a harder table: the competences of one fiche parted at
random into two halves, where every pair is false and the right one is not there. Figures are to be quoted from the test
part. A last line tells what would be paired between unrelated certifications.
"""

from __future__ import annotations

import os
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.comparison import compare as comparing
from assistant.comparison.alike import alike, identity, unnumbered
from assistant.comparison.assignment import assigned
from assistant.comparison.comparison import Kind, counted
from corpus.document import Document
from corpus.layouts import recognise
from corpus.reading import read
from corpus.referential import Referential
from index.contract import Encoder
from index.encoder import configured_encoder
from training.pair import held_out
from training.sources import esco

SHARED = Path(os.environ.get("ACQUIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TRIALS, COMMON, ALONE = 60, 20, 10
WORDS = 3
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
Trial = tuple[list[str], list[str]]  # the first COMMON of both lists are the same skills


def reworded(data: Path) -> list[tuple[str, str, str]]:
    """Address, another wording and the label of each held-out concept that has one, of three words at least."""
    found = []
    for uri, concept in esco.concepts(data).items():
        others = [t for t in (*concept.fr[1:], *concept.fr_alt) if len(t.split()) >= WORDS]
        if held_out(uri) and concept.fr and len(concept.fr[0].split()) >= WORDS and others:
            other = max(others, key=len)
            if identity(other) != identity(concept.fr[0]):
                found.append((uri, other, concept.fr[0]))
    return sorted(found)


def trials(pairs: Sequence[tuple[str, str, str]], encoder: Encoder) -> Iterator[Trial]:
    vectors = encoder.encode_passages([old for _, old, _ in pairs])
    draw = random.Random(1)
    for _ in range(TRIALS):
        near = np.argsort(-(vectors @ vectors[draw.randrange(len(pairs))]))[: COMMON + 2 * ALONE]
        picked = [pairs[i] for i in draw.sample(list(near), len(near))]
        before = [old for _, old, _ in picked[: COMMON + ALONE]]
        after = [new for _, _, new in (*picked[:COMMON], *picked[COMMON + ALONE :])]
        yield before, after


def measured(found: Sequence[Trial], encoder: Encoder, least: float) -> tuple[float, float]:
    """Precision and recall of the pairs."""
    right = made = 0
    for before, after in found:
        pairs = assigned(comparing.gains(alike(before, after, encoder), least))
        right += sum(i == j < COMMON for i, j in pairs)
        made += len(pairs)
    return right / max(made, 1), right / (COMMON * len(found))


def halves(fiches: Sequence[Referential], encoder: Encoder, least: float) -> float:
    """The share of competences paired between two halves of one fiche."""
    draw, made, possible = random.Random(3), 0, 0
    for fiche in fiches:
        texts = list(dict.fromkeys(unnumbered(c.text) for b in fiche.blocks for c in b.competences))
        for _ in range(4):
            draw.shuffle(texts)
            half = len(texts) // 2
            made += len(assigned(comparing.gains(alike(texts[:half], texts[half:], encoder), least)))
            possible += half
    return made / possible


def unrelated(document: Document, fiches: Sequence[Referential], encoder: Encoder) -> None:
    """What is found alike between certifications that have nothing to do with each other."""
    totals = dict.fromkeys(Kind, 0)
    blocks = pairs = 0
    for before in fiches:
        for after in fiches:
            if {c.code[:3] for c in before.nsf} & {c.code[:3] for c in after.nsf}:
                continue
            found = comparing.compare(before, after, encoder, lambda _: document)
            pairs += 1
            blocks += counted(found.blocks)[Kind.REWORDED]
            for kind, count in counted(found.changes).items():
                totals[kind] += count
    print(f"\n{pairs} pairs without a common NSF: {blocks} blocks paired; competences {totals}")


def main() -> int:
    encoder = configured_encoder()
    pairs = reworded(SHARED / "data")
    parts = {"tune": [p for p in pairs if zlib.crc32(p[0].encode()) % 2], "test": []}
    parts["test"] = [p for p in pairs if p not in parts["tune"]]
    for name, part in parts.items():
        found = list(trials(part, encoder))
        print(f"{name}: {len(part)} labels worded anew")
        for least in THRESHOLDS:
            precision, recall = measured(found, encoder, least)
            print(f"  {least:.2f}  precision {precision:.3f}  recall {recall:.3f}")
    document = read(SHARED / "data" / "rncp_xml_v41" / "export_fiches_RNCP_fixture.xml")
    fiches = [r for r in recognise(document) if r.blocks]
    print("halves of one fiche, paired in error")
    for least in THRESHOLDS:
        print(f"  {least:.2f}  {halves(fiches, encoder, least):.3f}")
    unrelated(document, fiches, encoder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
