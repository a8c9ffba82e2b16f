"""The only file that speaks with Typst: a template filled with data becomes a PDF, a drawing becomes an image.

Typst is one compiled wheel: no system library, no network, no font but those beside this file. What it writes is tagged
and checked against PDF/UA-1 as it is made.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

from assistant.dossier.glyphs import FONTS

TEMPLATE = Path(__file__).with_name("dossier.typ")
DRAWING = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
SHARP = 220  # dots to an inch of paper


def set_in_type(data: dict[str, object]) -> bytes:
    """The PDF that the template makes of data, which JSON can hold."""
    compiler = _compiler(TEMPLATE, {"data": json.dumps(data, ensure_ascii=False)})
    return compiler.compile(format="pdf", pdf_standards=["ua-1"])


def png(svg: str) -> bytes:
    """A drawing as an image for paper."""
    return _compiler(DRAWING, {"svg": svg}).compile(format="png", ppi=SHARP)


def _compiler(template: Path | bytes, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(template, TEMPLATE.parent, _fonts(), ignore_system_fonts=True, sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
