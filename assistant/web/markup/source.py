"""A source beside the page, opened at the lines that are cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.web.markup.leaf import leaf, turns
from assistant.web.markup.text import button, escape, joined, packed, place
from assistant.web.texts import Texts
from corpus.document import Document, Quote, squeeze
from corpus.reading import PageImage

CONTEXT = 8  # lines shown before and after a citation
STRIDE = 60  # lines more at each wish for more


def panel(
    document: Document,
    quotes: Sequence[Quote],
    image: PageImage | None,
    around: int,
    serial: str,
    t: Texts,
    one_of: tuple[int, int] | None = None,
    lang: str = "fr",
    page: int | None = None,
) -> str:
    """The panel's content.

    Args:
        image: the page with the passage marked, where it can be drawn.
        around: lines of context before and after each quote, where no page is shown.
        serial: any text that differs between two openings, so that the page's script notices each.
        one_of: which citation this is, counted from 1, of how many; None where it is none of several.
        lang: of the document; "" where nobody knows, as of a CV.
        page: the number of the page to show; None for the lines around the quotes.
    """
    cited = document.page_of(quotes[0].first) if quotes else None
    wish = {"source": document.name, "quotes": packed(quotes)}
    wish |= {"n": str(one_of[0]), "of": str(one_of[1])} if one_of else {}
    if page is not None:
        turning = turns(page, document.pages[-1].number, wish, t, drawn=image is not None)
        on = next(range(p.first, p.last + 1) for p in document.pages if p.number == page)
        text = _lines(document, quotes, on, lang)
        if image is not None:
            text = f"<details><summary>{escape(t('viewer.text'))}</summary>{text}</details>"
            text = leaf(image, page, document.name, t) + text
    else:
        turning, shown = "", _window(len(document.lines), quotes, around)
        text = _lines(document, quotes, shown, lang) + _more(document, shown, around, wish, t)
    where = place(quotes, cited, t) if quotes else ""
    head = f"{_head(document, where, t)}{_steps(one_of, t)}{turning}"
    opened = f'aria-label="{escape(t("viewer.label"))}" data-opened="{escape(serial)}"'
    named = f'role="group" aria-label="{escape(where or document.name)}"'  # or all of it is read at once when reached
    body = f'<div class="body" tabindex="0" {named}>{text}</div>'
    return f'<aside class="source" {opened}><header>{head}</header>{body}</aside>'


def _head(document: Document, where: str, t: Texts) -> str:
    return (
        f'<h2 tabindex="-1">{escape(document.name)}</h2>'
        f"{button('close', '<span aria-hidden=true>✕</span>', css='close', title=t('viewer.close'))}"
        f'<p class="where">{escape(where)}</p>'
    )


def _steps(one_of: tuple[int, int] | None, t: Texts) -> str:
    """Buttons to the citation before and the one after, for the page's script."""
    if one_of is None:
        return ""
    n, of = one_of
    back, on = (
        f'<button type="button" class="see" data-do="step" data-to="{to}" aria-label="{escape(told)}" '
        f'title="{escape(told)}"{"" if 1 <= to <= of else " disabled"}><span aria-hidden="true">{sign}</span></button>'
        for to, told, sign in ((n - 1, t("viewer.previous"), "‹"), (n + 1, t("viewer.next"), "›"))
    )
    return f'<p class="steps">{back}<span>{escape(t("viewer.step", n=n, of=of))}</span>{on}</p>'


def _lines(document: Document, quotes: Sequence[Quote], shown: Iterable[int], lang: str) -> str:
    """Some lines, with the numbers that they have in the document, which is of a language, "" where nobody knows."""
    cited = {n for q in quotes for n in range(q.first, q.last + 1)}
    marks = _marks(document, quotes)
    rows: list[str] = []
    before = 0
    for n in shown:
        if n != before + 1:
            rows.append('<li class="gap" aria-hidden="true">⋯</li>')
        css = ' class="cited"' if n in cited else ""
        rows.append(f'<li value="{n}"{css}><span>{_marked(document.lines[n - 1], marks.get(n, []))}</span></li>')
        before = n
    tongue = f' lang="{lang}"' if lang else ""
    return f'<ol class="lines"{tongue}>{joined(rows)}</ol>'


def _more(document: Document, shown: Sequence[int], around: int, wish: dict[str, str], t: Texts) -> str:
    """A button for more of the document, where there is more."""
    if len(shown) == len(document.lines):
        return ""
    return button("more", escape(t("viewer.whole")), css="see more", around=str(around + STRIDE), **wish)


def _window(total: int, quotes: Sequence[Quote], around: int) -> list[int]:
    """The numbers of the lines to show, ascending; the beginning of the source where nothing is cited."""
    spans = [(q.first, q.last) for q in quotes] or [(1, 1)]
    return sorted({n for a, b in spans for n in range(max(1, a - around), min(total, b + around) + 1)})


def _marks(document: Document, quotes: Sequence[Quote]) -> dict[int, list[tuple[int, int]]]:
    """For each line the stretches (start, end) that a quote covers; white space is no part of the comparison."""
    marks: dict[int, list[tuple[int, int]]] = {}
    for quote in quotes:
        places = [
            (n, column)
            for n in range(quote.first, min(quote.last, len(document.lines)) + 1)
            for column, char in enumerate(document.lines[n - 1])
            if not char.isspace()
        ]
        wanted = squeeze(quote.text)
        start = "".join(document.lines[n - 1][column] for n, column in places).find(wanted) if wanted else -1
        covered = places[start : start + len(wanted)] if start >= 0 else []
        for n in {n for n, _ in covered}:
            columns = [column for line, column in covered if line == n]
            marks.setdefault(n, []).append((columns[0], columns[-1] + 1))
    return marks


def _marked(line: str, stretches: list[tuple[int, int]]) -> str:
    shown, done = [], 0
    for start, end in sorted(stretches):
        if start < done:
            continue
        shown.append(f"{escape(line[done:start])}<mark>{escape(line[start:end])}</mark>")
        done = end
    return joined(shown) + escape(line[done:])
