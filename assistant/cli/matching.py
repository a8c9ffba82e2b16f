"""`acquis match`: certifications proposed for a CV, or its match with those that are named."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from assistant.assistant import Assistant
from assistant.cli import records
from assistant.cli.arguments import as_json, at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.dossier.formats import ending
from assistant.dossier.opening import opened
from assistant.matching import hidden, told
from assistant.matching.evidence import BlockMatch
from assistant.model import configured
from corpus.document import Document
from corpus.errors import UsageError
from corpus.reading import read
from index import opening


def match_arguments(command: ArgumentParser) -> None:
    at_home(command)
    as_json(command)
    command.add_argument("cv", type=Path, metavar="CV_FILE")
    command.add_argument("--certification", action="append", default=[], metavar="CODE", help="code or source name")
    told = "let the configured model (ACQUIS_MODEL) propose pairs of lines; personal details are masked before"
    command.add_argument("--model", action="store_true", help=told)
    formats = "write the dossier for the advisor: .docx, .pdf, .xlsx, or .acquis.json to go on with it"
    command.add_argument("--report", type=Path, metavar="OUT", help=formats)
    command.add_argument("--lang", choices=["fr", "en"], default="fr", help="language of the report (default fr)")


def match(arguments: Namespace) -> int:
    if arguments.report:
        ending(arguments.report)  # a name that will not do is told before the CV is read
    model = configured() if arguments.model else None
    if arguments.model and model is None:
        raise _no_model()
    assistant, cv = Assistant(opening.library(arguments.home), model), read(arguments.cv)
    for sentence in hidden.told(cv, "fr"):
        print(sentence, file=sys.stderr)
    matches = _reviewed(assistant, cv, arguments) if model else assistant.match(cv, arguments.certification)
    if arguments.report:
        _report(arguments, cv, matches, assistant)
    if arguments.json:
        records.printed([records.block_match(m) for m in matches])
    elif arguments.certification:
        for found in matches:
            name = found.certification or found.source
            print(f"{found.coverage:4.0%}  {found.state.value:8s} {name}, bloc {found.block} : {found.block_title}")
    else:
        _propose(assistant, cv)
    return DONE if any(m.evidence for m in matches) else NOTHING_FOUND


def _propose(assistant: Assistant, cv: Document) -> None:
    for number, proposal in enumerate(assistant.propose(cv), 1):
        print(f"{number}. {told.name(proposal)}")
        for sentence in told.sentences(proposal):
            print(f"   {sentence}")
        for found in proposal.blocks:
            print(f"   {found.coverage:4.0%}  {found.state.value:8s} bloc {found.block} : {found.block_title}")


def _reviewed(assistant: Assistant, cv: Document, arguments: Namespace) -> tuple[BlockMatch, ...]:
    """The match with a language model's pairs; says on the error stream what is sent, before it is."""
    review = assistant.review(cv, arguments.certification)
    for sentence in review.told():
        print(sentence, file=sys.stderr)
    found = review.run()
    for notice in found.notices:
        print(notice, file=sys.stderr)
    if not found.notices:
        print(f"{found.proposed} paires proposées, {found.kept} retenues par les règles", file=sys.stderr)
    return found.matches


def _report(arguments: Namespace, cv: Document, matches: tuple[BlockMatch, ...], assistant: Assistant) -> None:
    """The dossier as the match proposes it, in the format of the path's ending."""
    # Three libraries that write documents are only needed where a report is asked for.
    from assistant.dossier.export import write  # noqa: PLC0415

    chosen = bool(arguments.certification)
    known = assistant.library.referentials({m.source for m in matches})
    document = assistant.library.document
    dossier = opened(matches, cv, known, document, date.today(), chosen)
    write(dossier, arguments.report, arguments.lang)


def _no_model() -> UsageError:
    return UsageError(
        "--model without ACQUIS_MODEL",
        "Aucun modèle n'est configuré : indiquez ACQUIS_MODEL_URL et ACQUIS_MODEL, ou retirez --model.",
        "No model is configured: set ACQUIS_MODEL_URL and ACQUIS_MODEL, or leave out --model.",
    )


COMMANDS = {"match": (match_arguments, match)}
