"""Texts as French sets them, and without what no document can hold."""

from __future__ import annotations

import re

NARROW, WIDE = "\u202f", "\u00a0"  # no-break spaces: narrow before ; ? ! and wide before : and inside « »
CONTROL = {c: None for c in range(32) if chr(c) not in "\t\n"}  # XML cannot hold these
CONTROL |= dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")


def french(text: str) -> str:
    """A phrase of ours with unbreakable blanks before : ; ? ! » and after «; never applied to what is quoted."""
    text = re.sub(r"[ \u00a0](?=[;?!])", NARROW, text)
    return re.sub(r" (?=[:»%])", WIDE, text).replace("« ", "«" + WIDE)


def quoted(text: str) -> str:
    """A verbatim text between French quotes."""
    return f"«{WIDE}{text}{WIDE}»"


def clean(text: str) -> str:
    """A text that any document can hold: control characters are left out."""
    return text.translate(CONTROL)
