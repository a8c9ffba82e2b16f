"""Requests in a file, answers in another: JSON lines, in the formats of the project's scorer."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE, IN_PART
from assistant.disk import put
from assistant.model import configured
from corpus.errors import AcquisError, UsageError
from corpus.reading import read_bytes
from index import opening
from index.contract import Filters

HITS = 20  # for each search
REQUIRED = {"search": "query", "ask": "question", "match": "experience"}


def batch_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("kind", choices=list(REQUIRED))
    command.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    command.add_argument("out", type=Path, metavar="OUT.jsonl")


def batch(arguments: Namespace) -> int:
    """Answer a file of requests, one object a line; a request that fails gets its reason as its answer."""
    rows = _requests(arguments.gold, REQUIRED[arguments.kind])
    assistant = Assistant(opening.library(arguments.home), configured() if arguments.kind == "ask" else None)
    respond = {"search": _batch_search, "ask": _batch_ask, "match": _batch_match}[arguments.kind]
    failed = 0
    put(arguments.out, b"")  # a place that cannot be written is told before the work
    with arguments.out.open("w", encoding="utf-8") as out:
        for number, row in enumerate(rows, 1):
            try:
                found = respond(assistant, row)
            except AcquisError as error:
                found, failed = {"error": error.hint}, failed + 1
            out.write(json.dumps({"id": row["id"], **found}, ensure_ascii=False) + "\n")
            if sys.stderr.isatty():
                print(f"\r{number}/{len(rows)}", end="", file=sys.stderr)
    return IN_PART if failed else DONE


def _requests(path: Path, field: str) -> list[dict[str, Any]]:
    """The requests of a JSON-lines file; raises UsageError with the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        hint = f"Impossible de lire {path.name} : vérifiez le chemin et l'encodage (UTF-8)."
        raise UsageError(f"cannot read {path}: {error}", hint) from error
    return [_request(line, number, field) for number, line in enumerate(lines, 1) if line.strip()]


def _request(line: str, number: int, field: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        row = None
    if not (isinstance(row, dict) and "id" in row and isinstance(row.get(field), str)):
        raise UsageError(
            f"line {number}: expected an object with id and {field}",
            f"ligne {number} : il faut un objet JSON avec « id » et « {field} ».",
            f"line {number}: a JSON object with “id” and “{field}” is needed.",
        )
    return row


def _batch_search(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    hits = assistant.library.search(row["query"], Filters(), HITS)
    return {"hits": [records.hit(h, assistant.library.document) for h in hits]}


def _batch_ask(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
    return records.answer(assistant.ask(row["question"], history))


def _batch_match(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    cv = read_bytes("cv.txt", row["experience"].encode())
    return {"matches": [records.block_match(m) for m in assistant.match(cv)]}


COMMANDS = {"batch": (batch_arguments, batch)}
