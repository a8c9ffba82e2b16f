"""Which French stems stand for an English one in professional texts: what index/translations.txt holds.

Word alignment by IBM model 1 (Brown et al., 1993) in both directions over labels that name the same thing: ESCO
(European Commission, CC BY 4.0) and FranceTerme (Licence Ouverte 2.0). Probabilities only are kept.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from index.words import content, english_stem, terms
from training.sources.esco import concepts

ROUNDS = 8
ENOUGH = 3  # pairs that hold an English stem, below which nothing is learned of it
LIKELY = 0.2  # the least geometric mean of both directions' probabilities
MOST = 3  # French stems for one English stem
HEAD = """\
# French stems that stand for an English one: <English stem> <French stem>=<weight of 100> …, Snowball's, folded.
# Learned by training/translations.py from ESCO (European Commission, CC BY 4.0) and FranceTerme (Licence Ouverte 2.0).
"""
Words = tuple[str, ...]


def pairs(data: Path) -> Iterator[tuple[Words, Words]]:
    """(English stems, French stems) of labels that name the same thing."""
    for concept in concepts(data).values():
        for fr in concept.fr[:2]:
            for en in (concept.en + concept.en_alt)[:6]:
                yield _english(en), tuple(terms(fr))
        if concept.en:
            yield from ((_english(concept.en[0]), tuple(terms(fr))) for fr in concept.fr_alt[:4])
    for term in json.loads((data / "franceterme" / "terms_recent.json").read_text("utf-8")):
        yield _english(term["english"] or ""), tuple(terms(term["term"]))


def align(sentences: list[tuple[Words, Words]]) -> dict[str, dict[str, float]]:
    """p(target word | source word) by IBM model 1, with an empty source word that takes what none explains."""
    chances: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(lambda: 1.0))
    for _ in range(ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for source, target in sentences:
            for word in target:
                shares = [(s, chances[s][word]) for s in ("", *source)]
                total = sum(share for _, share in shares)
                for s, share in shares:
                    counts[s][word] += share / total
        chances = {s: _scaled(row) for s, row in counts.items()}
    return chances


def table(data: Path) -> dict[str, list[tuple[str, int]]]:
    sentences = [(en, fr) for en, fr in set(pairs(data)) if en and fr]
    seen = Counter(w for en, _ in sentences for w in set(en))
    forth, back = align(sentences), align([(fr, en) for en, fr in sentences])
    found = {}
    for word in sorted(w for w, n in seen.items() if n >= ENOUGH):
        scored = ((f, (p * back.get(f, {}).get(word, 0.0)) ** 0.5) for f, p in forth[word].items())
        best = sorted(((f, p) for f, p in scored if p >= LIKELY and f != word), key=lambda x: -x[1])[:MOST]
        if best:
            found[word] = [(f, round(100 * p)) for f, p in best]
    return found


def main(data: str, out: str) -> None:
    lines = (" ".join([en, *(f"{fr}={p}" for fr, p in row)]) for en, row in table(Path(data)).items())
    Path(out).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _english(text: str) -> Words:
    return tuple(english_stem(w) for w in content(text))


def _scaled(row: dict[str, float]) -> dict[str, float]:
    total = sum(row.values())
    return {word: max(n / total, 1e-9) for word, n in row.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
