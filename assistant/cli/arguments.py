"""What can be typed after `acquis`: the commands by name; each module describes and runs its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

# name: (module of assistant.cli that has it in its COMMANDS, what it does)
COMMANDS = {
    "serve": ("serving", "start the web app"),
    "mcp": ("serving", "offer the operations as MCP tools on stdio"),
    "config": ("people", "print the configuration in force, without secrets"),
    "user": ("people", "local accounts of those who sign in"),
    "add": ("adding", "add files to the store, or replace them"),
    "fetch": ("adding", "download the newest national export, and add it"),
    "remove": ("keeping", "remove sources from the store"),
    "list": ("keeping", "list the referentials of the store"),
    "reindex": ("keeping", "encode the store by the configured model (ACQUIS_ENCODER)"),
    "check": ("keeping", "verify every row and file of the store, name what is damaged"),
    "compact": ("keeping", "give back unused room; drop what interrupted operations left"),
    "copy": ("keeping", "copy the store of the home into the shared one that ACQUIS_STORE names"),
    "backup": ("backups", "copy the store, accounts and configuration into one file, while the service runs"),
    "restore": ("backups", "make a home of a backup, once it is verified"),
    "privacy": ("privacy", "what is kept of people; erase it"),
    "feedback": ("feedback", "export what readers thought of answers"),
    "upgrade": ("upgrading", "take over a store that an earlier version made"),
    "search": ("searching", "search passages and certifications"),
    "ask": ("asking", "ask a question"),
    "compare": ("comparing", "compare two certifications"),
    "match": ("matching", "match a CV to competence blocks"),
    "batch": ("batches", "answer a file of requests"),
}
Command = tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]


def parser() -> argparse.ArgumentParser:
    """The parser of every command; bad usage ends the process with status 2, `run` of what it parses is the command."""
    whole = argparse.ArgumentParser(
        prog="acquis", description="Cited answers, search and CV matching over referentials."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Described)
    for name, (module, told) in COMMANDS.items():
        commands.add_parser(name, help=told, command=partial(_command, module, name))
    return whole


def _command(module: str, name: str) -> Command:
    return import_module(f"assistant.cli.{module}").COMMANDS[name]


class _Described(argparse.ArgumentParser):
    """The parser of a command, described once it is needed: the store and the models take seconds to import."""

    def __init__(self, *, command: Callable[[], Command] | None = None, **named: object) -> None:
        super().__init__(**named)
        self._command = command

    def parse_known_args(
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        if self._command:
            describe, run = self._command()
            self._command = None
            describe(self)
            self.set_defaults(run=run)
        return super().parse_known_args(args, namespace)


def at_home(command: argparse.ArgumentParser) -> None:
    """Where the store and the configuration are; alone, all the arguments of a command that takes no others."""
    command.add_argument("--home", type=Path, help="folder of the store (or ACQUIS_HOME)")
    command.add_argument("--config", type=Path, metavar="FILE", help="configuration (or ACQUIS_CONFIG)")


def as_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a positive number")
    return value
