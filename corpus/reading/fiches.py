"""The national export, fiche by fiche: a child process goes through it, the memory of neither grows with the file."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.reading import wire
from corpus.reading.refusals import Refused, worded
from corpus.reading.sandbox import Limits, environment

LIMITS = Limits(size=8_000_000_000, memory=1_000_000_000, cpu=3600, output=64_000_000)  # output: bytes of one fiche
WHOLE = 5_000_000  # bytes up to which an export is one document, as any other file is
HEAD = 4096
FORMAT = b"1 "  # part of what is digested: a new form of fiches makes all of them new


@dataclass(frozen=True, slots=True)
class Fiche:
    """One certification of an export, as a source of its own.

    Attributes:
        name: of the source: its number with the ending .xml, whatever the export's name: tomorrow's replaces today's.
        digest: SHA-256 of what it says.
        at, total: bytes of XML read so far, and in all.
        body: what it says; empty where its mark was known.
        mark: of the bytes in which it says so, and of how they are read; empty where they cannot be told apart.
    """

    name: str
    digest: str
    at: int
    total: int
    body: bytes
    mark: str = ""

    def document(self) -> Document:
        """Its lines, counted from its own first one; raises UnreadableFile."""
        try:
            return wire.unpack(json.loads(self.body), self.name, self.digest)
        except (KeyError, TypeError, ValueError):
            raise worded(self.name, "crashed", {}) from None


def is_export(path: Path) -> bool:
    """True for a ZIP by its name and content, and for a large XML file of fiches; False where it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            size = path.stat().st_size
    except OSError:
        return False
    if head.startswith(b"PK\x03\x04"):
        return path.suffix.lower() == ".zip"
    return size > WHOLE and b"<FICHES" in head


def fiches(
    path: Path, limits: Limits = LIMITS, known: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> Iterator[Fiche | UnreadableFile]:
    """Each fiche of an export, in order, or why it is refused.

    A child that waits can only wait for us (its input is a file, its time of processor is bounded): no clock is needed.

    Args:
        known: names and digests of fiches by their marks; where they stand in the export they are not read again.

    Raises:
        UnreadableFile: the file cannot be read any further; what came before is whole.
        TooLarge: beyond a limit.
    """
    if (size := path.stat().st_size) > limits.size:
        raise worded(path.name, "size", {"megabytes": size // 10**6, "limit": limits.size // 10**6})
    with path.open("rb") as file, _child(file, limits, known) as child:
        try:
            yield from _replies(path.name, child, limits, known)
        except Refused as refusal:
            raise _worded(path.name, refusal) from None


@contextmanager
def _child(file: BinaryIO, limits: Limits, known: Iterable[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that goes through the file, and has been told what is known."""
    told, telling = os.pipe()
    command = [sys.executable, "-S", "-s", "-P", "-m", "corpus.reading.fiche_child"]
    with (
        open(telling, "w", encoding="ascii") as marks,
        open(told, "rb") as theirs,
        subprocess.Popen(
            [*command, str(limits.memory), str(limits.cpu), str(told)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd="/",
            pass_fds=(told,),
        ) as child,
    ):
        try:
            theirs.close()  # so that a child that dies leaves nobody waiting
            with suppress(BrokenPipeError), marks:
                marks.write("\n".join(known))
            yield child
        finally:
            child.kill()
            child.stdout.close()


def _replies(
    name: str, child: subprocess.Popen[bytes], limits: Limits, known: Mapping[str, tuple[str, str]]
) -> Iterator[Fiche | UnreadableFile]:
    found = False
    while line := child.stdout.readline(limits.output):
        try:
            code, at, total, mark, body = line.split(b" ", 4)
            if code == b".":
                break
            if code == b"?":
                raise _refusal(json.loads(body))
            found = True
            if code == b"!":
                yield _refused_fiche(name, json.loads(body))
            elif code == b"=":
                yield Fiche(*known[mark.decode()], int(at), int(total), b"", mark.decode())
            else:
                digest = hashlib.sha256(FORMAT + body).hexdigest()
                told = "" if mark == b"-" else mark.decode()
                yield Fiche(f"{code.decode()}.xml", digest, int(at), int(total), body, told)
        except (ValueError, KeyError, TypeError):
            raise Refused("crashed") from None
    else:
        status = child.wait()
        raise Refused("time", seconds=limits.cpu) if -status == signal.SIGXCPU else Refused("crashed")
    if not found:
        raise Refused("no_fiche")


def _refusal(reply: dict[str, object]) -> Refused:
    return Refused(str(reply["refused"]), **dict(reply["facts"]))


def _refused_fiche(name: str, reply: dict[str, object]) -> UnreadableFile:
    return _worded(f"{name}, l. {int(reply['facts']['line'])}", _refusal(reply))


def _worded(name: str, refusal: Refused) -> UnreadableFile:
    try:
        return worded(name, refusal.reason, refusal.facts)
    except (KeyError, TypeError):
        return worded(name, "crashed", {})
