"""General French and English: STS-B, PIAF, CNIL, service-public, FranceTerme and the legal codes."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from training.pair import Pair

WINDOW = 70  # words of a paragraph around its answer
ALIKE = 3.8  # from this STS-B grade on, of 5, two sentences say the same
CODES = ("travail", "education", "commerce", "consommation", "action-sociale", "sante-publique", "propriete")


def pairs(data: Path) -> Iterator[Pair]:
    yield from _sts(data / "stsb_fr")
    yield from _questions(data / "piaf" / "piaf-v1.1.json", "piaf")
    yield from _questions(data / "cnil_faq" / "faq_cnil.json", "cnil")
    yield from _sheets(data / "cnil_faq" / "fiches_service_public.json")
    yield from terms(data / "franceterme")
    yield from _articles(data / "codes" / "codes_en_vigueur.jsonl.gz")


def _sts(folder: Path) -> Iterator[Pair]:
    """Sentences graded alike, and each French sentence with its English counterpart (the files run in parallel)."""
    for part in ("train", "dev"):
        tables = []
        for lang in ("fr", "en"):
            with (folder / f"stsb-{lang}-{part}.csv").open(encoding="utf-8", newline="") as file:
                tables.append(list(csv.reader(file)))
        for number, (fr, en) in enumerate(zip(*tables, strict=True)):
            group = f"sts:{part}:{number}"
            yield from (Pair(f, e, group, "sts_en_fr") for f, e in zip(fr[:2], en[:2], strict=True))
            if float(fr[2]) >= ALIKE:
                yield from (Pair(row[0], row[1], group, "sts") for row in (fr, en))


def window(text: str, start: int) -> str:
    """About 70 words of a text around a position."""
    before, after = text[:start].split()[-WINDOW // 2 :], text[start:].split()[: WINDOW // 2]
    return " ".join(before + after)


def questions(path: Path) -> Iterator[tuple[str, str, str]]:
    """Question, the stretch of its paragraph that holds the answer, and the paragraph's first characters."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for qa in paragraph["qas"]:
                start = max(0, (qa.get("answers") or [{"answer_start": 0}])[0]["answer_start"])
                yield qa["question"], window(text, start), text[:80]


def _questions(path: Path, kind: str) -> Iterator[Pair]:
    for question, passage, group in questions(path):
        yield Pair(question, passage, group, kind, 1.5)


def _sheets(path: Path) -> Iterator[Pair]:
    for sheet in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in sheet["paragraphs"]:
            words = paragraph["context"].split()
            for start in range(0, min(len(words), 1400), WINDOW):
                passage = " ".join(words[start : start + WINDOW])
                yield Pair(sheet["title"], passage, sheet["id"], "service_public", 0.7)


def terms(folder: Path) -> Iterator[Pair]:
    with closing(sqlite3.connect(f"file:{folder / 'franceterme.db'}?immutable=1", uri=True)) as base:
        entries = base.execute(
            "SELECT t.title, t.definition, e.title FROM Term t LEFT JOIN TermEquivalent te ON te.term_id = t._id "
            "LEFT JOIN Equivalent e ON e._id = te.equivalent_id AND e.language LIKE 'en%'"
        ).fetchall()
        variants = base.execute(
            "SELECT t.title, t.definition, v.title FROM Term t JOIN TermVariant tv ON tv.term_id = t._id "
            "JOIN Variant v ON v._id = tv.variant_id"
        ).fetchall()
    for row in json.loads((folder / "terms_recent.json").read_text(encoding="utf-8")):
        entries.append((row["term"], row["definition"], row["english"]))
    for term, definition, variant in variants:
        yield Pair(variant, term, f"terme:{term}", "franceterme", 2.0)
        yield Pair(variant, f"{term} : {definition or ''}", f"terme:{term}", "franceterme")
    for term, definition, english in dict.fromkeys(entries):
        group = f"terme:{term}"
        definition = re.sub(r"<[^>]+>", " ", definition or "")
        if definition:
            yield Pair(term, definition, group, "franceterme")
        if english:
            yield Pair(english, f"{term} : {definition}", group, "franceterme")
            yield Pair(english, term, group, "franceterme")


def _articles(path: Path) -> Iterator[Pair]:
    """A sentence of an article as the query, the rest of it as the passage: inverse cloze (Lee et al. 2019)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if not any(name in entry["code"] for name in CODES):
                continue
            sentences = [s for s in re.split(r"(?<=[.;:])\s+", entry["text"].split("\n", 1)[-1]) if len(s) > 40]
            if len(sentences) > 1:
                rest = " ".join(" ".join(sentences[1:]).split()[:WINDOW])
                yield Pair(sentences[0], rest, entry["path"], "codes", 0.5)
