"""What a search found as a table to take away: CSV that a French Excel opens as it is, and XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import Lang
from assistant.cells import csv
from assistant.dossier.xlsx import table
from corpus.errors import UsageError
from index.cards import Card
from index.kinds import kinds

COLUMNS = (
    ("certification", "Certification", 16),
    ("title", "Intitulé", 70),
    ("kind", "Type", 14),
    ("level", "Niveau", 8),
    ("active", "En vigueur", 11),
    ("until", "Fin d'enregistrement", 20),
    ("replaced_by", "Remplacée par", 20),
    ("vae", "VAE", 6),
    ("issuers", "Certificateurs", 50),
    ("rome", "ROME", 24),
    ("nsf", "NSF", 14),
    ("formacodes", "Formacodes", 20),
    ("blocks", "Blocs", 8),
    ("source", "Source", 24),
)
ENGLISH = {
    "title": "Title", "kind": "Type", "level": "Level", "active": "In force", "until": "Registered until",
    "replaced_by": "Replaced by", "issuers": "Issued by", "formacodes": "Formacodes", "blocks": "Blocks",
}  # fmt: skip
YES = {"fr": ("oui", "non"), "en": ("yes", "no")}
NAMES = {"fr": "Certifications", "en": "Certifications"}
ENDINGS = (".csv", ".xlsx")


def as_csv(cards: Sequence[Card], today: date, lang: Lang = "fr") -> bytes:
    return csv([_heads(lang), *_rows(cards, today, lang)])


def as_xlsx(cards: Sequence[Card], today: date, lang: Lang = "fr") -> bytes:
    widths = [width for _, _, width in COLUMNS]
    return table(NAMES[lang], list(zip(_heads(lang), widths, strict=True)), _rows(cards, today, lang), lang)


def exported(name: str, cards: Sequence[Card], today: date, lang: Lang = "fr") -> bytes:
    """The file that a name's ending asks for; raises UsageError for another ending than ENDINGS."""
    if name.lower().endswith(".csv"):
        return as_csv(cards, today, lang)
    if name.lower().endswith(".xlsx"):
        return as_xlsx(cards, today, lang)
    raise UsageError(
        f"cannot export to {name!r}, expected one of {ENDINGS}",
        "L'export se fait en .csv ou en .xlsx : donnez un nom de fichier qui finit ainsi.",
        "Results are exported as .csv or .xlsx: give a file name that ends so.",
    )


def _heads(lang: Lang) -> list[str]:
    return [french if lang == "fr" else ENGLISH.get(key, french) for key, french, _ in COLUMNS]


def _rows(cards: Sequence[Card], today: date, lang: Lang) -> Iterator[list[str | int | None]]:
    yes, no = YES[lang]
    for c in cards:
        vae = None if c.vae is None else yes if c.vae else no
        yield [
            c.code,
            c.title,
            kinds()[c.kind].short if c.kind in kinds() else None,
            c.level,
            no if c.expired(today) else yes if c.active or c.until else None,
            c.until.isoformat() if c.until else None,
            ", ".join(c.replaced_by),
            vae,
            ", ".join(c.issuers),
            ", ".join(c.rome),
            ", ".join(c.nsf),
            ", ".join(c.formacodes),
            len(c.blocks),
            c.source,
        ]
