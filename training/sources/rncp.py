"""RNCP exports of 2021 and 2026: titles, blocks, ROME, Formacode; and the genuine XML fiches (Licence Ouverte)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from training.pair import Pair
from training.sources.table import rows

BLOCKS = ("rncp_blocs_competences.v1.2.utf8.csv", "rncp_blocs_competences.v1.4.utf8.csv")


def titles(data: Path) -> dict[str, str]:
    """The title of each fiche, by number ("RNCP38822"); the newest export wins."""
    found = {r["Numero_Fiche"]: r["Intitule"] for r in rows(data / "rncp_2021" / "rncp_info.v1.4.utf8.csv", ";")}
    return found | {
        r["numero_fiche"]: r["intitule"] for r in rows(data / "rncp_2026" / "rncp_actives_titres_codes.csv", ";")
    }


def blocks(data: Path) -> dict[str, list[str]]:
    """The titles of each fiche's blocks, by the fiche's number."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in BLOCKS:
        for r in rows(data / "rncp_2021" / name, ";"):
            title = r["intitule"].strip()
            if len(title) > 8 and title not in found[r["CodeRNCP"]]:
                found[r["CodeRNCP"]].append(title)
    return found


def pairs(data: Path) -> Iterator[Pair]:
    named = titles(data)
    yield from _of_blocks(named, blocks(data))
    yield from _of_codes(data, named)
    yield from _of_certif_info(data)
    yield from _of_export(data)


def _of_blocks(named: dict[str, str], found: dict[str, list[str]]) -> Iterator[Pair]:
    for code, blocs in found.items():
        if not (title := named.get(code)):
            continue
        yield from (Pair(b, title, code, "rncp_block") for b in blocs)
        for b in blocs if len(blocs) > 1 else ():
            others = " ; ".join(o for o in blocs if o != b)
            yield Pair(b, f"{title} ; {others[:400]}", code, "rncp_composite", 0.5)


def _of_codes(data: Path, named: dict[str, str]) -> Iterator[Pair]:
    files = (
        ("rncp_2026/export_fiches_CSV_Rome_2026_02_01.csv", "Codes_Rome_Libelle", "Numero_Fiche"),
        ("rncp_2026/export_fiches_CSV_Formacode_2026_02_01.csv", "Formacode_Libelle", "Numero_Fiche"),
        ("rncp_2021/rncp_nsf.v1.4.utf8.csv", "Libelle", "CodeRNCP"),
    )
    for name, label, key in files:
        seen = set()
        for r in rows(data / name, ";"):
            pair = (named.get(r[key], ""), r[label])
            if all(pair) and pair not in seen:
                seen.add(pair)
                yield Pair(*pair, r[key], "rncp_code", 0.35)


def _of_certif_info(data: Path) -> Iterator[Pair]:
    for r in rows(data / "rncp_2026" / "certif_info.csv", ";"):
        if r["Libelle_FormaCode"] and r["Libelle_Diplome"]:
            group = f"RNCP{r['Code_RNCP']}" if r["Code_RNCP"] else f"certif:{r['Code_Diplome']}"
            yield Pair(r["Libelle_Diplome"], r["Libelle_FormaCode"], group, "rncp_code", 0.5)


def _items(text: str) -> list[str]:
    """The items of one of the export's long strings, which have no newlines but runs of blanks."""
    parts = re.split(r"\s{5,}|\n|(?<=[.;])\s+(?=[A-Z-])", text)
    return [item for item in (" ".join(p.split()) for p in parts) if len(item) > 25]


def _of_export(data: Path) -> Iterator[Pair]:
    for path in sorted((data / "rncp_xml_v41").glob("*.xml")):
        for fiche in ElementTree.parse(path).getroot().iter("FICHE"):
            yield from _of_fiche(fiche)


def _of_fiche(fiche: ElementTree.Element) -> Iterator[Pair]:
    code, title = fiche.findtext("NUMERO_FICHE", ""), fiche.findtext("INTITULE", "")
    for block in fiche.iter("BLOC_COMPETENCES"):
        heading = block.findtext("LIBELLE", "")
        for name in ("LISTE_COMPETENCES", "MODALITES_EVALUATION"):
            items = _items(block.findtext(name) or "")
            yield from (Pair(heading, item, code, "rncp_export") for item in items if heading)
            yield from (Pair(a, b, code, "rncp_export") for a, b in pairwise(items))
    for element in fiche:
        yield from (Pair(title, i, code, "rncp_export", 0.5) for i in _items(element.text or "")[:12])
