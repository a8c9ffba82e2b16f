"""`acquis mcp`: the tools, for a program that talks to this one through its standard input and output."""

from __future__ import annotations

from argparse import Namespace

from assistant.api.operations import Operations
from assistant.assistant import Assistant
from assistant.cli.statuses import DONE
from assistant.model import configured
from corpus.errors import UsageError
from index import opening


def serve_tools(arguments: Namespace) -> int:
    try:
        # An extra: a program without it tells what to install.
        from assistant.api.tools import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed",
            "Le paquet « mcp » manque : pip install \"acquis[mcp]\".",
            "The package “mcp” is missing: pip install \"acquis[mcp]\".",
        ) from error
    run(Operations(Assistant(opening.library(arguments.home), configured())))
    return DONE
