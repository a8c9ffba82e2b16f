"""What each command does: it opens the store, calls one method, prints the result."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from typing import Any

from assistant.answer import EXTRACTIVE, Answer, Status
from assistant.answering.phrases import say
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.cli.adding import add, fetch
from assistant.cli.batches import batch
from assistant.cli.matching import match
from assistant.cli.people import user
from assistant.cli.searching import search
from assistant.cli.statuses import DONE, IN_PART, NOTHING_FOUND
from assistant.model import configured
from assistant.settings.showing import shown
from index import opening
from index.checking import check as checking
from index.compacting import compact as compacting
from index.encoder import configured_encoder
from index.reindex import reindex as reindexing


def serve(arguments: Namespace) -> int:
    # Gradio takes seconds to import and only this command needs it.
    from assistant.web.server import serve as start  # noqa: PLC0415

    start(arguments.settings)
    return DONE


def config(arguments: Namespace) -> int:
    print(shown(arguments.settings))
    return DONE


def remove(arguments: Namespace) -> int:
    library = opening.library(arguments.home)
    removed = library.remove(arguments.sources)
    print(f"{removed} source(s) retirée(s)")
    if removed == len(set(arguments.sources)):
        return DONE
    return IN_PART if removed else NOTHING_FOUND


def reindex(arguments: Namespace) -> int:
    started = time.monotonic()
    for step in reindexing(opening.folder(arguments.home), configured_encoder()):
        left = (time.monotonic() - started) / max(step.done, 1) * (step.total - step.done)
        print(f"{step.stage} {step.done}/{step.total}, encore {left:.0f} s", file=sys.stderr)
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


def listing(arguments: Namespace) -> int:
    found = [records.referential(card) for card in opening.library(arguments.home).cards()]
    if arguments.json:
        _print_json(found)
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


def ask(arguments: Namespace) -> int:
    answer = Assistant(opening.library(arguments.home), configured()).ask(arguments.question, lang=arguments.lang)
    if arguments.json:
        _print_json(records.answer(answer))
    else:
        print(answer.text)
        for number, cited in enumerate(answer.citations, 1):
            print(f"[{number}] {cited.source}:{cited.quote.first}-{cited.quote.last}")
        for told in (*answer.notices, *_authorship(answer)):
            print(told)
    return NOTHING_FOUND if answer.status is Status.NOT_FOUND else DONE


def _authorship(answer: Answer) -> tuple[str, ...]:
    """Who wrote an answer, where it was a language model."""
    return () if answer.author == EXTRACTIVE else (say("written_by", answer.lang, name=answer.author),)


def compare(arguments: Namespace) -> int:
    # The interfaces' shapes take their time to import, and only this command prints them.
    from assistant.cli.comparing import compare as comparing  # noqa: PLC0415

    return comparing(arguments)


def mcp(arguments: Namespace) -> int:
    # The protocol's package is an extra, and takes a second to import.
    from assistant.cli.serving import serve_tools  # noqa: PLC0415

    return serve_tools(arguments)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


COMMANDS = {
    "config": config,
    "user": user,
    "serve": serve,
    "add": add,
    "fetch": fetch,
    "remove": remove,
    "list": listing,
    "reindex": reindex,
    "check": check,
    "compact": compact,
    "search": search,
    "ask": ask,
    "compare": compare,
    "mcp": mcp,
    "match": match,
    "batch": batch,
}
