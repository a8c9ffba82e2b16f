"""`acquis backup`, `acquis restore`, `acquis upgrade`: what an administrator does to keep what there is."""

from __future__ import annotations

import sys
from argparse import Namespace

from assistant.cli.statuses import DONE
from index import opening
from index.encoder import configured_encoder
from index.upgrading import upgrade as upgrading


def upgrade(arguments: Namespace) -> int:
    for step in upgrading(opening.folder(arguments.home), configured_encoder()):
        if step.stage != "done":
            print(f"{step.stage} {step.done}/{step.total}", file=sys.stderr)
    if step.report.added or step.total:
        print(f"{step.total} source(s) reprise(s) ; l'ancien fichier est gardé à côté, effacez-le quand tout va bien")
    else:
        print("la base est déjà du format de cette version")
    return DONE
