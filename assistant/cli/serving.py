"""What goes on until it is stopped: the web app, and tools for a program that talks to this one by stdin and stdout."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from assistant.api.operations import Operations
from assistant.assistant import Assistant
from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE
from assistant.model import configured
from corpus.errors import UsageError
from index import opening


def serve_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on (default 7860)")


def serve(arguments: Namespace) -> int:
    # Gradio takes seconds to import, and `acquis mcp` does without it.
    from assistant.web.server import serve as start  # noqa: PLC0415

    start(arguments.settings)
    return DONE


def mcp(arguments: Namespace) -> int:
    try:
        # An extra: a program without it tells what to install.
        from assistant.api.tools import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed",
            'Le paquet « mcp » manque : pip install "acquis[mcp]".',
            'The package “mcp” is missing: pip install "acquis[mcp]".',
        ) from error
    run(Operations(Assistant(opening.library(arguments.home), configured())))
    return DONE


COMMANDS = {"serve": (serve_arguments, serve), "mcp": (at_home, mcp)}
