"""`acquis feedback`: what readers thought of answers, for those who look after the service."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE, NOTHING_FOUND
from assistant.disk import put
from assistant.feedback.export import exported
from assistant.feedback.opinions import Opinions


def feedback_arguments(command: ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write the opinions kept, as CSV or JSON")
    at_home(export)
    export.add_argument("out", type=Path, metavar="OUT")


def feedback(arguments: Namespace) -> int:
    settings = arguments.settings
    found = Opinions(settings.accounts, settings.feedback.keep_hours).all()
    put(arguments.out, exported(found, ".json" if arguments.out.suffix.lower() == ".json" else ".csv"), private=True)
    print(f"{len(found)} avis dans {arguments.out}")
    return DONE if found else NOTHING_FOUND


COMMANDS = {"feedback": (feedback_arguments, feedback)}
