"""Queries made from open data whose right certifications the data tell: titles, jobs, acronyms.

- title: a title of Certif-Info (Onisep, Licence Ouverte 2.0), whose row gives the number of the fiche.
- job: a title of ROME 4.0 in its masculine or feminine form; right is every fiche in force that lists its code, or
  where none does the code that it was part of.
- acronym: a type of diploma and the initials of a title of that type, as people say "BTS MCO"; right is every fiche of
  that type whose title has these initials. The initials are made here by a rule of this file, not by the program's.

Half of them are for tuning and half for the test, by a hash of their words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from training.sources.table import rows

EACH = {"title": 500, "job": 500, "acronym": 300}
TYPES = {
    "Brevet de technicien supérieur": "BTS",
    "Certificat d'aptitude professionnelle": "CAP",
    "Bachelor universitaire de technologie": "BUT",
    "Titre professionnel": "TP",
    "Baccalauréat professionnel": "bac pro",
    "Diplôme universitaire de technologie": "DUT",
    "Brevet professionnel": "BP",
    "Diplôme d'études universitaires scientifiques et techniques": "DEUST",
}
SMALL = frozenset(re.findall(r"\w+", "a au aux d de des du en et l la le les ou par pour sur à un une dans avec"))
LETTERS = range(2, 7)  # of an acronym that people use


@dataclass(frozen=True, slots=True)
class Fiche:
    """A fiche of the export.

    Attributes:
        label, short: its type of diploma in full and abbreviated, as the export says.
        jobs: the jobs to which it leads.
        parts: its lists and paragraphs; `text` is all that it says.
        genuine: the number of the genuine fiche whose contents it has.
    """

    code: str
    title: str
    label: str
    short: str
    active: bool
    rome: tuple[str, ...]
    jobs: str
    blocks: str
    parts: tuple[str, ...]
    text: str
    genuine: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its kind, and the genuine numbers of the certifications that are right."""

    text: str
    kind: str
    right: frozenset[str]

    @property
    def tuning(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


def fiches(export: Path) -> list[Fiche]:
    """All fiches of an export, in its order; a copy under an invented number counts as what it copies."""
    found: list[Fiche] = []
    for body in _bodies(export):
        code = _tag(body, "NUMERO_FICHE")
        number = int(re.sub(r"\D", "", code))
        genuine = found[number - INVENTED].code if number >= INVENTED else code
        abbreviated = _tag(body, "ABREGE")
        plain = re.sub(r"<[^>]+>", " ", re.sub(r"<PARTENAIRES>.*?</PARTENAIRES>", " ", body, flags=re.DOTALL))
        found.append(
            Fiche(
                code=code,
                title=_tag(body, "INTITULE"),
                label=_tag(abbreviated, "LIBELLE"),
                short=_tag(abbreviated, "CODE"),
                active="<ACTIF>Oui</ACTIF>\n<ACCESSIBLE" in body,
                rome=tuple(re.findall(r"<CODE>(.*?)</CODE>", _tag(body, "CODES_ROME"))),
                jobs=_tag(body, "TYPE_EMPLOI_ACCESSIBLES"),
                blocks=" ; ".join(re.findall(r"</CODE><LIBELLE>(.*?)</LIBELLE><LISTE", body)),
                parts=tuple(text for _, text in re.findall(rf"<({PARTS})>(.*?)</\1>", body)),
                text=" ".join(plain.split()),
                genuine=genuine,
            )
        )
    return found


def _bodies(export: Path) -> Iterator[str]:
    lines: list[str] = []
    with export.open(encoding="utf-8") as file:
        for line in file:
            lines.append(line)
            if "</FICHE>" in line:
                yield "".join(lines)
                lines = []


def _tag(body: str, name: str) -> str:
    match = re.search(rf"<{name}>(.*?)</{name}>", body, re.DOTALL)
    found = match[1] if match else ""
    return found.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def queries(data: Path, held: list[Fiche]) -> list[Asked]:
    """The same queries for the same data and fiches, of each kind as many as EACH says, drawn by lot."""
    made = {"title": _titles(data, held), "job": _jobs(data, held), "acronym": _acronyms(held)}
    found = []
    for kind, right in made.items():
        texts = sorted(right)
        Random(kind).shuffle(texts)
        found += [Asked(text, kind, frozenset(right[text])) for text in texts[: EACH[kind]]]
    return found


def _titles(data: Path, held: list[Fiche]) -> Mapping[str, set[str]]:
    there = {f.code for f in held}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(data / "rncp_2026" / "certif_info.csv", ";"):
        for prefix, number in (("RNCP", row["Code_RNCP"]), ("RS", row["Code_RS"])):
            if number and f"{prefix}{number}" in there:
                found[" ".join(row["Libelle_Diplome"].split())].add(f"{prefix}{number}")
    return found


def _jobs(data: Path, held: list[Fiche]) -> Mapping[str, set[str]]:
    listing: dict[str, set[str]] = defaultdict(set)
    for fiche in held:
        for code in fiche.rome if fiche.active else ():
            listing[code].add(fiche.genuine)
    found: dict[str, set[str]] = {}
    for row in rows(data / "rome_v460" / "unix_referentiel_appellation_v460_utf8.csv"):
        right = listing.get(row["code_rome"]) or listing.get(row["code_rome_parent"])
        if right and row["peu_usite"] != "O":
            found[_spoken(row["libelle_appellation_long"])] = right
    return found


def _spoken(title: str) -> str:
    """The masculine or the feminine of "Chef / Cheffe de chantier", by lot."""
    masculine, slash, feminine = title.partition(" / ")
    if not slash:
        return title
    own = masculine.split()
    if hashlib.sha256(title.encode()).digest()[0] % 2:
        return feminine
    return " ".join([*own, *feminine.split()[len(own) :]])


def _acronyms(held: list[Fiche]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for fiche in held:
        short = TYPES.get(fiche.label)
        letters = _initials(re.split(r"[:,(]| option| parcours| - ", fiche.title, maxsplit=1)[0]) if short else ""
        if len(letters) in LETTERS:
            found[f"{short} {letters}"].add(fiche.genuine)
    return {text: right for text, right in found.items() if len(right) <= MANY}


def _initials(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.replace("’", "'")).encode("ascii", "ignore").decode()
    words = [w for w in re.findall(r"[A-Za-z]+", plain) if w.lower() not in SMALL]
    return "".join(w if w.isupper() and len(w) > 1 and not plain.isupper() else w[0] for w in words).upper()


PARTS = "ACTIVITES_VISEES|CAPACITES_ATTESTEES|TYPE_EMPLOI_ACCESSIBLES|OBJECTIFS_CONTEXTE|LISTE_COMPETENCES"
INVENTED = 900_000  # from this number on fiches are copies of others, in the order of the export
MANY = 5  # fiches that one acronym may mean: beyond, nobody could tell which one was meant
