"""What each command does: it opens the store, calls one method, prints the result."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import EXTRACTIVE, Answer, Status, Turn
from assistant.answering.phrases import say
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.dossier.formats import ending
from assistant.dossier.opening import opened
from assistant.matching.evidence import BlockMatch
from assistant.model import configured
from corpus.document import Document
from corpus.errors import AcquisError, UsageError
from corpus.reading import read, read_bytes
from index.contract import Filters
from index.encoder import configured_encoder
from index.library import Library
from index.progress import Progress
from index.reindex import reindex as reindexing

DONE, IN_PART, BAD_USAGE, NOTHING_FOUND = 0, 1, 2, 3
BATCH_HITS = 20


def serve(arguments: Namespace) -> int:
    # Gradio takes seconds to import and only this command needs it.
    from assistant.web.server import serve as start  # noqa: PLC0415

    start(arguments.home, arguments.host, arguments.port)
    return DONE


def add(arguments: Namespace) -> int:
    paths = list(_files(arguments.paths))
    if not paths:
        raise UsageError("no file among the paths", "Aucun fichier trouvé : vérifiez le chemin.", "No file found.")
    library = Library.open(arguments.home, create=True)
    report = None
    for progress in library.add(paths):
        report = progress.report
        if report is None:
            print(_step(progress), file=sys.stderr)
    for tally in report.imports:
        print(
            f"{tally.name} : {tally.read} fiches lues, {tally.added} ajoutées ou modifiées, "
            f"{tally.unchanged} inchangées, {tally.refused} refusées, en {tally.seconds:.0f} s",
            file=sys.stderr,
        )
    for name in (*report.added, *report.unchanged):
        print(name)
    for name, error in report.failed:
        print(f"acquis: {name} : {error.hint}", file=sys.stderr)
    return IN_PART if report.failed else DONE


def _step(progress: Progress) -> str:
    tally = progress.tally
    if tally is None:
        return f"{progress.done}/{progress.total} {progress.name}"
    if progress.stage == "write":
        return f"{tally.name} : {tally.read} fiches, écriture de la base"
    left = f", encore {tally.left:.0f} s" if tally.left is not None else ""
    return f"{tally.name} : {tally.read} fiches, {100 * tally.share:.0f} %, {tally.rate:.0f} par seconde{left}"


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named and those directly or deeply inside folders named, hidden ones apart, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def remove(arguments: Namespace) -> int:
    library = Library.open(arguments.home)
    removed = library.remove(arguments.sources)
    print(f"{removed} source(s) retirée(s)")
    if removed == len(set(arguments.sources)):
        return DONE
    return IN_PART if removed else NOTHING_FOUND


def reindex(arguments: Namespace) -> int:
    started = time.monotonic()
    for step in reindexing(arguments.home, configured_encoder()):
        left = (time.monotonic() - started) / max(step.done, 1) * (step.total - step.done)
        print(f"{step.stage} {step.done}/{step.total}, encore {left:.0f} s", file=sys.stderr)
    return DONE


def listing(arguments: Namespace) -> int:
    found = [records.referential(r) for r in Library.open(arguments.home).referentials()]
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


def search(arguments: Namespace) -> int:
    filters = Filters(
        level=arguments.level,
        rome=arguments.rome,
        nsf=arguments.nsf,
        certifications=tuple(arguments.certification),
        active=arguments.active,
        vae=arguments.vae,
        today=date.today(),
    )
    library = Library.open(arguments.home)
    found = [records.hit(h, library.document) for h in library.search(arguments.query, filters, arguments.top)]
    if arguments.json:
        _print_json(found)
    else:
        for row in found:
            print(_hit_in_words(row))
    return DONE if found else NOTHING_FOUND


def _hit_in_words(row: records.Record) -> str:
    name = row["certification"] or row["source"]
    place = f"{name}, bloc {row['block']}" if row["block"] else name
    lines = f"{row['source']}:{row['start_line']}-{row['end_line']}"
    return f"{row['score']:.3f}  {place}  ({lines})\n       {row['text']}"


def ask(arguments: Namespace) -> int:
    answer = Assistant(Library.open(arguments.home), configured()).ask(arguments.question, lang=arguments.lang)
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


def match(arguments: Namespace) -> int:
    if arguments.report:
        ending(arguments.report)  # a name that will not do is told before the CV is read
    library = Library.open(arguments.home)
    assistant, cv = Assistant(library), read(arguments.cv)
    matches = assistant.match(cv, arguments.certification)
    if arguments.report:
        _report(arguments, cv, matches, assistant)
    if arguments.json:
        _print_json([records.block_match(m) for m in matches])
    else:
        for found in matches:
            name = found.certification or found.source
            print(f"{found.coverage:4.0%}  {found.state.value:8s} {name}, bloc {found.block} : {found.block_title}")
    return DONE if any(m.evidence for m in matches) else NOTHING_FOUND


def _report(arguments: Namespace, cv: Document, matches: tuple[BlockMatch, ...], assistant: Assistant) -> None:
    """The dossier as the match proposes it, in the format of the path's ending."""
    # Three libraries that write documents are only needed where a report is asked for.
    from assistant.dossier.export import write  # noqa: PLC0415

    chosen = bool(arguments.certification)
    known, document = assistant.knowledge.referentials, assistant.library.document
    dossier = opened(matches, cv, known, document, date.today(), chosen)
    write(dossier, arguments.report)


def batch(arguments: Namespace) -> int:
    rows = _requests(arguments.gold, REQUIRED[arguments.kind])
    assistant = Assistant(Library.open(arguments.home), configured() if arguments.kind == "ask" else None)
    respond = {"search": _batch_search, "ask": _batch_ask, "match": _batch_match}[arguments.kind]
    failed = 0
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


REQUIRED = {"search": "query", "ask": "question", "match": "experience"}


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
    hits = assistant.library.search(row["query"], Filters(), BATCH_HITS)
    return {"hits": [records.hit(h, assistant.library.document) for h in hits]}


def _batch_ask(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
    return records.answer(assistant.ask(row["question"], history))


def _batch_match(assistant: Assistant, row: dict[str, Any]) -> dict[str, Any]:
    cv = read_bytes("cv.txt", row["experience"].encode())
    return {"matches": [records.block_match(m) for m in assistant.match(cv)]}


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


COMMANDS = {
    "serve": serve,
    "add": add,
    "remove": remove,
    "list": listing,
    "reindex": reindex,
    "search": search,
    "ask": ask,
    "match": match,
    "batch": batch,
}
