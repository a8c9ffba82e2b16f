"""What is told of a CV that was read: how much of it, and what of it nobody who looks at it would see."""

from __future__ import annotations

from assistant.web.markup.text import notice
from assistant.web.texts import Texts
from corpus.document import Document, Unseen


def read_so(cv: Document, t: Texts) -> str:
    """The notices after reading, the alarming ones last."""
    lines = t.count("cv.lines", len(cv.lines))
    told = [notice(t("cv.read", name=cv.name, lines=lines), "done")]
    if cv.recognised:
        told.append(notice(t("cv.recognised", pages=", ".join(map(str, cv.recognised))), "warn"))
    if cv.hidden or cv.unseen:
        told.append(notice(unseen(cv, t), "warn"))
    return "".join(told)


def unseen(cv: Document, t: Texts) -> str:
    """How much text was left out, where, and why; what it says is not kept."""
    where = "place.page" if cv.pages else "place.line"
    rows = [
        t("unseen.row", n=h.characters, reason=t(f"unseen.{h.reason}"),
          place=t(where, page=h.place, first=max(1, h.place)))
        for h in cv.unseen
    ]  # fmt: skip
    kept = [h for h in cv.unseen if h.reason is not Unseen.WIDTHLESS]
    told = t("cv.unseen", n=cv.hidden or sum(h.characters for h in kept)) if cv.hidden or kept else ""
    listed = f"{' ; '.join(rows)}." if rows else ""
    return f"{told} {listed[:1].upper()}{listed[1:]}".strip()
