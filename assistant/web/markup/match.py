"""What a CV shows of blocks of competences, with the proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.matching.evidence import BlockMatch, CompetenceMatch, Evidence, State
from assistant.typography import french
from assistant.web.markup.text import (
    escape,
    in_cv,
    in_french,
    joined,
    notice,
    opener,
    place,
    two_sides,
    validity,
    wide,
)
from assistant.web.texts import Texts
from corpus.document import Document
from corpus.referential import Referential

SHOWN = 3  # certifications shown in full; the others are folded


def matches(
    blocks: Sequence[BlockMatch], referentials: Sequence[Referential], cv: Document, today: date, t: Texts
) -> str:
    """Certifications that were chosen, best first, each with its blocks and their competences."""
    if not blocks:
        return notice(t("cv.none"))
    known = {(r.source, r.code): r for r in referentials}
    groups = [(of, list(group)) for of, group in groupby(blocks, lambda b: (b.source, b.certification))]
    cards = [_certification(group, known.get(of), cv, today, t, first=not i) for i, (of, group) in enumerate(groups)]
    others = ""
    if len(cards) > SHOWN:
        told = escape(t("cv.others", n=len(cards) - SHOWN))
        others = f'<details class="others"><summary>{told}</summary>{joined(cards[SHOWN:])}</details>'
    return (
        f'<section class="match"><h2 tabindex="-1">{escape(t("cv.result"))}</h2>{legend(t)}'
        f"{joined(cards[:SHOWN])}{others}{notice(t('cv.decision'))}</section>"
    )


def legend(t: Texts) -> str:
    keys = joined(
        f'<li><span class="swatch {s}" aria-hidden="true"></span><strong>{escape(t(f"state.{s}"))}</strong> '
        f"{escape(t(f'state.{s}.help'))}</li>"
        for s in State
    )
    return f'<ul class="legend">{keys}</ul>'


def _certification(
    blocks: list[BlockMatch], r: Referential | None, cv: Document, today: date, t: Texts, first: bool
) -> str:
    best = blocks[0]
    badges = (f'<span class="code">{escape(best.certification)}</span>' if best.certification else "") + (
        validity(r, today, t) if r else ""
    )
    return (
        f'<article class="card"><header><h3 lang="fr">{escape(best.title)}</h3><p class="badges">{badges}</p></header>'
        f"{by_block(blocks, cv, t, opened=first)}</article>"
    )


def by_block(blocks: Sequence[BlockMatch], cv: Document, t: Texts, opened: bool) -> str:
    """The blocks of one certification, the first unfolded or none, and the figures behind their bars."""
    shown = joined(_block(b, cv, t, opened=opened and i == 0) for i, b in enumerate(blocks))
    return f"{shown}{_table(blocks, t)}"


def _block(block: BlockMatch, cv: Document, t: Texts, opened: bool) -> str:
    counts = Counter(c.state for c in block.competences)
    number = escape(f"{t('cv.block', n=block.block)} · ") if block.block else ""
    rows = joined(_competence(c, cv, t) for c in block.competences)
    return (
        f'<details class="matched"{" open" if opened and block.coverage else ""}><summary>'
        f'<span class="block-title">{number}{in_french(block.block_title)}</span>'
        f'<span class="percent">{escape(_coverage(block, t))}</span>'
        f'{_bar(counts)}<span class="counts">{escape(_counts(counts, t))}</span></summary>'
        f'<ul class="competences">{rows}</ul></details>'
    )


def _coverage(block: BlockMatch, t: Texts) -> str:
    return t("cv.coverage", n=round(block.coverage * 100))


def _bar(counts: Counter[State]) -> str:
    """One strip, as long as there are competences, in the order of the states; told in words beside it."""
    parts = joined(f'<span class="{s}" style="flex-grow:{counts[s]}"></span>' for s in State if counts[s])
    return f'<span class="bar" aria-hidden="true">{parts}</span>'


def _counts(counts: Counter[State], t: Texts) -> str:
    return ", ".join(f"{counts[s]} {t(f'state.{s}' + ('.many' if counts[s] > 1 else ''))}" for s in State if counts[s])


def _competence(competence: CompetenceMatch, cv: Document, t: Texts) -> str:
    number = f'<span class="number">{escape(competence.number)}</span> ' if competence.number else ""
    kind = f' <span class="quiet">({escape(t("cv.transversal"))})</span>' if competence.transversal else ""
    asked = ""
    if competence.question:
        asked = f'<p class="ask"><strong>{escape(t("cv.ask"))}</strong> {in_french(french(competence.question))}</p>'
    return (
        f'<li class="competence"><p class="state {competence.state}"><span class="swatch {competence.state}" '
        f'aria-hidden="true"></span>{escape(t(f"state.{competence.state}"))}</p>'
        f'<div><p class="wording">{number}<span lang="fr">{escape(competence.text)}</span>{kind}</p>'
        f"{_proofs(competence.evidence, cv, t)}{asked}</div></li>"
    )


def _proofs(evidence: Sequence[Evidence], cv: Document, t: Texts) -> str:
    """The strongest in view, the others folded."""
    shown = joined(pair(e, cv, t) for e in evidence[:1])
    if len(evidence) > 1:
        told = escape(t.count("cv.proofs", len(evidence) - 1))
        shown += f"<details><summary>{told}</summary>{joined(pair(e, cv, t) for e in evidence[1:])}</details>"
    return shown


def pair(evidence: Evidence, cv: Document, t: Texts) -> str:
    """A statement of the CV beside a passage of the referential; each opens where it stands."""
    cited = evidence.citation
    where = place([cited.quote], cited.page, t)
    opened = opener(cited.source, [cited.quote], escape(where), title=f"{t('search.open')}, {where}")
    said = in_cv(evidence.cv_quotes, cv.page_of(evidence.cv_line), t)
    heads = (said, f"{escape(t('cv.referential'))} · {opened}")
    return two_sides(heads, (evidence.cv_whole, cited.quote.text))


def _table(blocks: Sequence[BlockMatch], t: Texts) -> str:
    """The figures behind the bars."""
    heads = joined(f'<th scope="col">{escape(t(f"state.{s}.many"))}</th>' for s in State)
    rows = []
    for block in sorted(blocks, key=lambda b: b.block):
        counts = Counter(c.state for c in block.competences)
        cells = joined(f"<td>{counts[s]}</td>" for s in State)
        name = f"{block.block} · {in_french(block.block_title)}"
        share = escape(t("cv.share", n=round(block.coverage * 100)))
        rows.append(f'<tr><th scope="row">{name}</th>{cells}<td>{share}</td></tr>')
    named = f"{t('cv.table')}, {blocks[0].title}"
    return (
        f'<details class="figures"><summary>{escape(t("cv.table"))}</summary>{wide(named)}<table><thead><tr>'
        f'<th scope="col">{escape(t("cv.column.block"))}</th>{heads}'
        f'<th scope="col">{escape(t("cv.column.coverage"))}</th>'
        f"</tr></thead><tbody>{joined(rows)}</tbody></table></div></details>"
    )
