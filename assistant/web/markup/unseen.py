"""What is told of a CV that was read: how much of it, what nobody who looks at it would see, what gives orders."""

from __future__ import annotations

from assistant.matching.hidden import told
from assistant.web.markup.text import notice
from assistant.web.texts import Texts
from corpus.document import Document


def read_so(cv: Document, t: Texts) -> str:
    """The notices after a file was read."""
    lines = t.count("cv.lines", len(cv.lines))
    return notice(t("cv.read", name=cv.name, lines=lines), "done") + warnings(cv, t)


def warnings(cv: Document, t: Texts) -> str:
    """What an advisor must know of a CV beyond its text; nothing where there is nothing."""
    return notice(" ".join(map(t.spaced, told(cv, t.lang))), "warn")
