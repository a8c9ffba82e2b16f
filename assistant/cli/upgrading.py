"""`acquis upgrade`: a store that an earlier version made, taken over by this one."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE
from index import opening
from index.encoder import configured_encoder
from index.progress import Progress
from index.upgrading import upgrade as upgrading


def upgrade(arguments: Namespace) -> int:
    *steps, last = shown(upgrading(opening.folder(arguments.home), configured_encoder()))
    if steps:
        print(f"{last.total} source(s) reprise(s) ; l'ancien fichier est gardé à côté, effacez-le quand tout va bien")
    else:
        print("la base est déjà du format de cette version")
    return DONE


def shown(steps: Iterator[Progress]) -> Iterator[Progress]:
    """The steps, each told as it comes."""
    for step in steps:
        if step.stage != "done":
            print(f"{step.stage} {step.done}/{step.total}", file=sys.stderr)
        yield step


COMMANDS = {"upgrade": (at_home, upgrade)}
