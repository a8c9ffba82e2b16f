"""The child's side of a streamed export: reads XML or a ZIP of XML on stdin, writes one line a fiche on stdout.

Run as `python -m corpus.reading.fiche_child MEMORY CPU` with the file itself, which can be sought, as stdin. A line is
`CODE AT TOTAL JSON`: the fiche's number, bytes of XML read and to be read, the fiche as `wire.pack` makes it. The code
is `!` for a fiche that is refused. The last line is `. AT TOTAL {}`, or `? AT TOTAL JSON` where the file is refused.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from corpus.reading import wire
from corpus.reading.child import restrain
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract
from corpus.reading.xml import Leaves, refuse_declarations

CHUNK = 1 << 18  # bytes
LONGEST = 4_000_000  # characters of a fiche, tags apart: the genuine ones stay below a tenth of it
DEEPEST = 50
INFLATED = 8_000_000_000  # bytes of XML in a ZIP
CODE = re.compile(r"(?:RNCP|RS)\d{1,7}")


class Fiches:
    """Goes through one XML text; keeps no more of it than the fiche at hand."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        refuse_declarations(self._parser)
        self._leaves: Leaves | None = None
        self._deep = 0  # elements open in a fiche that is too large
        self._complete: list[tuple[str, dict[str, object]]] = []

    def feed(self, chunk: bytes, final: bool = False) -> Iterator[tuple[str, dict[str, object]]]:
        """The fiches that end in the next bytes; raises Refused after those that come before a fault."""
        fault = None
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            fault = Refused("malformed", line=error.lineno)
        except Refused as refusal:
            fault = refusal
        yield from self._complete
        self._complete.clear()
        if fault:
            raise fault

    def _start(self, name: str, _: dict[str, str]) -> None:
        if self._deep:
            self._deep += 1
        elif self._leaves is not None:
            self._leaves.start(name, self._parser.CurrentLineNumber)
            self._bound()
        elif name == "FICHE":
            line = self._parser.CurrentLineNumber
            self._leaves = Leaves(before=line - 1)
            self._leaves.start(name, line)

    def _data(self, words: str) -> None:
        if self._leaves is not None and not self._deep:
            self._leaves.data(words, self._parser.CurrentLineNumber)
            self._bound()

    def _bound(self) -> None:
        """Let go of a fiche that is too large: only its end is waited for."""
        if self._leaves and (self._leaves.size > LONGEST or self._leaves.depth > DEEPEST):
            self._deep, self._leaves = self._leaves.depth, Leaves()

    def _end(self, _: str) -> None:
        if self._deep:
            self._deep -= 1
            if not self._deep:
                self._leaves = None
                self._refuse("output", megabytes=LONGEST // 1_000_000)
        elif self._leaves is not None:
            self._leaves.end(self._parser.CurrentLineNumber)
            if not self._leaves.depth:
                self._close(self._leaves)
                self._leaves = None

    def _close(self, leaves: Leaves) -> None:
        code = next((e.text.strip() for e in leaves.elements if e.path == ("FICHE", "NUMERO_FICHE")), "")
        if CODE.fullmatch(code):
            extract = Extract("xml", leaves.lines(), elements=tuple(leaves.elements))
            self._complete.append((code, wire.pack(extract)))
        else:
            self._refuse("no_number")

    def _refuse(self, reason: str, **facts: int) -> None:
        facts |= {"line": self._parser.CurrentLineNumber}
        self._complete.append(("!", {"refused": reason, "facts": facts}))


class Reply:
    """Writes lines, and knows how far the reading is."""

    def __init__(self, out: BinaryIO, total: int) -> None:
        self._out = out
        self.at, self.total = 0, total

    def line(self, code: str, value: dict[str, object]) -> None:
        self._out.write(f"{code} {self.at} {self.total} {json.dumps(value)}\n".encode())


def texts(file: BinaryIO) -> tuple[int, Iterator[BinaryIO]]:
    """The size of all XML in a file, and its streams: the file itself, or the .xml members of a ZIP."""
    head = file.read(4)
    file.seek(0)
    if head != b"PK\x03\x04":
        return os.fstat(file.fileno()).st_size, iter((file,))
    archive = zipfile.ZipFile(file)
    members = [m for m in archive.infolist() if m.filename.lower().endswith(".xml")]
    if any(m.flag_bits & 1 for m in members):
        raise Refused("encrypted", kind="zip")
    total = sum(m.file_size for m in members)
    if total > INFLATED:
        raise Refused("inflated", limit=INFLATED // 1_000_000)
    return total, (archive.open(m) for m in members)


def answer(file: BinaryIO, reply: Reply) -> None:
    reply.total, streams = texts(file)
    for stream in streams:
        fiches = Fiches()
        while chunk := stream.read(CHUNK):
            reply.at += len(chunk)
            if reply.at > INFLATED:
                raise Refused("inflated", limit=INFLATED // 1_000_000)
            for code, value in fiches.feed(chunk):
                reply.line(code, value)
        for code, value in fiches.feed(b"", final=True):
            reply.line(code, value)


def main() -> None:
    restrain(int(sys.argv[1]), int(sys.argv[2]))
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    reply = Reply(out, 0)
    try:
        answer(sys.stdin.buffer, reply)
        reply.line(".", {})
    except Refused as refusal:
        reply.line("?", {"refused": refusal.reason, "facts": refusal.facts})
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        reply.line("?", {"refused": "broken", "facts": {"kind": "zip"}})
    except MemoryError:
        reply.line("?", {"refused": "memory", "facts": {"megabytes": int(sys.argv[1]) // 1_000_000}})
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
