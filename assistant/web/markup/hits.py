"""What a search found: certification, block, passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.web.markup.text import escape, joined, notice, opener, place, validity
from assistant.web.texts import Texts
from corpus.passages import Passage
from corpus.referential import Referential
from index.contract import Hit

Key = tuple[str, str | None]
PageOf = Callable[[str, int], int | None]


def results(hits: Sequence[Hit], referentials: Sequence[Referential], page_of: PageOf, today: date, t: Texts) -> str:
    """Cards of certifications in the order of their best passage; inside each, blocks likewise."""
    if not hits:
        return notice(t("search.none"))
    known: Mapping[Key, Referential] = {(r.source, r.code): r for r in referentials}
    grouped = _grouped([h.passage for h in hits], lambda p: (p.source, p.certification))
    cards = joined(_card(key, found, known.get(key), page_of, today, t) for key, found in grouped)
    told = t.count("search.count", len(hits), sources=t.count("search.sources", len(grouped)))
    return f'<div role="status"><h2 class="caption">{escape(told)}</h2></div><div class="cards">{cards}</div>'


def _grouped(passages: Sequence[Passage], key: Callable[[Passage], object]) -> list[tuple]:
    """Groups in the order of their first member, members in their own order."""
    order = {k: i for i, k in reversed(list(enumerate(map(key, passages))))}
    ranked = sorted(passages, key=lambda p: order[key(p)])
    return [(k, list(group)) for k, group in groupby(ranked, key)]


def _card(key: Key, found: list[Passage], r: Referential | None, page_of: PageOf, today: date, t: Texts) -> str:
    source, code = key
    title = r.title if r else source
    badges = (f'<span class="code">{escape(code)}</span>' if code else "") + (validity(r, today, t) if r else "")
    if r and r.level:
        badges += f'<span class="level">{escape(t("search.level.value", n=r.level))}</span>'
    blocks = joined(_block(number, group, r, page_of, t) for number, group in _grouped(found, lambda p: p.block))
    header = f'<header><h3>{escape(title)}</h3><p class="badges">{badges}</p></header>'
    return f'<article class="card">{header}{blocks}</article>'


def _block(number: int | None, found: list[Passage], r: Referential | None, page_of: PageOf, t: Texts) -> str:
    if number is None:
        heading = t("search.whole")
    else:
        block = r.block(number) if r else None
        heading = t("cv.block", n=number) + (f" · {block.title}" if block else "")
    passages = joined(_passage(p, page_of, t) for p in found)
    return f'<section class="block"><h4>{escape(heading)}</h4>{passages}</section>'


def _passage(passage: Passage, page_of: PageOf, t: Texts) -> str:
    quoted = ' <span class="gap">[…]</span> '.join(escape(q.text) for q in passage.quotes)
    where = f"{passage.source}, {place(passage.quotes, page_of(passage.source, passage.quotes[0].first), t)}"
    opened = opener(passage.source, passage.quotes, escape(t("search.open")), title=f"{t('search.open')}, {where}")
    return (
        f'<div class="passage"><p class="facet">{escape(t(f"facet.{passage.facet}"))}</p>'
        f'<blockquote class="verbatim">{quoted}</blockquote>'
        f'<p class="where">{escape(where)} {opened}</p></div>'
    )
