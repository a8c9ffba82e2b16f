"""Pieces as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.web.transcript.pieces import Kind, Piece

SPECIAL = re.compile(r"[\\`*_<>&#|~]|\[(?!\d{1,3}\])|^[-+=]")  # "[3]" is ours, and stays
NUMBERED = re.compile(r"^(\d+)([.)])")  # would begin a list
PLAIN = {Kind.ITEM: "- {}", Kind.PLACE: "    {}"}
MARKDOWN = {
    Kind.TITLE: "# {}",
    Kind.QUESTION: "## {}",
    Kind.HEADING: "### {}",
    Kind.ITEM: "- {}",
    Kind.QUOTE: "> {}  ",
    Kind.PLACE: "> *{}*",
    Kind.QUIET: "*{}*",
}
TOGETHER = {(Kind.ITEM, Kind.ITEM), (Kind.QUOTE, Kind.PLACE)}  # without an empty line between them


def plain(pieces: Sequence[Piece]) -> str:
    return _joined(pieces, [PLAIN.get(p.kind, "{}").format(p.text) for p in pieces])


def markdown(pieces: Sequence[Piece]) -> str:
    """CommonMark; what the pieces say is escaped, so that no source can write a link or HTML into it."""
    return _joined(pieces, [MARKDOWN.get(p.kind, "{}").format(_escaped(p.text)) for p in pieces])


def _escaped(text: str) -> str:
    return NUMBERED.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text))


def _joined(pieces: Sequence[Piece], lines: Sequence[str]) -> str:
    out = ""
    for n, line in enumerate(lines):
        gap = "" if n == 0 else "\n" if (pieces[n - 1].kind, pieces[n].kind) in TOGETHER else "\n\n"
        out += gap + line
    return out + "\n"
