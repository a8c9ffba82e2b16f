"""`acquis compare`: what two certifications keep, reword, add and drop."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from assistant.api.operations import Operations
from assistant.assistant import Assistant
from assistant.cli.arguments import as_json, at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.comparison.comparison import BlockChange, Change, Comparison, Kind, Worded, counted
from assistant.comparison.table import csv, xlsx
from assistant.disk import put
from corpus.errors import NotHeld, UsageError
from index import opening

ENDINGS = (".csv", ".xlsx", ".json")
SIGNS = {Kind.KEPT: "=", Kind.REWORDED: "~", Kind.NEW: "+", Kind.GONE: "-"}
WORDS = {Kind.KEPT: "conservées", Kind.REWORDED: "reformulées", Kind.NEW: "nouvelles", Kind.GONE: "disparues"}


def compare_arguments(command: ArgumentParser) -> None:
    at_home(command)
    as_json(command)
    command.add_argument("before", metavar="CODE", help="code or source name")
    command.add_argument("after", nargs="?", metavar="CODE", help="by default, what replaces the first")
    command.add_argument("--out", type=Path, metavar="OUT", help="write the comparison as well: .csv, .xlsx or .json")


def compare(arguments: Namespace) -> int:
    if arguments.out:
        _known(arguments.out)  # a name that will not do is told before anything is compared
    operations = Operations(Assistant(opening.library(arguments.home)))
    try:
        found = operations.comparison(arguments.before, arguments.after)
    except NotHeld as error:
        print(f"acquis: {error.hint}", file=sys.stderr)
        return NOTHING_FOUND
    if arguments.out:
        _write(found, operations, arguments.out)
    if arguments.json:
        print(operations.shaped(found).model_dump_json(indent=1))
    else:
        print("\n".join(_told(found)))
    return DONE


def _known(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise UsageError(
            f"{path.name}: no format of this ending, expected one of {known}",
            f"« {path.name} » : donnez au fichier un nom qui finit par {known}.",
            f"“{path.name}”: give the file a name that ends with {known}.",
        )


def _write(found: Comparison, operations: Operations, path: Path) -> None:
    formats = {".csv": csv, ".xlsx": xlsx, ".json": lambda f: operations.shaped(f).model_dump_json(indent=1).encode()}
    put(path, formats[path.suffix.lower()](found))


def _told(found: Comparison) -> Iterator[str]:
    yield f"{found.before.name}\n→ {found.after.name}"
    counts = counted(found.changes)
    told = [f"{counts[kind]} {word}" for kind, word in WORDS.items()]
    yield f"compétences : {', '.join(told)}, dont {found.moved} dans un autre bloc"
    for block in found.blocks:
        yield f"\n{SIGNS[block.kind]} {' → '.join(_heading(w) for w in _both(block))}"
        for change in block.changes:
            yield from _change(change)


def _heading(worded: Worded) -> str:
    return f"bloc {worded.block}, {worded.text}" if worded.block else worded.text


def _change(change: Change) -> Iterator[str]:
    moved = f" (venue du bloc {change.before.block})" if change.moved and change.before else ""
    for n, worded in enumerate(_both(change)):
        if n and change.kind is Kind.KEPT:
            continue  # the same words again
        sign = SIGNS[change.kind] if not n else "→"
        first = worded.citations[0]
        where = f"{first.source}:{first.quote.first}-{worded.citations[-1].quote.last}"
        numbered = " ".join(part for part in (worded.number, worded.text) if part)
        yield f"  {sign} {numbered}{'' if n else moved}  ({where})"


def _both(change: Change | BlockChange) -> list[Worded]:
    return [worded for worded in (change.before, change.after) if worded]


COMMANDS = {"compare": (compare_arguments, compare)}
