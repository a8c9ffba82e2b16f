"""`acquis search`: passages, or whole certifications with their blocks, in words, as JSON, as a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

from assistant.cli import records
from assistant.cli.arguments import as_json, at_home, positive
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.disk import put
from assistant.searching.address import with_value
from assistant.searching.export import exported
from assistant.searching.finding import Finder, Findings, FoundCard
from assistant.searching.passages import passages
from corpus.document import Document
from corpus.errors import UsageError
from index import opening
from index.contract import Filters
from index.library import Library

Documents = Callable[[str], Document]
TYPED = ("rome", "nsf", "formacode", "issuer", "kind", "register", "ends_from", "ends_to")


def search_arguments(command: ArgumentParser) -> None:
    at_home(command)
    as_json(command)
    command.add_argument("query", metavar="QUERY")
    _filters(command)
    command.add_argument("--top", type=positive, default=10, metavar="N", help="hits to print (default 10)")
    command.add_argument("--by-certification", action="store_true", help="certifications with their blocks, by page")
    command.add_argument("--page", type=positive, default=1, metavar="N", help="page to print (default 1)")
    command.add_argument("--csv", type=Path, metavar="OUT", help="write the certifications found as CSV")
    command.add_argument("--xlsx", type=Path, metavar="OUT", help="write the certifications found as XLSX")


def _filters(command: ArgumentParser) -> None:
    """What a certification must satisfy; read by `narrowing`."""
    command.add_argument("--level", type=int, metavar="N", help="European level, 1 to 8")
    command.add_argument("--rome", metavar="CODE")
    command.add_argument("--nsf", metavar="CODE")
    command.add_argument("--certification", action="append", default=[], metavar="CODE", help="code or source name")
    command.add_argument("--active", action="store_true", help="only what is in force today")
    command.add_argument("--vae", action="store_true", help="only what is open to validation of experience")
    command.add_argument("--formacode", metavar="CODE")
    command.add_argument("--issuer", metavar="WORDS", help="words of an issuer's name")
    command.add_argument("--type", dest="kind", metavar="TYPE", help="type of diploma: BTS, CAP, TP, BUT, LP, MASTER …")
    command.add_argument("--register", choices=["RNCP", "RS"])
    command.add_argument("--ends-from", metavar="DAY", help="registered at least until 2027, 2027-03-28 or 28/03/2027")
    command.add_argument("--ends-to", metavar="DAY", help="registration ends by then")


def search(arguments: Namespace) -> int:
    """Print what a query finds; filters written among its words count like options."""
    filters, today = narrowing(arguments), date.today()
    library = opening.library(arguments.home)
    if arguments.csv or arguments.xlsx:
        return _export(Finder(library), arguments, filters, today)
    if arguments.by_certification:
        found = Finder(library).find(arguments.query, filters, arguments.page)
        return _print_certifications(found, arguments.json, library.document)
    return _print_passages(library, arguments, filters)


def narrowing(arguments: Namespace) -> Filters:
    """The filters of the options; raises UsageError for one that cannot be."""
    filters = Filters(
        level=arguments.level,
        certifications=tuple(arguments.certification),
        active=arguments.active,
        vae=arguments.vae,
        today=date.today(),
    )
    for field in TYPED:
        given = getattr(arguments, field)
        if given is None:
            continue
        filters = with_value(filters, field, given.upper() if field == "kind" else given)
        if getattr(filters, field) is None:
            option = field.replace("_", "-")
            raise UsageError(
                f"bad value {given!r} for --{option}",
                f"La valeur « {given} » de --{option} n'est pas reconnue : voyez acquis search --help.",
                f"The value “{given}” of --{option} is not known: see acquis search --help.",
            )
    return filters


def _print_passages(library: Library, arguments: Namespace, filters: Filters) -> int:
    page = passages(library, arguments.query, filters, arguments.top, arguments.page)
    found = [records.hit(h, library.document) for h in page.hits]
    if arguments.json:
        records.printed(found)
    else:
        for row in found:
            print(_hit_in_words(row))
    if not found and page.asked.stated:
        print(f"acquis: rien avec : {', '.join(r.words for r in page.asked.stated)}", file=sys.stderr)
    return DONE if found else NOTHING_FOUND


def _print_certifications(found: Findings, as_json: bool, documents: Documents) -> int:
    if as_json:
        free = Filters()
        records.printed({
            "query": found.asked.text,
            "codes": list(found.asked.codes),
            "filters": {
                f.name: value if isinstance(value, (int, str)) else str(value)
                for f in fields(Filters)
                if f.name != "today" and (value := getattr(found.asked.filters, f.name)) != getattr(free, f.name)
            },
            "total": found.total,
            "page": found.number,
            "pages": found.pages,
            "without_filters": found.spared,
            "certifications": [_record(card, documents) for card in found.cards],
            "facets": {f.field: [{"value": v.value, "count": v.count} for v in f.values] for f in found.facets},
        })  # fmt: skip
    else:
        for card in found.cards:
            print(_card_in_words(card))
        if found.spared:
            print(f"acquis: rien avec ces filtres ; sans eux, {found.spared} certification(s)", file=sys.stderr)
    return DONE if found.total else NOTHING_FOUND


def _record(found: FoundCard, documents: Documents) -> records.Record:
    card = found.card
    return {
        **records.referential(card),
        "kind": card.kind,
        "vae": card.vae,
        "replaced_by": list(card.replaced_by),
        "score": round(found.score, 4),
        "found": [{"block": b.number, "hits": [records.hit(h, documents) for h in b.hits]} for b in found.blocks],
    }


def _card_in_words(found: FoundCard) -> str:
    card = found.card
    until = f", jusqu'au {card.until:%d/%m/%Y}" if card.until else ""
    level = f", niveau {card.level}" if card.level else ""
    gone = ", expirée" if card.expired(date.today()) else ""
    blocks = ", ".join(f"bloc {b.number}" for b in found.blocks if b.number is not None)
    return f"{card.code or card.source}  {card.title}{level}{until}{gone}" + (f"\n       {blocks}" if blocks else "")


def _hit_in_words(row: records.Record) -> str:
    name = row["certification"] or row["source"]
    place = f"{name}, bloc {row['block']}" if row["block"] else name
    lines = f"{row['source']}:{row['start_line']}-{row['end_line']}"
    return f"{row['score']:.3f}  {place}  ({lines})\n       {row['text']}"


def _export(finder: Finder, arguments: Namespace, filters: Filters, today: date) -> int:
    cards = finder.every(arguments.query, filters)
    for ending, path in ((".csv", arguments.csv), (".xlsx", arguments.xlsx)):
        if path:
            put(path, exported(ending, cards, today))
    print(f"{len(cards)} certification(s)")
    return DONE if cards else NOTHING_FOUND


COMMANDS = {"search": (search_arguments, search)}
