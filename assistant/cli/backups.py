"""`acquis backup` and `acquis restore`: a home in one file, and back."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE
from assistant.running.backup import backup as copy
from assistant.running.restore import restore as bring_back
from assistant.settings.loading import FILE
from index import opening


def backup_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("target", type=Path, metavar="PATH", help="the file to make, or a folder to make it in")


def backup(arguments: Namespace) -> int:
    home = arguments.settings.accounts
    named = arguments.config or os.environ.get("ACQUIS_CONFIG")
    made = copy(home, arguments.target, Path(named) if named else home / FILE, datetime.now(UTC))
    if opening.address(arguments.home):
        print("acquis: la base est sur PostgreSQL : sauvegardez-la à part, avec pg_dump", file=sys.stderr)
    print(f"{made.file} : {', '.join(made.names)} ({made.size / 1e6:.1f} Mo)")
    return DONE


def restore_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("file", type=Path, metavar="FILE", help="what `acquis backup` made")
    command.add_argument("--force", action="store_true", help="put aside what the folder holds already")


def restore(arguments: Namespace) -> int:
    home = arguments.settings.accounts
    names, aside = bring_back(arguments.file, home, datetime.now(UTC), arguments.force)
    print(f"{home} : {', '.join(names)}")
    if aside:
        print(f"ce qui était là est dans {aside}")
    return DONE


COMMANDS = {"backup": (backup_arguments, backup), "restore": (restore_arguments, restore)}
