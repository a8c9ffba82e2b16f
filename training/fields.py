"""Learns which words belong to which field of work, from the job directory ROME: assistant/matching/fields.safetensors.

    python -m training.fields DATA/rome_v460

Source: ROME 4.0, France Travail, Licence Ouverte 2.0. Only statistics leave here: a stem's log-odds in each of the
directory's 110 fields (the letter and two digits of a job's code).
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from index.words import terms

OUT = Path(__file__).resolve().parents[1] / "assistant" / "matching" / "fields.safetensors"
FIELD = slice(0, 3)  # of a job's code: M1805 belongs to M18
PRIOR = 30.0  # stems that a field borrows from all fields together
LOW, HIGH = -1.5, 3.5  # log-odds: beyond, a single word would decide for a whole line
STEPS = 127 / HIGH  # log-odds are kept as whole numbers of 8 bits
RARE = 0.02


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"unix_{name}_v460_utf8.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def wordings(folder: Path) -> Iterator[tuple[str, str, float]]:
    """A field, a text that the directory gives one of its jobs, and its weight."""
    for row in table(folder, "referentiel_appellation"):
        yield row["code_rome"][FIELD], row["libelle_appellation_court"], 2.0
    for row in table(folder, "referentiel_code_rome"):
        yield row["code_rome"][FIELD], row["libelle_rome"], 2.0
    for row in table(folder, "texte"):
        if row["libelle_type_texte"] == "definition":
            yield row["code_rome"][FIELD], row["libelle_texte"], 1.0
    items = {row["code_ogr"]: row["libelle"] for row in table(folder, "item")}
    links = [(row["code_rome"], row["code_ogr"]) for row in table(folder, "coherence_item")]
    spread = Counter(item for _, item in links)
    for job, item in links:
        if item in items:
            yield job[FIELD], items[item], spread[item] ** -0.5  # what every job asks for says little


def count(texts: Iterator[tuple[str, str, float]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for field, text, weight in texts:
        for stem in set(terms(text)):
            counts[field][stem] += weight
    return counts


def log_odds(counts: dict[str, Counter[str]]) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
    """Fields, stems, log-odds of shape (stems, fields) clipped to [LOW, HIGH], and each stem's weight overall."""
    fields = sorted(counts)
    everywhere: Counter[str] = Counter()
    for field in fields:
        everywhere.update(counts[field])
    stems = sorted(everywhere)
    total = math.fsum(everywhere.values())
    share = np.array([everywhere[s] / total for s in stems])
    odds = np.empty((len(stems), len(fields)))
    for j, field in enumerate(fields):
        size = math.fsum(counts[field].values())
        borrowed = PRIOR + 3 * math.sqrt(size)
        found = np.array([counts[field][s] for s in stems])
        odds[:, j] = np.log((found + borrowed * share + RARE) / ((size + borrowed) * share + RARE))
    return fields, stems, np.clip(odds, LOW, HIGH), np.array([everywhere[s] for s in stems])


def moves(folder: Path, fields: list[str]) -> np.ndarray:
    """Share of the job changes proposed from a field that lead to another, shape (fields, fields)."""
    place = {field: i for i, field in enumerate(fields)}
    found = np.zeros((len(fields), len(fields)), np.float32)
    for row in table(folder, "rubrique_mobilite"):
        found[place[row["code_rome"][FIELD]], place[row["code_rome_cible"][FIELD]]] += 1
    return found / np.maximum(found.sum(axis=1, keepdims=True), 1)


def save(
    fields: list[str], stems: list[str], odds: np.ndarray, weight: np.ndarray, near: np.ndarray, out: Path
) -> None:
    tensors = {"moves": near, "odds": np.round(odds * STEPS).astype(np.int8), "weight": weight.astype(np.float32)}
    notice = "statistics of ROME 4.0, France Travail, Licence Ouverte 2.0"
    save_file(
        tensors,
        out,
        metadata={
            "format": "1",
            "fields": " ".join(fields),
            "stems": " ".join(stems),
            "step": repr(1 / STEPS),
            "source": notice,
        },
    )


def main() -> None:
    folder = Path(sys.argv[1])
    fields, stems, odds, weight = log_odds(count(wordings(folder)))
    save(fields, stems, odds, weight, moves(folder, fields), OUT)
    print(f"{len(stems)} stems, {len(fields)} fields, {OUT.stat().st_size // 1024} KB: {OUT}")


if __name__ == "__main__":
    main()
