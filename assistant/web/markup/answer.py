"""An answer with its citations: numbered in the text, listed by source below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import EXTRACTIVE, Answer, Citation
from assistant.web.markup.text import (
    MARKER,
    VERBATIM,
    escape,
    in_french,
    joined,
    opener,
    paragraphs,
    place,
    succession,
)
from assistant.web.texts import Texts

CODE = re.compile(r"\b(?:RNCP|RS)\d+\b")
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")


def answered(answer: Answer, t: Texts, after: str = "") -> str:
    """The answer as an article; `after` is HTML at its end."""
    told_first = {int(n) for n in MARKER.findall(answer.text)}
    numbers = range(1, len(answer.citations) + 1)
    more = ""
    if answer.more:
        rest = _cited(answer.citations, [n for n in numbers if n not in told_first], t)
        more = f"<details><summary>{escape(t('answer.more'))}</summary>{_prose(answer.more, answer, t)}{rest}</details>"
    cited = _cited(answer.citations, [n for n in numbers if n in told_first or not answer.more], t)
    told = joined(f'<p class="notice info">{escape(phrase)}</p>' for phrase in answer.notices)
    prose = f'<div class="prose">{_prose(answer.text, answer, t)}</div>'
    return (
        f'<article class="answer" lang="{answer.lang}">{_status(answer, t)}{prose}'
        f"{more}{told}{_certifications(answer, t)}{cited}{after}</article>"
    )


def _status(answer: Answer, t: Texts) -> str:
    """What the sources say to it, and which of the two kinds of answer this is."""
    extract = answer.author == EXTRACTIVE
    mode = t("answer.mode.extract") if extract else t("answer.mode.model", author=answer.author)
    return (
        f'<p class="status {answer.status}" lang="{t.lang}">'
        f'<span class="said">{escape(t(f"answer.{answer.status}"))}</span> '
        f'<span class="mode {"extract" if extract else "model"}">{escape(mode)}</span></p>'
    )


def _prose(text: str, answer: Answer, t: Texts) -> str:
    """Escaped paragraphs in which quotes are set apart and "[n]" are buttons; an "[n]" without citation stays text."""

    def marker(found: re.Match[str]) -> str:
        n = int(found[1])
        return _marker(n, answer.citations, t) if 1 <= n <= len(answer.citations) else found[0]

    shown = _tongues(t.spaced(text), answer, t, f"<q {VERBATIM}>{{}}</q>")
    return MARKER.sub(marker, paragraphs(shown))


def _tongues(text: str, answer: Answer, t: Texts, quote: str) -> str:
    """Escaped text, its quotes set into `quote`; among words that are not French, titles are marked as French."""
    titles = [] if answer.lang == "fr" else sorted(map(t.spaced, answer.titles), key=len, reverse=True)
    whole = (rf"(?<![\w&]){re.escape(escape(title))}(?!\w)" for title in titles)  # nor within "&amp;"
    either = re.compile("|".join((QUOTED.pattern, *whole)))
    french = '<span lang="fr">{}</span>'
    return either.sub(lambda m: (quote if QUOTED.match(m[0]) else french).format(m[0]), escape(text))


def _marker(n: int, citations: Sequence[Citation], t: Texts) -> str:
    cited = citations[n - 1]
    title = t("answer.cite", n=n, place=f"{cited.source}, {place([cited.quote], cited.page, t)}")
    return opener(cited.source, [cited.quote], str(n), css="cite", title=title, n=str(n), of=str(len(citations)))


def _cited(citations: Sequence[Citation], numbers: Sequence[int], t: Texts) -> str:
    """The places of the citations with these numbers, below the name of each source, as they are first mentioned."""
    if not numbers:
        return ""
    sources = dict.fromkeys(citations[n - 1].source for n in numbers)
    shown = joined(_of_source([n for n in numbers if citations[n - 1].source == s], citations, t) for s in sources)
    heading = f'<h3 class="caption">{escape(t("answer.sources"))}</h3>'
    return f'<div class="cited-list" lang="{t.lang}">{heading}{shown}</div>'


def _of_source(numbers: Sequence[int], citations: Sequence[Citation], t: Texts) -> str:
    first = citations[numbers[0] - 1]
    code = f"{escape(first.certification)}, " if first.certification else ""
    rows = joined(f"<li>{_reference(n, citations, t)}</li>" for n in numbers)
    file = f'<span class="where">{escape(first.source)}</span>'
    return f'<p class="of-source"><span class="named">{code}{in_french(first.title)}</span> {file}</p><ol>{rows}</ol>'


def _reference(n: int, citations: Sequence[Citation], t: Texts) -> str:
    cited = citations[n - 1]
    where = place([cited.quote], cited.page, t)
    block = f"{t('place.block', n=cited.block)}, " if cited.block is not None else ""
    label = f'<span class="count">{n}</span><span>{escape(block + where)}</span>'
    title = t("answer.cite", n=n, place=f"{cited.source}, {block}{where}")
    numbered = {"n": str(n), "of": str(len(citations))}
    return opener(cited.source, [cited.quote], label, css="cited-at", title=title, **numbered)


def _certifications(answer: Answer, t: Texts) -> str:
    if not answer.certifications:
        return ""
    names = joined(
        f"<li>{_tongues(t.spaced(said), answer, t, '{}')}{_succession(said, t)}</li>" for said in answer.certifications
    )
    return f'<ul class="certifications" aria-label="{escape(t("answer.certifications"))}">{names}</ul>'


def _succession(said: str, t: Texts) -> str:
    """Where a certification's own code is followed by another, that other replaces it: see `answering.write`."""
    codes = dict.fromkeys(CODE.findall(said))
    return f" {succession(next(iter(codes)), t)}" if len(codes) > 1 else ""
