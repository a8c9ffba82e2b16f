"""What a child process is asked: the text of a file, or the image of a page."""

from __future__ import annotations

import base64
import importlib
from dataclasses import replace
from typing import Any

from corpus.reading import wire
from corpus.reading.kinds import READ, kind
from corpus.reading.leaving import widthless
from corpus.reading.refusals import Refused


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    found = kind(request["name"], data)
    if request["want"] == "image":
        return _image(request, data, found)
    if found not in READ:
        raise Refused("legacy" if found in ("office", "rtf") else "foreign", seems=found)
    # Only the reader that is needed: lxml, python-docx or PDFium would each cost a text file 0.05 to 0.2 s.
    extract = importlib.import_module(f"corpus.reading.{found}").read(data)
    if not any(line.strip() for line in extract.lines):
        raise Refused("empty")
    return wire.pack(replace(extract, unseen=(*extract.unseen, *widthless(extract.lines))))


def _image(request: dict[str, Any], data: bytes, found: str) -> dict[str, Any]:
    if found != "pdf":
        raise Refused("not_pdf", seems=found)
    drawing = importlib.import_module("corpus.reading.picture")
    drawn = drawing.picture(data, request["page"], request["quote"])
    return drawn._asdict() | {"png": base64.b64encode(drawn.png).decode()}
