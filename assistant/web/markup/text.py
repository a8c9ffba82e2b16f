"""The pieces of HTML that every page is made of."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from assistant.web.texts import Texts
from corpus.document import Quote
from corpus.referential import Referential
from index.cards import Card

VERBATIM = 'class="verbatim" lang="fr"'  # sources are French, whatever the page
MARKER = re.compile(r"\[(\d{1,3})\]")
MOST_QUOTES = 200  # of one opening
APART = 10  # lines between quotes that are still one place
MOST_NAMED = 4  # places told in one phrase


def escape(text: object) -> str:
    """Text as HTML shows it, safe in an element and between quotes of an attribute."""
    return html.escape(str(text), quote=True)


def in_french(text: object) -> str:
    """Words of a source, title or block, marked as French among phrases of whatever language."""
    return f'<span lang="fr">{escape(text)}</span>'


def around(phrase: str, **holes: str) -> str:
    """A phrase of ours, escaped, its holes filled with HTML."""
    return escape(phrase).format(**holes)


def joined(pieces: Iterable[str]) -> str:
    return "".join(pieces)


def button(action: str, label: str, *, css: str = "", title: str = "", **data: str) -> str:
    """A button that the page's script turns into the event `action`, carrying `data`; `label` is HTML."""
    carried = joined(f' data-{name}="{escape(value)}"' for name, value in data.items())
    told = f' aria-label="{escape(title)}" title="{escape(title)}"' if title else ""
    return f'<button type="button" class="{css}" data-act="{action}"{carried}{told}>{label}</button>'


def opener(
    source: str, quotes: Sequence[Quote], label: str, *, css: str = "see", title: str = "", **data: str
) -> str:
    """A button that opens a source beside the page with these quotes marked.

    `n` and `of` in `data` say that it is one citation of several, between which the source's panel leads.
    """
    return button("open", label, css=css, title=title, source=source, quotes=packed(quotes), **data)


def in_cv(quotes: Sequence[Quote], page: int | None, t: Texts, can_open: bool = True) -> str:
    """Where a statement stands in the CV, as a button that opens the CV there, if it is at hand."""
    told = t("cv.line", lines=place(quotes, page, t))
    if not can_open:
        return f'<span class="quiet">{escape(told)}</span>'
    return button("cv", escape(told), css="see", title=f"{t('search.open')}, {told}", quotes=packed(quotes))


def two_sides(heads: tuple[str, str], words: tuple[str, str]) -> str:
    """What the CV says beside what the referential says; the heads are HTML."""
    shown = joined(
        f"<figure><figcaption>{head}</figcaption><blockquote {kind}>{escape(said)}</blockquote></figure>"
        for head, said, kind in zip(heads, words, ('class="verbatim"', VERBATIM), strict=True)
    )
    return f'<div class="pair">{shown}</div>'


def packed(quotes: Sequence[Quote]) -> str:
    """Quotes as a button carries them; `unpacked` reads them back."""
    return json.dumps([[q.first, q.last, q.text] for q in quotes], ensure_ascii=False)


def unpacked(text: str) -> tuple[Quote, ...]:
    """Quotes as they came back from a browser, which may send anything: ValueError for what no button carries."""
    rows = json.loads(text)
    if not isinstance(rows, list) or len(rows) > MOST_QUOTES:
        raise ValueError(f"expected a list of at most {MOST_QUOTES} quotes, got {type(rows).__name__}")
    quotes = tuple(Quote(str(words), int(first), int(last)) for first, last, words in rows)
    if any(not 1 <= q.first <= q.last for q in quotes):
        raise ValueError("expected lines counted from 1, in order")
    return quotes


def place(quotes: Sequence[Quote], page: int | None, t: Texts) -> str:
    """Where quotes stand, in words: "page 3, lignes 12 à 14"; of quotes apart from each other, where each begins."""
    first, last = min(q.first for q in quotes), max(q.last for q in quotes)
    if last - first > sum(q.last - q.first + 1 for q in quotes) + APART:
        begun = sorted({q.first for q in quotes})
        lines = t("place.spread", lines=", ".join(map(str, begun[:MOST_NAMED])) + ("…" if begun[MOST_NAMED:] else ""))
    else:
        lines = t("place.line", first=first) if first == last else t("place.lines", first=first, last=last)
    return f"{t('place.page', page=page)}, {lines}" if page is not None else lines


def notice(text: str, kind: str = "info") -> str:
    """A phrase of ours in a box; kind is "info", "done" or "error"."""
    role = "alert" if kind == "error" else "status"
    return f'<p class="notice {kind}" role="{role}">{escape(text)}</p>' if text else ""


def code(certification: Referential) -> str:
    return f'<span class="code">{escape(certification.code)}</span>' if certification.code else ""


def succession(code: str, t: Texts) -> str:
    """The way to the page that compares a certification with what replaces it."""
    return f'<a class="see" href="comparer?a={quote(code)}">{escape(t("compare.succession"))}</a>'


def validity(referential: Referential | Card, today: date, t: Texts) -> str:
    """Until when a certification is in force, in words, as a badge that does not rely on its colour."""
    expired, until = referential.expired(today), referential.until
    if expired:
        words = t("validity.expired.since", date=t.day(until)) if until and until < today else t("validity.expired")
    elif until:
        words = t("validity.until", date=t.day(until))
    else:
        words = t("validity.active") if referential.active else t("validity.unknown")
    replaced = ""
    if referential.replaced_by:
        names = ", ".join(referential.replaced_by)
        replaced = f' <span class="quiet">{escape(t("validity.replaced", names=names))}</span>'
    kind = "expired" if expired else "current" if until or referential.active else "unknown"
    return f'<span class="validity {kind}">{escape(words)}</span>{replaced}'


def wide(name: str) -> str:
    """The start of a `div` that scrolls sideways where it is too wide, by keyboard too; the caller ends it."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}">'


def paragraphs(text: str) -> str:
    """Escaped text as paragraphs and lists: a line that starts with "-" or "•" is an item."""
    shown: list[str] = []
    items: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = re.match(r"\s*[-•–]\s+(.*)", line)
        if item:
            items.append(f"<li>{item[1]}</li>")
            continue
        if items:
            shown.append(f"<ul>{joined(items)}</ul>")
            items = []
        if line.strip():
            shown.append(f"<p>{line.strip()}</p>")
    return joined(shown)
