"""The words of French and English professional texts and how common each is: what index/lexicon.txt holds.

Counts only; sources: ROME (France Travail), RNCP (France compétences), PIAF (Etalab), legal codes (DILA), CNIL and
service-public.fr sheets, FranceTerme, all Licence Ouverte; ESCO (European Commission, CC BY 4.0).
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.words import surfaces

LIMIT = 20_000  # texts from one source: none outweighs the others by its size alone
SEEN = {"fr": 3, "en": 4}  # in how many texts a word must stand: fewer are mostly misprints and names
STRIDE = 25  # every so many of the 90,000 articles of law
WORD = re.compile(r"[a-z][a-z]+|[a-z+#.]+[0-9#+]+")
HEAD = """\
# How common words are in professional French and English: <word> <10 ln(texts / texts with it)> <language>.
# Counted over ROME, RNCP, PIAF, legal codes, CNIL, service-public.fr and FranceTerme (Licence Ouverte 2.0) and
# ESCO (European Commission, CC BY 4.0) by training/lexicon.py.
"""


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """(language, text) of every source."""
    yield from _column(data / "rome_v460" / "unix_texte_v460_utf8.csv", "libelle_texte", "fr")
    yield from _column(data / "rome_v460" / "unix_item_v460_utf8.csv", "libelle", "fr")
    jobs = data / "rome_v460" / "unix_referentiel_appellation_v460_utf8.csv"
    yield from _column(jobs, "libelle_appellation_long", "fr")
    for kind in ("skills", "occupations"):
        for column in ("preferredLabel", "altLabels"):
            yield from _column(data / "esco" / f"{kind}_fr_v1.2.1.csv", column, "fr")
        for column in ("preferredLabel", "altLabels", "description"):
            name = "skills_en-us_v1.0.csv" if kind == "skills" else "occupations_en_v1.0.csv"
            yield from _column(data / "esco" / name, column, "en")
    yield from _column(data / "rncp_2021" / "rncp_blocs_competences.v1.4.utf8.csv", None, "fr", ";")
    yield from _column(data / "rncp_2021" / "rncp_info.v1.4.utf8.csv", "Intitule", "fr", ";")
    for name in ("piaf/piaf-v1.1.json", "cnil_faq/faq_cnil.json", "cnil_faq/fiches_service_public.json"):
        yield from (("fr", text) for text in _paragraphs(data / name))
    for term in json.loads((data / "franceterme" / "terms_recent.json").read_text("utf-8")):
        yield "fr", f"{term['term']} {term['definition']}"
        yield "en", term["english"] or ""
    with gzip.open(data / "codes" / "codes_en_vigueur.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from (("fr", json.loads(line)["text"][:1500]) for i, line in enumerate(file) if i % STRIDE == 0)


def count(data: Path) -> dict[str, tuple[str, float]]:
    """For each word its language and ln(texts / texts with it), in the language where it is the more common."""
    seen = {"fr": Counter(), "en": Counter()}
    totals = Counter()
    for lang, text in texts(data):
        totals[lang] += 1
        seen[lang].update({w for w in surfaces(text) if WORD.fullmatch(w)})
    found: dict[str, tuple[str, float]] = {}
    for lang, counter in seen.items():
        for word, n in counter.items():
            rarity = math.log(totals[lang] / n)
            if n >= SEEN[lang] and (word not in found or rarity < found[word][1]):
                found[word] = (lang, rarity)
    return found


def main(data: str, out: str) -> None:
    lines = (f"{word} {round(10 * rarity)} {lang}" for word, (lang, rarity) in sorted(count(Path(data)).items()))
    Path(out).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _column(path: Path, column: str | None, lang: str, delimiter: str = ",") -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    for row in rows[:: max(1, len(rows) // LIMIT)]:
        yield lang, (row.get(column) if column else " ".join(v for v in row.values() if isinstance(v, str))) or ""


def _paragraphs(path: Path) -> Iterator[str]:
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield paragraph["context"]
            yield from (qa["question"] for qa in paragraph.get("qas", ()))


if __name__ == "__main__":
    main(*sys.argv[1:])
