"""The certifications proposed for a CV: why, what else there is, what replaces those that have ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.matching.evidence import State
from assistant.matching.proposing import Alternative, Proposal, Reason, Replacement, Scope
from assistant.web.markup.match import by_block, legend, pair
from assistant.web.markup.text import around, button, code, escape, in_french, joined, notice, succession, validity
from assistant.web.texts import Texts
from corpus.document import Document


def proposed(found: Sequence[Proposal], cv: Document, today: date, t: Texts) -> str:
    """All of them, best first."""
    if not found:
        return notice(t("cv.proposed.none"))
    cards = joined(_card(p, n, cv, today, t) for n, p in enumerate(found, 1))
    return (
        f'<section class="match"><h2>{escape(t("cv.proposed"))}</h2><p>{escape(t("cv.proposed.help"))}</p>'
        f"{legend(t)}{cards}{notice(t('cv.decision'))}</section>"
    )


def _card(proposal: Proposal, rank: int, cv: Document, today: date, t: Texts) -> str:
    r = proposal.referential
    level = f'<span class="code">{escape(t("cv.level", n=r.level))}</span>' if r.level else ""
    head = f'<h3>{rank}. <span lang="fr">{escape(r.title)}</span></h3>'
    pairs = joined(pair(e, cv, t) for e in proposal.reason.quotes)
    blocks = by_block(proposal.blocks, cv, t, opened=False)
    return (
        f'<article class="card"><header>{head}<p class="badges">{code(r)}{level}{validity(r, today, t)}</p></header>'
        f"{_ended(proposal, t)}<p>{escape(reason(proposal.reason, t))}</p>{pairs}"
        f"{_alternatives(proposal.alternatives, t)}<p>{_choose(r.code or r.source, r.title, t)}</p>"
        f'<details class="figures"><summary>{escape(t("cv.proposed.blocks"))}</summary>{blocks}</details></article>'
    )


def reason(why: Reason, t: Texts) -> str:
    """How many blocks and competences are touched, in words."""
    numbers = ", ".join(map(str, sorted(n for n in why.blocks if n)))
    blocks = t.count("cv.reason.blocks", len(why.blocks), of=why.of, numbers=numbers) if numbers else ""
    return f"{blocks} {_competences(why, t)}".strip()


def _competences(why: Reason, t: Texts) -> str:
    counts = ((State.PROVEN, why.proven), (State.PARTIAL, why.partial), (State.CLAIMED, why.claimed))
    states = ", ".join(f"{n} {t(f'state.{s}' + ('.many' if n > 1 else ''))}" for s, n in counts if n)
    return t("cv.reason", states=states, all=why.competences)


def _choose(value: str, title: str, t: Texts) -> str:
    name = t("cv.choose.title", name=title)
    return button("choose", escape(t("cv.choose")), css="see", title=name, certification=value)


def _ended(proposal: Proposal, t: Texts) -> str:
    if not proposal.expired:
        return ""
    found, code = proposal.replacement, proposal.referential.code
    way = f"<p>{succession(code, t)}</p>" if found and found.card and code else ""
    return f'<p class="notice warn" role="status">{escape(t("cv.ended"))} {_replaced(found, t)}</p>{way}'


def _replaced(found: Replacement | None, t: Texts) -> str:
    if found is None:
        return escape(t("cv.ended.unknown"))
    name = in_french(found.card.name if found.card else found.name)
    if found.ended:
        return around(t("cv.ended.too"), name=name)
    return around(t("cv.ended.replaced") if found.card else t("cv.ended.unheld"), name=name)


def _alternatives(found: Sequence[Alternative], t: Texts) -> str:
    if not found:
        return ""
    rows = joined(f"<li>{_alternative(a, t)}</li>" for a in found)
    return f'<h4>{escape(t("cv.alternatives"))}</h4><ul class="others">{rows}</ul>'


def _alternative(found: Alternative, t: Texts) -> str:
    r = found.referential
    if found.scope is Scope.BLOCK and found.block is not None:
        number, title = found.block
        told = around(t("cv.alternative.block"), n=str(number), title=in_french(title))
        return f"{told} {escape(_competences(found.reason, t))}"
    told = around(t(f"cv.alternative.{found.scope}"), name=in_french(r.name), level=str(r.level or "?"))
    return f"{told} {escape(reason(found.reason, t))} {_choose(r.code or r.source, r.title, t)}"
