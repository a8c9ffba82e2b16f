"""What brings sources into the store: files at hand, and the national export from where it is published."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from assistant.cli.arguments import at_home
from assistant.cli.statuses import DONE, IN_PART
from corpus.errors import UsageError
from corpus.feed import Received, Resource, download, newest
from corpus.feed.dataset import DATASET
from index import opening
from index.progress import Progress, Tally

FOLDER = "fetched"  # in the store's folder: a file while it comes, and what was imported last
LAST = "last.json"
MEGABYTE = 1_000_000
TOLD = 1.0  # seconds between two words on a download


def add_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a file, or a folder of files")
    told = "of an export, keep no passages of fiches no longer in force"
    command.add_argument("--active-only", action="store_true", help=told)


def add(arguments: Namespace) -> int:
    paths = list(_files(arguments.paths))
    if not paths:
        raise UsageError("no file among the paths", "Aucun fichier trouvé : vérifiez le chemin.", "No file found.")
    return _added(arguments.home, paths, arguments.active_only)


def fetch_arguments(command: ArgumentParser) -> None:
    at_home(command)
    command.add_argument("url", nargs="?", default=DATASET, metavar="URL", help="dataset of data.gouv.fr, or a file")
    command.add_argument("--register", choices=["rncp", "rs"], default="rncp", help="which export (default rncp)")
    command.add_argument("--active-only", action="store_true", help="keep no passages of fiches no longer in force")
    command.add_argument("--keep", action="store_true", help="keep the downloaded file")


def fetch(arguments: Namespace) -> int:
    """The newest national export, downloaded, checked, imported; nothing where the last import was of the very same."""
    folder = arguments.home / FOLDER
    resource = newest(arguments.url, arguments.register)
    told = {"url": resource.url, "checksum": resource.checksum, "active_only": arguments.active_only}
    if resource.checksum and _last(folder) == json.loads(json.dumps(told)):
        print(f"{resource.name} : déjà importé, rien à faire", file=sys.stderr)
        return DONE
    path = _downloaded(resource, folder)
    status = _added(arguments.home, [path], arguments.active_only)
    if status == DONE:
        (folder / LAST).write_text(json.dumps(told), encoding="utf-8")
    if not arguments.keep:
        path.unlink()
    return status


def _downloaded(resource: Resource, folder: Path) -> Path:
    told = 0.0
    for received in download(resource, folder):
        if received.path or time.monotonic() - told >= TOLD:
            told = time.monotonic()
            print(_received(resource, received), file=sys.stderr)
    return received.path


def _received(resource: Resource, received: Received) -> str:
    total = f" sur {received.total / MEGABYTE:.0f}" if received.total else ""
    line = f"{resource.name} : {received.done / MEGABYTE:.0f}{total} Mo"
    if received.path:
        return f"{line}, vérifié"
    left = f", encore {received.left:.0f} s" if received.left is not None else ""
    return f"{line}, {received.rate / MEGABYTE:.1f} Mo par seconde{left}"


def _last(folder: Path) -> object:
    with suppress(OSError, ValueError):
        return json.loads((folder / LAST).read_text(encoding="utf-8"))
    return None


def _added(home: Path, paths: list[Path], active_only: bool) -> int:
    library = opening.library(home, create=True)
    report = None
    for progress in library.add(paths, active_only):
        report = progress.report
        if report is None:
            print(_step(progress), file=sys.stderr)
    for tally in report.imports:
        print(_counted(tally), file=sys.stderr)
    if report.vanished:
        print(f"retirées, absentes de l'export : {', '.join(report.vanished)}", file=sys.stderr)
    for name in (*report.added, *report.unchanged):
        print(name)
    for name, error in report.failed:
        print(f"acquis: {name} : {error.hint}", file=sys.stderr)
    return IN_PART if report.failed else DONE


def _counted(tally: Tally) -> str:
    """What became of the fiches of an export."""
    told = (
        f"{tally.name} : {tally.read} fiches lues, {tally.added} ajoutées ou modifiées, {tally.unchanged} inchangées, "
        f"{tally.refused} refusées, en {tally.seconds:.0f} s"
    )
    if tally.facts:
        told += f" ; {tally.facts} inactives, gardées sans leurs passages"
    if tally.absent:
        told += f" ; {tally.absent} fiches de la base ne sont pas dans ce fichier, incomplet : elles restent"
    return told


def _step(progress: Progress) -> str:
    tally = progress.tally
    if tally is None:
        return f"{progress.done}/{progress.total} {progress.name}"
    if progress.stage == "write":
        return f"{tally.name} : {tally.read} fiches, écriture de la base"
    left = f", encore {tally.left:.0f} s" if tally.left is not None else ""
    return f"{tally.name} : {tally.read} fiches, {100 * tally.share:.0f} %, {tally.rate:.0f} par seconde{left}"


DOCUMENTS = frozenset({".txt", ".md", ".pdf", ".docx", ".odt", ".html", ".htm", ".xml", ".zip"})


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, whatever they are, and the documents directly or deeply inside folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("[!.]*") if p.is_file() and p.suffix.lower() in DOCUMENTS)
        else:
            yield path


COMMANDS = {"add": (add_arguments, add), "fetch": (fetch_arguments, fetch)}
