"""ROME 4.0 of France Travail: jobs, their other titles, definitions, competences and knowledge (Licence Ouverte)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.pair import Pair
from training.sources.table import rows

PREFIX = "unix_"
SUFFIX = "_v460_utf8.csv"


@dataclass(slots=True)
class Job:
    """What ROME says of one job: other titles, sentences of its definition, competences and knowledge."""

    code: str
    title: str
    titles: list[str] = field(default_factory=list)
    definition: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    competences: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{self.title}. {' '.join(self.definition)}"


def _table(data: Path, name: str) -> Iterator[dict[str, str]]:
    return rows(data / "rome_v460" / f"{PREFIX}{name}{SUFFIX}")


def jobs(data: Path) -> dict[str, Job]:
    """Every job by its code ("M1805")."""
    found = {r["code_rome"]: Job(r["code_rome"], r["libelle_rome"]) for r in _table(data, "referentiel_code_rome")}
    for r in _table(data, "referentiel_appellation"):
        if r["code_rome"] in found:
            found[r["code_rome"]].titles.append(r["libelle_appellation_court"])
    for r in _table(data, "texte"):
        if r["code_rome"] in found:
            job = found[r["code_rome"]]
            (job.definition if r["libelle_type_texte"] == "definition" else job.access).append(r["libelle_texte"])
    labels = {r["code_ogr"]: r["libelle"] for r in _table(data, "item")}
    for r in _table(data, "liens_rome_referentiels"):
        if r["code_compo_bloc"] == "5" and r["code_rome"] in found and r["code_ogr"] in labels:
            found[r["code_rome"]].competences.append(labels[r["code_ogr"]])
    return found


def pairs(data: Path) -> Iterator[Pair]:
    draw = random.Random(460)
    for job in jobs(data).values():
        yield from _of_job(job, draw)
    yield from _macro_competences(data)


def _of_job(job: Job, draw: random.Random) -> Iterator[Pair]:
    for title in job.titles:
        group = f"rome:{title}"
        if title != job.title:
            yield Pair(title, job.title, group, "rome_title")
        yield Pair(title, job.text, group, "rome_definition")
    for sentence in job.definition:
        yield Pair(sentence, job.title, job.code, "rome_sentence")
    for sentence in job.access:
        yield Pair(f"Comment devenir {job.title} ?", sentence, job.code, "rome_access", 0.5)
    for competence in job.competences:
        yield Pair(competence, job.text, job.code, "rome_link", 0.25)
    yield from _composites(job, draw)


def _composites(job: Job, draw: random.Random) -> Iterator[Pair]:
    """A passage of some competences; the query is another title of the job, or a sentence of its definition."""
    shuffled = draw.sample(job.competences, len(job.competences))
    for start in range(0, min(len(shuffled), 40), 5):
        passage = " ; ".join(shuffled[start : start + 5])
        query = draw.choice(job.titles + job.definition) if job.titles or job.definition else job.title
        yield Pair(query, passage, f"rome:{query}", "rome_composite", 0.6)


def _macro_competences(data: Path) -> Iterator[Pair]:
    table = list(_table(data, "referentiel_competence"))
    macro = {r["code_ogr"]: r for r in table if r["nature"].startswith("Macro")}
    members: dict[str, list[str]] = defaultdict(list)
    for r in table:
        if r["definition"]:
            yield Pair(r["libelle_competence"], r["definition"], f"macro:{r['code_ogr']}", "rome_macro")
        if r["code_ogr_macro_comp"] in macro:
            members[r["code_ogr_macro_comp"]].append(r["libelle_competence"])
    for code, labels in members.items():
        parent = macro[code]["libelle_competence"]
        yield from (Pair(label, parent, f"macro:{code}", "rome_macro", 0.5) for label in labels)
