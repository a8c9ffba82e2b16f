"""Two certifications side by side: heads, counts, facts, blocks with their competences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.comparison.comparison import BlockChange, Change, Comparison, FactRow, Kind, Stated, Worded, counted
from assistant.comparison.differing import Run, differing
from assistant.dossier.pictures.svg import drawn, rect, text
from assistant.typography import french
from assistant.web.markup.handing import handed
from assistant.web.markup.text import (
    VERBATIM,
    button,
    code,
    escape,
    in_french,
    joined,
    notice,
    opener,
    place,
    validity,
)
from assistant.web.texts import Texts
from corpus.referential import Referential
from index.cards import Card

SIGNS = {Kind.KEPT: "=", Kind.REWORDED: "≈", Kind.NEW: "+", Kind.GONE: "−"}
SHOWN = 4  # statements of one facet and side in view; the others are folded
WIDTH, LEFT, STEP, HIGH = 640, 130, 30, 20  # pixels of the picture


def suggestions(cards: Sequence[Card], today: date, t: Texts) -> str:
    """Buttons that put a certification's code into the box above them."""
    if not cards:
        return ""
    rows = joined(f"<li>{_suggestion(card, today, t)}</li>" for card in cards)
    told = escape(t.count("compare.suggested", len(cards)))
    return f'<p class="caption" role="status">{told}</p><ul class="meant">{rows}</ul>'


def _suggestion(card: Card, today: date, t: Texts) -> str:
    gone = f' <span class="quiet">({escape(t("validity.expired"))})</span>' if card.expired(today) else ""
    return button("pick", f"{code(card)} {in_french(card.title)}{gone}", css="meant", name=card.code or card.source)


def comparison(found: Comparison, files: Mapping[str, bytes], today: date, t: Texts) -> str:
    """The whole comparison, with links that hold its files by their endings."""
    heads = joined(
        f'<article class="card"><p class="caption">{escape(t(f"compare.{side}"))}</p>{_head(r, today, t)}</article>'
        for side, r in (("before", found.before), ("after", found.after))
    )
    blocks = joined(_block(block, t) for block in found.blocks) or notice(t("compare.no_blocks"))
    return (
        f'<div class="contrast"><div class="heads">{heads}</div>{_counts(found, t)}{_downloads(found, files, t)}'
        f"<h2>{escape(t('compare.facts'))}</h2>{_facts(found.facts, t)}"
        f"<h2>{escape(t('compare.blocks'))}</h2>{blocks}</div>"
    )


def _head(referential: Referential, today: date, t: Texts) -> str:
    told = escape(t("search.level.value", n=referential.level))
    level = f'<span class="level">{told}</span>' if referential.level else ""
    badges = f"{code(referential)}{level}{validity(referential, today, t)}"
    return f'<h2 lang="fr">{escape(referential.title)}</h2><p class="badges">{badges}</p>'


def _downloads(found: Comparison, files: Mapping[str, bytes], t: Texts) -> str:
    names = "-".join(r.code or r.source for r in (found.before, found.after))
    links = joined(
        handed(f"comparaison-{names}.{ending}", data, t("compare.save", format=ending.upper()), css="see") + " "
        for ending, data in files.items()
    )
    return f'<p class="downloads">{links}</p>'


def _counts(found: Comparison, t: Texts) -> str:
    """Competences by kind as bars, and as a table that counts blocks as well."""
    competences, blocks = counted(found.changes), counted(found.blocks)
    title, unit = t("compare.picture"), (WIDTH - LEFT - 40) / max(1, *competences.values())
    body = joined(
        text(0, row * STEP + HIGH - 5, f"{SIGNS[kind]} {t(f'compare.{kind}.many')}")
        + rect(LEFT, row * STEP, unit * n, HIGH, f"var(--kind-{kind}, #8aa)", f"{t(f'compare.{kind}.many')} : {n}")
        + text(LEFT + unit * n + 8, row * STEP + HIGH - 5, str(n))
        for row, (kind, n) in enumerate(competences.items())
    )
    svg = drawn(WIDTH, len(Kind) * STEP, "kinds", title, t("compare.picture.help"), body)
    rows = joined(
        f'<tr><th scope="row">{escape(t(f"compare.{kind}.many"))}</th><td>{n}</td><td>{blocks[kind]}</td></tr>'
        for kind, n in competences.items()
    )
    heads = _heads(t("compare.kind"), t("compare.competences"), t("sources.blocks"))
    moved = f"<p>{escape(t.count('compare.moved', found.moved))}</p>" if found.moved else ""
    return (
        f'<figure class="picture"><figcaption>{escape(title)}</figcaption>'
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}">{svg}</div>{moved}'
        f'<details class="figures"><summary>{escape(t("picture.table"))}</summary>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        "</details></figure>"
    )


def _heads(*names: str) -> str:
    return joined(f'<th scope="col">{escape(name)}</th>' for name in names)


def _facts(rows: Sequence[FactRow], t: Texts) -> str:
    heads = _heads(t("compare.fact"), t("compare.before"), t("compare.after"), t("compare.same"))
    body = joined(
        f'<tr><th scope="row">{escape(t(f"facet.{row.facet}"))}</th>'
        f'<td data-label="{escape(t("compare.before"))}">{_statements(row.before, t)}</td>'
        f'<td data-label="{escape(t("compare.after"))}">{_statements(row.after, t)}</td>'
        f'<td data-label="{escape(t("compare.same"))}">{escape(t(_same(row)))}</td></tr>'
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(t("compare.facts"))}">'
        f'<table class="stated"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _same(row: FactRow) -> str:
    return {True: "compare.same.yes", False: "compare.same.no", None: "compare.same.unsaid"}[row.same]


def _statements(stated: Sequence[Stated], t: Texts) -> str:
    if not stated:
        return escape(t("compare.unsaid"))
    items = [f"<li>{_statement(s, t)}</li>" for s in stated]
    more = ""
    if len(items) > SHOWN:
        told = escape(t("compare.more", n=len(items) - SHOWN))
        more = f'<details><summary>{told}</summary><ul class="plain">{joined(items[SHOWN:])}</ul></details>'
    return f'<ul class="plain">{joined(items[:SHOWN])}</ul>{more}'


def _statement(stated: Stated, t: Texts) -> str:
    label = f'<span class="quiet" lang="fr">{escape(french(f"{stated.label} :"))}</span> ' if stated.label else ""
    value = in_french(stated.value) if stated.shared else f'<strong lang="fr">{escape(stated.value)}</strong>'
    return f"{label}{value} {_at([stated.citation], t)}"


def _block(block: BlockChange, t: Texts) -> str:
    titles = [_title(worded, t) for worded in (block.before, block.after) if worded]
    named = f"{titles[0]} → {titles[1]}" if len(titles) == 2 else titles[0]
    changes = joined(f'<li class="change {c.kind}">{_change(c, t)}</li>' for c in block.changes)
    left = joined(f"<li>{_departure(c, t)}</li>" for c in block.departed)
    departed = f'<p class="caption">{escape(t("compare.departed"))}</p><ul>{left}</ul>' if left else ""
    opened = "" if block.kind is Kind.KEPT else " open"
    kind = _kind(block.kind, t, "compare.block")
    return (
        f'<details class="matched"{opened}><summary><span class="block-title">{kind} {named}</span>'
        f'<span class="counts">{escape(_tally(block, t))}</span></summary>'
        f'<ul class="competences">{changes}</ul>{departed}</details>'
    )


def _title(worded: Worded, t: Texts) -> str:
    number = f"{t('cv.block', n=worded.block)} · " if worded.block is not None else ""
    return escape(number) + (in_french(worded.text) if worded.text else escape(t("facet.competences")))


def _tally(block: BlockChange, t: Texts) -> str:
    counts = counted(block.changes)
    return ", ".join(f"{n} {t(_counted(kind, n))}" for kind, n in counts.items() if n)


def _counted(kind: Kind, n: int) -> str:
    return f"compare.{kind}.many" if n > 1 else f"compare.{kind}"


def _kind(kind: Kind, t: Texts, named: str = "compare") -> str:
    sign = f'<span aria-hidden="true">{SIGNS[kind]}</span>'
    return f'<span class="kind {kind}">{sign} {escape(t(f"{named}.{kind}"))}</span>'


def _change(change: Change, t: Texts) -> str:
    moved = f'<p class="quiet">{escape(_move(change, t))}</p>' if change.moved else ""
    return f"<p>{_kind(change.kind, t)}</p>{moved}{_wordings(change, t)}"


def _wordings(change: Change, t: Texts) -> str:
    before, after = change.before, change.after
    if before and after and change.kind is Kind.REWORDED:
        runs = differing(before.text, after.text)
        old = _side("before", before, _runs(runs[0], "del", t("compare.removed"), t), t)
        return f'<div class="pair">{old}{_side("after", after, _runs(runs[1], "ins", t("compare.added"), t), t)}</div>'
    if before and after:
        both = f"{_at(before.citations, t)} {_at(after.citations, t)}"
        return f'{_quoted(after, escape(after.text))}<p class="where">{both}</p>'
    only = before or after
    return f'{_quoted(only, escape(only.text))}<p class="where">{_at(only.citations, t)}</p>' if only else ""


def _side(side: str, worded: Worded, words: str, t: Texts) -> str:
    return (
        f"<figure><figcaption>{escape(t(f'compare.{side}'))}</figcaption>{_quoted(worded, words)}"
        f'<p class="where">{_at(worded.citations, t)}</p></figure>'
    )


def _quoted(worded: Worded, words: str) -> str:
    number = f'<span class="number">{escape(worded.number)}</span> ' if worded.number else ""
    return f"<blockquote {VERBATIM}>{number}{words}</blockquote>"


def _runs(runs: Sequence[Run], element: str, said: str, t: Texts) -> str:
    """Words, those of one side only in an element that says so to who does not see it."""
    told = f'<span class="unseen" lang="{t.lang}">{escape(said)} </span>'
    begun, ended = f"<{element}>{told}", f"</{element}>"
    return " ".join(f"{begun}{escape(run.text)}{ended}" if run.own else escape(run.text) for run in runs)


def _at(citations: Sequence, t: Texts) -> str:
    """A button that opens the source at the quotes of one side."""
    where = f"{citations[0].source}, {place([c.quote for c in citations], citations[0].page, t)}"
    title = f"{t('search.open')}, {where}"
    return opener(citations[0].source, [c.quote for c in citations], escape(where), title=title)


def _move(change: Change, t: Texts) -> str:
    return t("compare.from_to", before=change.before.block, after=change.after.block)


def _departure(change: Change, t: Texts) -> str:
    return f"{in_french(change.before.text)} ({escape(_move(change, t))})"
