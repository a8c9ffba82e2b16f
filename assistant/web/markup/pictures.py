"""The pictures of a dossier, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from assistant.dossier.dossier import Dossier, Target
from assistant.dossier.pictures.coverage import Bar, bars, coverage_svg
from assistant.dossier.pictures.heat import Heat, heat, heat_svg
from assistant.dossier.pictures.timeline import Span, spans, timeline_svg
from assistant.matching.evidence import State
from assistant.web.markup.text import around, escape, in_french, joined, wide
from assistant.web.texts import Texts


def pictures(dossier: Dossier, t: Texts) -> str:
    """For each certification its coverage, its heat map and its time line; the first in view, the others folded."""
    drawn = [_of(dossier, target, n, t) for n, target in enumerate(dossier.targets)]
    return f'<section class="pictures">{joined(drawn)}</section>' if drawn else ""


def _of(dossier: Dossier, target: Target, number: int, t: Texts) -> str:
    inside = (
        f"{_coverage(bars(target), f'c{number}', target, t)}{_heat(heat(dossier, target), f'h{number}', target, t)}"
        f"{_timeline(spans(dossier, target), f't{number}', target, t)}"
    )
    shown = " open" if not number else ""
    title = f'<span class="block-title" lang="fr">{escape(target.name)}</span>'
    return f'<details class="matched"{shown}><summary>{title}</summary>{inside}</details>'


def _coverage(found: Sequence[Bar], name: str, target: Target, t: Texts) -> str:
    title = t("picture.coverage", name=target.name)
    svg = coverage_svg(found, name, title, t("picture.coverage.help"), t("cv.block"), partial(_named, t))
    heads = [t("cv.column.block"), *(t(f"state.{s}.many") for s in State)]
    counts = [(f"{b.number} · {in_french(b.title)}", *(dict(b.counts).get(s, 0) for s in State)) for b in found]
    return _figure(svg, "picture.coverage", target, heads, counts, t)


def _named(t: Texts, state: State, count: int) -> str:
    return t(f"state.{state}.many" if count > 1 else f"state.{state}")


def _heat(found: Heat, name: str, target: Target, t: Texts) -> str:
    title, outside = t("picture.heat", name=target.name), t("picture.outside")
    svg = heat_svg(found, name, title, t("picture.heat.help"), t("cv.block"), outside)
    heads = [t("picture.job"), *(t("cv.block", n=n) for n in found.blocks)]
    rows = [(escape(job or outside), *counts) for job, counts in found.rows]
    return _figure(svg, "picture.heat", target, heads, rows, t)


def _timeline(found: Sequence[Span], name: str, target: Target, t: Texts) -> str:
    if not found:
        return ""
    title = t("picture.timeline", name=target.name)
    svg = timeline_svg(found, name, title, t("picture.timeline.help"), t("cv.block"))
    heads = [t("picture.job"), t("picture.from"), t("picture.to"), t("cv.column.block")]
    rows = [(escape(s.name), int(s.first), t("picture.now") if s.current else _last(s), _numbers(s)) for s in found]
    return _figure(svg, "picture.timeline", target, heads, rows, t)


def _last(span: Span) -> int:
    """The year in which a span ends; one that ends with a year does not end in the next."""
    return int(span.last - 1e-6)


def _numbers(span: Span) -> str:
    return ", ".join(map(str, span.blocks)) or "–"


def _figure(
    svg: str, kind: str, target: Target, heads: Iterable[str], rows: Iterable[Sequence[object]], t: Texts
) -> str:
    """A picture below its name, above its table; the first of each row is HTML.

    Args:
        kind: the key of its name, in which the certification stands.
    """
    head = joined(f'<th scope="col">{escape(h)}</th>' for h in heads)
    body = joined(
        f'<tr><th scope="row">{first}</th>{joined(f"<td>{escape(value)}</td>" for value in values)}</tr>'
        for first, *values in rows
    )
    title, caption = t(kind, name=target.name), around(t(kind), name=in_french(target.name))
    tabled = f"{t('picture.table')}, {title}"
    return (
        f'<figure class="picture"><figcaption>{caption}</figcaption>'
        f"{wide(title)}{svg}</div>"
        f'<details class="figures"><summary>{escape(t("picture.table"))}</summary>'
        f"{wide(tabled)}<table>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details></figure>"
    )
