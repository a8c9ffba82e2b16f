"""What a search found: what was understood, facets, and certifications with their blocks and passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from assistant.searching.address import NAMES
from assistant.searching.facets import Counted, Facet
from assistant.searching.finding import Findings, FoundBlock, FoundCard
from assistant.searching.restrictions import Restriction, set_by_controls
from assistant.web.markup.text import (
    VERBATIM,
    around,
    button,
    code,
    escape,
    in_french,
    joined,
    notice,
    opener,
    place,
    succession,
    validity,
)
from assistant.web.texts import Texts
from corpus.passages import Passage
from index.contract import Filters
from index.kinds import kinds

PageOf = Callable[[str, int], int | None]
Held = Callable[[str], bool]
FIRST = ("level", "kind", "active", "vae")  # facets that are always in view; the others are unfolded


def results(found: Findings, chosen: Filters, page_of: PageOf, held: Held, today: date, t: Texts) -> str:
    """The filters in force as chips, then how many were found, facets, the page's cards, and the way to other pages.

    Args:
        chosen: the filters of the controls alone.
        held: whether the store has a certification of a code.
    """
    chips = _chips(found, chosen, t)
    if not found.total:
        return chips + _nothing(found, t)
    cards = joined(_card(card, page_of, held, today, t) for card in found.cards)
    told = escape(t.count("search.count", found.total))
    if found.pages > 1:
        told += f' <span class="quiet">{escape(t("search.page", n=found.number, pages=found.pages))}</span>'
    head = f'<div role="status"><h2 class="caption" tabindex="-1">{told}</h2></div>'
    missing = joined(notice(t("search.missing", code=c)) for c in found.missing)
    return f'{chips}{missing}{head}{_facets(found, t)}<div class="cards">{cards}</div>{_turning(found, t)}{_files(t)}'


def names(t: Texts) -> Mapping[str, str]:
    """How each field of `Filters` is called."""
    return {
        "level": t("search.level"),
        "kind": t("search.kind"),
        "register": t("search.register"),
        "active": t("search.active"),
        "vae": t("search.vae"),
        "rome": t("search.rome"),
        "nsf": t("search.nsf"),
        "formacode": t("search.formacode"),
        "issuer": t("search.issuer"),
        "ends_from": t("search.ends_from"),
        "ends_to": t("search.ends_to"),
        "certifications": t("search.certification"),
    }


def _chips(found: Findings, chosen: Filters, t: Texts) -> str:
    """Each filter in force, with a button that takes it away."""
    stated = {r.field for r in found.asked.stated}
    controls = [r for r in set_by_controls(chosen) if r.field not in stated]
    chips = joined(f"<li>{_chip(r, t)}</li>" for r in (*found.asked.stated, *controls) if r.field in NAMES)
    label = escape(t("search.understood"))
    return f'<ul class="chips understood" aria-label="{label}">{chips}</ul>' if chips else ""


def _chip(restriction: Restriction, t: Texts) -> str:
    told = _said(restriction, t)
    away = t("search.free", name=told)
    cross = f'{_shown(restriction, t)} <span aria-hidden="true">×</span>'
    return button("free", cross, css="chip", title=away, field=restriction.field, words=restriction.words)


def _said(restriction: Restriction, t: Texts) -> str:
    if restriction.value is True:
        return names(t)[restriction.field]
    if restriction.field == "level":
        return t("search.level.value", n=restriction.value)
    return t("search.filter", name=names(t)[restriction.field], value=_value(restriction, t))


def _shown(restriction: Restriction, t: Texts) -> str:
    """The same as HTML; types of diploma and issuers have French names."""
    if restriction.field not in ("kind", "issuer"):
        return escape(_said(restriction, t))
    name = escape(names(t)[restriction.field])
    return around(t("search.filter"), name=name, value=in_french(_value(restriction, t)))


def _value(restriction: Restriction, t: Texts) -> str:
    value = restriction.value
    if restriction.field == "kind" and value in kinds():
        return kinds()[str(value)].short
    return t.day(value) if isinstance(value, date) else ", ".join(value) if isinstance(value, tuple) else str(value)


def _nothing(found: Findings, t: Texts) -> str:
    missing = joined(notice(t("search.missing", code=c)) for c in found.missing)
    if found.spared:
        told = t.count("search.spared", found.spared)
        return f"{missing}{notice(told)}<p>{button('loosen', escape(t('search.loosen')), css='see')}</p>"
    return missing or notice(t("search.none"))


def _facets(found: Findings, t: Texts) -> str:
    """Values with their counts; those that would change nothing are left out."""
    telling = [f for f in found.facets if not all(v.count == found.total for v in f.values)]
    first = joined(_facet(f, t) for f in telling if f.field in FIRST)
    others = joined(_facet(f, t) for f in telling if f.field not in FIRST)
    more = f"<details><summary>{escape(t('search.facets'))}</summary>{others}</details>" if others else ""
    label = escape(t("search.narrow"))
    return f'<div class="facets" role="group" aria-label="{label}">{first}{more}</div>' if first or more else ""


def _facet(facet: Facet, t: Texts) -> str:
    values = joined(f"<li>{_tally(facet.field, v, t)}</li>" for v in facet.values)
    name = "" if facet.values[0].value is True else f'<span class="name">{escape(names(t)[facet.field])}</span>'
    return f'<div class="facet-row">{name}<ul>{values}</ul></div>'


def _tally(field: str, counted: Counted, t: Texts) -> str:
    """A value of a facet as a button that narrows the search to it."""
    label = in_french(counted.label)  # of an issuer, a job, a speciality, a type of diploma
    if counted.value is True:
        label = escape(names(t)[field])
    elif field == "level":
        label = escape(t("search.level.value", n=counted.label))
    told = f'{label} <span class="quiet">({counted.count})</span>'
    value = "1" if counted.value is True else str(counted.value)
    return button("narrow", told, css="tally", field=field, value=value)


def _card(found: FoundCard, page_of: PageOf, held: Held, today: date, t: Texts) -> str:
    card = found.card
    badges = code(card) + validity(card, today, t)
    if card.level:
        badges += f'<span class="level">{escape(t("search.level.value", n=card.level))}</span>'
    if card.kind in kinds():
        badges += f'<span class="level" lang="fr">{escape(kinds()[card.kind].short)}</span>'
    blocks = joined(_block(block, page_of, t) for block in found.blocks)
    header = f'<header><h3 lang="fr">{escape(card.title)}</h3><p class="badges">{badges}</p></header>'
    replaced = card.code and any(map(held, card.replaced_by))
    way = f"<p>{succession(card.code, t)}</p>" if replaced else ""
    return f'<article class="card">{header}{way}{blocks}</article>'


def _block(found: FoundBlock, page_of: PageOf, t: Texts) -> str:
    passages = joined(_passage(hit.passage, page_of, t) for hit in found.hits)
    return f'<section class="block"><h4>{_heading(found, t)}</h4>{passages}</section>'


def _heading(found: FoundBlock, t: Texts) -> str:
    """The block's number with its title, which stands second above its passages."""
    if found.number is None:
        return escape(t("search.whole"))
    above = found.hits[0].passage.ancestors[1:2]
    title = (above[0].partition(" : ")[2] or above[0]) if above else ""
    return escape(t("cv.block", n=found.number)) + (f" · {in_french(title)}" if title else "")


def _passage(passage: Passage, page_of: PageOf, t: Texts) -> str:
    quoted = ' <span class="gap">[…]</span> '.join(escape(q.text) for q in passage.quotes)
    where = f"{passage.source}, {place(passage.quotes, page_of(passage.source, passage.quotes[0].first), t)}"
    opened = opener(passage.source, passage.quotes, escape(t("search.open")), title=f"{t('search.open')}, {where}")
    return (
        f'<div class="passage"><p class="facet">{escape(t(f"facet.{passage.facet}"))}</p>'
        f"<blockquote {VERBATIM}>{quoted}</blockquote>"
        f'<p class="where">{escape(where)} {opened}</p></div>'
    )


def _turning(found: Findings, t: Texts) -> str:
    """The way to the page before and to the next one."""
    ways = []
    if found.number > 1:
        ways.append(button("turn", escape(t("search.previous")), css="see", page=str(found.number - 1)))
    if found.number < found.pages:
        ways.append(button("turn", escape(t("search.next")), css="see", page=str(found.number + 1)))
    return f'<nav class="turning" aria-label="{escape(t("search.pages"))}">{joined(ways)}</nav>' if ways else ""


def _files(t: Texts) -> str:
    csv = button("take", escape(t("search.take.csv")), css="see", ending=".csv")
    xlsx = button("take", escape(t("search.take.xlsx")), css="see", ending=".xlsx")
    return f'<p class="downloads">{csv} {xlsx}</p>'
