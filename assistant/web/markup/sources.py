"""The sources in the store, and what becomes of those being added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.web.markup.text import button, escape, joined, notice, opener, validity
from assistant.web.texts import Texts
from index.cards import Card

SHOWN = 200  # rows at once; the national répertoire has thousands


def listing(referentials: Sequence[Card], wanted: str, today: date, t: Texts) -> str:
    """One row for each referential that has the wanted words in its source, code or title."""
    if not referentials:
        return notice(t("sources.empty"))
    found = [r for r in referentials if _holds(r, wanted)]
    heads = joined(
        f'<th scope="col">{escape(t(f"sources.{name}"))}</th>'
        for name in ("title", "certification", "level", "blocks", "validity", "source", "actions")
    )
    rows = joined(_row(r, today, t) for r in found[:SHOWN])
    more = notice(t("sources.more", n=SHOWN)) if len(found) > SHOWN else ""
    return (
        f'<table class="sources"><caption>{escape(t.count("sources.caption", len(found)))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
    )


def _holds(r: Card, wanted: str) -> bool:
    told = f"{r.source} {r.code or ''} {r.title}".casefold()
    return all(word in told for word in wanted.casefold().split())


def _row(r: Card, today: date, t: Texts) -> str:
    def cell(name: str, content: str) -> str:
        return f'<td data-label="{escape(t(f"sources.{name}"))}">{content}</td>'

    return (
        f'<tr><th scope="row" lang="fr">{escape(r.title)}</th>'
        + cell("certification", f'<span class="code">{escape(r.code)}</span>' if r.code else "–")
        + cell("level", str(r.level or "–"))
        + cell("blocks", str(len(r.blocks)))
        + cell("validity", validity(r, today, t))
        + cell("source", f'<span class="file">{escape(r.source)}</span>')
        + cell("actions", _actions(r, t))
        + "</tr>"
    )


def _actions(r: Card, t: Texts) -> str:
    title = f"{t('sources.open')} {r.source}"
    ask = escape(t("sources.remove.ask", name=r.source))
    yes = button("remove", escape(t("sources.remove.yes")), css="danger", source=r.source)
    return (
        f"{opener(r.source, [], escape(t('sources.open')), title=title)}"
        f'<details class="remove"><summary aria-label="{escape(t("sources.remove"))} {escape(r.source)}">'
        f"{escape(t('sources.remove'))}</summary><div><p>{ask}</p>{yes}</div></details>"
    )


def progress(done: int, total: int, name: str, t: Texts) -> str:
    """How far adding has come: `done` of `total` files."""
    told = escape(t("sources.reading", name=name)) if name else ""
    bar = f'<progress max="{max(total, 1)}" value="{done}"></progress>'
    return f'<div class="progress" role="status">{bar}<span>{told}</span></div>'


def report(added: Sequence[str], unchanged: Sequence[str], failed: Sequence[tuple[str, str]], t: Texts) -> str:
    """What was added, what was there already, and for each file that failed, its name and the reason."""
    told = notice(t.count("sources.added", len(added)), "done") if added else ""
    told += notice(t("sources.unchanged", names=", ".join(unchanged))) if unchanged else ""
    if not failed:
        return told
    reasons = joined(
        f"<li>{'' if name in why else f'{escape(name)} : '}{escape(t.spaced(why))}</li>" for name, why in failed
    )
    heading = escape(t.count("sources.failed", len(failed)))
    return f'{told}<div class="notice error" role="alert"><p>{heading}</p><ul>{reasons}</ul></div>'
