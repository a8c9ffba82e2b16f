"""The child's side of a streamed export: reads XML or a ZIP of XML on stdin, writes one line a fiche on stdout.

Run as `python -m corpus.reading.fiche_child MEMORY CPU KNOWN` with the file itself, which can be sought, as stdin, and
KNOWN a descriptor that gives the marks of the fiches that need not be read again. A line is `CODE AT TOTAL MARK JSON`:
the fiche's number, bytes of XML read and to be read, its mark or `-`, the fiche as `wire.pack` makes it. The code is
`=` for a fiche whose mark is known, `!` for one that is refused. The last line is `. AT TOTAL - {}`, or `? AT TOTAL -
JSON` where the file is refused.

A mark stands for the bytes of a fiche and all else that decides how it is read: the encoding and the code that reads.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from corpus.reading import wire
from corpus.reading.child import restrain
from corpus.reading.fiche_cuts import END, Cuts
from corpus.reading.refusals import Refused
from corpus.reading.wire import Extract
from corpus.reading.xml import Leaves, refuse_declarations

CHUNK = 1 << 18  # bytes
LONGEST = 4_000_000  # characters of a fiche, tags apart: the genuine ones stay below a tenth of it
DEEPEST = 50
INFLATED = 8_000_000_000  # bytes of XML in a ZIP
CODE = re.compile(r"(?:RNCP|RS)\d{1,7}")
NO_MARK = "-"  # the mark of what cannot be told by its bytes
READERS = ("fiche_child.py", "fiches.py", "wire.py", "xml.py")  # the code by which a fiche becomes what is digested
Found = tuple[str, str, dict[str, object]]  # code, mark, value of a line


class Fiches:
    """Goes through one XML text; keeps no more of it than the fiche at hand.

    A fiche whose mark is known is left out, an empty element of a name that no file can foresee stands in its place:
    the parser still says whether a fiche may stand there, and reads all that lies between fiches.

    Args:
        known: marks of fiches.
    """

    def __init__(self, known: AbstractSet[str] = frozenset()) -> None:
        self._known, self._cuts = known, Cuts()
        self._readers = hashlib.sha256(b"".join(Path(__file__).with_name(name).read_bytes() for name in READERS))
        self._instead = f"F{os.urandom(8).hex()}"
        self._first = self._last = self._begun = 0  # where the piece at hand begins and ends, where the fiche begins
        self._mark = self._encoding = ""
        self._left_out = False
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._declared
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        refuse_declarations(self._parser)
        if hasattr(self._parser, "SetReparseDeferralEnabled"):  # each piece is read when it is fed
            self._parser.SetReparseDeferralEnabled(False)
        self._leaves: Leaves | None = None
        self._deep = 0  # elements open in a fiche that is too large
        self._complete: list[Found] = []

    def feed(self, chunk: bytes, final: bool = False) -> Iterator[Found]:
        """The fiches that end in the next bytes; raises Refused after those that come before a fault."""
        for piece, whole in self._cuts.feed(chunk, final):
            self._mark = self._marked(piece) if whole and self._leaves is None and not self._deep else ""
            if self._mark in self._known:
                yield from self._leave_out(piece)
            else:
                yield from self._parse(piece)
        if final:
            yield from self._parse(b"", final)

    def _leave_out(self, piece: bytes) -> Iterator[Found]:
        """Put the empty element in place of a fiche; one in a comment, or in CDATA, is text, and so is the element."""
        self._left_out = False
        yield from self._parse(b'<%s mark="%s"/>' % (self._instead.encode(), self._mark.encode()))
        lines = b"\n" * piece.count(b"\n")  # so that faults further down are told by their lines
        yield from self._parse(lines if self._left_out else piece)

    def _marked(self, piece: bytes) -> str:
        found = self._readers.copy()
        found.update(self._encoding.encode() + b"\0" + piece)
        return found.hexdigest()

    def _parse(self, piece: bytes, final: bool = False) -> Iterator[Found]:
        fault = None
        self._first, self._last = self._last, self._last + len(piece)
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            fault = Refused("malformed", line=error.lineno)
        except Refused as refusal:
            fault = refusal
        yield from self._complete
        self._complete.clear()
        if fault:
            raise fault

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        self._encoding = (encoding or "").lower()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._instead:
            self._skip(attributes["mark"])
        elif self._deep:
            self._deep += 1
        elif self._leaves is not None:
            self._leaves.start(name, self._parser.CurrentLineNumber)
            self._bound()
        elif name == "FICHE":
            line = self._parser.CurrentLineNumber
            self._begun = self._parser.CurrentByteIndex
            self._leaves = Leaves(before=line - 1)
            self._leaves.start(name, line)

    def _skip(self, mark: str) -> None:
        if self._leaves is not None or self._deep:  # within a fiche that was cut wrongly
            raise Refused("malformed", line=self._parser.CurrentLineNumber)
        self._left_out = True
        self._complete.append(("=", mark, {}))

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
            ended = self._parser.CurrentByteIndex + len(END)
            mark = self._mark if (self._begun, ended) == (self._first, self._last) else ""
            self._complete.append((code, mark or NO_MARK, wire.pack(extract)))
        else:
            self._refuse("no_number")

    def _refuse(self, reason: str, **facts: int) -> None:
        facts |= {"line": self._parser.CurrentLineNumber}
        self._complete.append(("!", NO_MARK, {"refused": reason, "facts": facts}))


class Reply:
    """Writes lines, and knows how far the reading is."""

    def __init__(self, out: BinaryIO, total: int) -> None:
        self._out = out
        self.at, self.total = 0, total

    def line(self, code: str, value: dict[str, object], mark: str = NO_MARK) -> None:
        self._out.write(f"{code} {self.at} {self.total} {mark} {json.dumps(value)}\n".encode())


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


def answer(file: BinaryIO, reply: Reply, known: AbstractSet[str] = frozenset()) -> None:
    reply.total, streams = texts(file)
    for stream in streams:
        fiches = Fiches(known)
        while chunk := stream.read(CHUNK):
            reply.at += len(chunk)
            if reply.at > INFLATED:
                raise Refused("inflated", limit=INFLATED // 1_000_000)
            for code, mark, value in fiches.feed(chunk):
                reply.line(code, value, mark)
        for code, mark, value in fiches.feed(b"", final=True):
            reply.line(code, value, mark)


def main() -> None:
    restrain(int(sys.argv[1]), int(sys.argv[2]))
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    reply = Reply(out, 0)
    try:
        with os.fdopen(int(sys.argv[3])) as told:
            known = frozenset(told.read().split())
        answer(sys.stdin.buffer, reply, known)
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
