"""ESCO: labels of skills and occupations in French and English, and their English descriptions (CC BY 4.0)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from training.pair import Pair
from training.sources.table import rows

FRENCH = ("skills_fr_v1.0.csv", "skills_fr_v1.2.1.csv", "occupations_fr_v1.0.csv", "occupations_fr_v1.2.1.csv")
ENGLISH = ("skills_en-us_v1.0.csv", "occupations_en_v1.0.csv")
BROADER = "broaderRelationsSkillPillar_v1.0.csv"
COMPOSITE = 4  # labels in a made-up passage


@dataclass(slots=True)
class Concept:
    """What ESCO says of one skill or occupation."""

    fr: list[str] = field(default_factory=list)
    fr_alt: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)
    en_alt: list[str] = field(default_factory=list)
    description: str = ""


def concepts(data: Path) -> dict[str, Concept]:
    """Every concept by its URI, both versions merged."""
    found: dict[str, Concept] = defaultdict(Concept)
    for name in FRENCH + ENGLISH:
        for row in rows(data / "esco" / name):
            concept = found[row["conceptUri"]]
            preferred, others = (concept.fr, concept.fr_alt) if name in FRENCH else (concept.en, concept.en_alt)
            preferred.append(row["preferredLabel"].strip())
            others += [a.strip() for a in row["altLabels"].replace("|", "\n").split("\n") if a.strip()]
            if name in ENGLISH:
                concept.description = " ".join(row.get("description", "").split())
    for concept in found.values():
        for name in ("fr", "fr_alt", "en", "en_alt"):
            setattr(concept, name, [t for t in dict.fromkeys(getattr(concept, name)) if t])
    return found


def pairs(data: Path) -> Iterator[Pair]:
    found = concepts(data)
    for uri, concept in found.items():
        yield from _of_concept(uri, concept)
    yield from _composites(data, found)


def _of_concept(uri: str, c: Concept) -> Iterator[Pair]:
    for fr in c.fr:
        yield from (Pair(alt, fr, uri, "esco_alt") for alt in c.fr_alt if alt != fr)
        yield from (Pair(en, fr, uri, "esco_en_fr") for en in c.en)
        yield from (Pair(en, fr, uri, "esco_en_fr", 0.5) for en in c.en_alt[:4])
        if c.description:
            yield Pair(fr, c.description, uri, "esco_description")
    for en in c.en:
        yield from (Pair(alt, en, uri, "esco_en", 0.7) for alt in c.en_alt[:4])
        if c.description:
            yield Pair(en, c.description, uri, "esco_description", 0.7)
    yield from (Pair(a, b, uri, "esco_alt", 0.3) for a, b in combinations(c.fr_alt[:5], 2))


def _composites(data: Path, found: dict[str, Concept]) -> Iterator[Pair]:
    """Passages that say several things, of which the query asks for one: how referentials are written."""
    children: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "esco" / BROADER):
        if row["conceptUri"] in found and found[row["conceptUri"]].fr:
            children[row["broaderUri"]].append(row["conceptUri"])
    for uris in children.values():
        for start in range(0, len(uris), COMPOSITE):
            some = uris[start : start + COMPOSITE]
            passage = " ; ".join(found[u].fr[0] for u in some)
            for uri in some:
                c = found[uri]
                yield from (Pair(q, passage, uri, "esco_composite", 0.6) for q in (c.fr_alt + c.fr[1:])[:2] + c.en[:1])
