"""The command line: `acquis`, kept stable for other programs."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from assistant.cli.arguments import parser
from assistant.cli.statuses import BAD_USAGE, DONE, IN_PART
from assistant.settings import load
from corpus.errors import AcquisError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 done in part, 2 bad usage, 3 nothing found."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    arguments = parser().parse_args(argv)

    try:
        configure(arguments)
        return arguments.run(arguments)
    except AcquisError as error:
        print(f"acquis: {error.hint}", file=sys.stderr)
        return BAD_USAGE
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        print("acquis: interrompu", file=sys.stderr)
        return IN_PART


def configure(arguments: Namespace) -> None:
    """Give a command its configuration; what the file says of models goes where they look for it, the environment."""
    said = {"server": {"host": getattr(arguments, "host", None), "port": getattr(arguments, "port", None)}}
    arguments.settings = load(os.environ, arguments.config, arguments.home, said)
    arguments.home = arguments.settings.home
    for name, value in arguments.settings.environment.items():
        os.environ.setdefault(name, value)
