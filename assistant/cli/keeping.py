"""What the store holds, and its state: sources listed and taken out, the whole re-encoded, verified, compacted."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace

from assistant.cli import records
from assistant.cli.arguments import as_json, at_home
from assistant.cli.statuses import DONE, IN_PART, NOTHING_FOUND
from index import opening
from index.checking import check as checking
from index.compacting import compact as compacting
from index.encoder import configured_encoder
from index.progress import Progress
from index.reindex import reindex as reindexing


def remove_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("sources", nargs="+", metavar="SOURCE", help="name of a source, as `acquis list` prints it")


def remove(arguments: Namespace) -> int:
    library = opening.library(arguments.home)
    removed = library.remove(arguments.sources)
    print(f"{removed} source(s) retirée(s)")
    if removed == len(set(arguments.sources)):
        return DONE
    return IN_PART if removed else NOTHING_FOUND


def list_arguments(command: ArgumentParser) -> None:
    at_home(command)
    as_json(command)


def listing(arguments: Namespace) -> int:
    found = [records.referential(card) for card in opening.library(arguments.home).cards()]
    if arguments.json:
        records.printed(found)
    else:
        for row in found:
            shown = (
                row["source"],
                row["certification"],
                row["title"],
                row["level"],
                row["blocks"],
                row["active"],
                row["until"],
            )
            print("\t".join("-" if value is None else str(value) for value in shown))
    return DONE if found else NOTHING_FOUND


def reindex(arguments: Namespace) -> int:
    started = time.monotonic()
    for step in reindexing(opening.folder(arguments.home), configured_encoder()):
        print(f"{step.stage} {step.done}/{step.total}, encore {_left(started, step):.0f} s", file=sys.stderr)
    return DONE


def check(arguments: Namespace) -> int:
    faults = list(checking(opening.folder(arguments.home)))
    for fault in faults:
        print(f"acquis: {fault.what}", file=sys.stderr)
    sources = sorted({fault.source for fault in faults if fault.source})
    if sources:
        print(
            f"acquis: à retirer (acquis remove) puis à ajouter de nouveau (acquis add) : {', '.join(sources)}",
            file=sys.stderr,
        )
    print("endommagée" if faults else "intacte")
    return IN_PART if faults else DONE


def compact(arguments: Namespace) -> int:
    before, after = compacting(opening.folder(arguments.home))
    print(f"{before / 1e6:.1f} Mo avant, {after / 1e6:.1f} Mo après")
    return DONE


def copy(arguments: Namespace) -> int:
    """The home's own store into the shared one, as it is: nothing is read, cut or encoded again."""
    started = time.monotonic()
    for step in opening.copied(arguments.settings.accounts, arguments.home):
        if step.stage == "write" and step.done:
            left = f"encore {_left(started, step):.0f} s, puis les index"
            print(f"{step.done}/{step.total} sources écrites, {left}", file=sys.stderr)
        elif step.stage == "write":
            started = time.monotonic()  # vectors, which come first, are written at another pace
    report = step.report
    print(f"{len(report.added)} source(s) copiée(s), {len(report.unchanged)} déjà là ; {opening.shown(arguments.home)}")
    return DONE


def _left(started: float, step: Progress) -> float:
    """Seconds, from those taken for what is done."""
    return (time.monotonic() - started) / max(step.done, 1) * (step.total - step.done)


COMMANDS = {
    "remove": (remove_arguments, remove),
    "list": (list_arguments, listing),
    "reindex": (at_home, reindex),
    "check": (at_home, check),
    "compact": (at_home, compact),
    "copy": (at_home, copy),
}
