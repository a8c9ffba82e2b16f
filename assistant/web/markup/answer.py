"""A conversation, with its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Citation
from assistant.web.markup.text import MARKER, button, code, escape, joined, notice, opener, paragraphs, place, validity
from assistant.web.texts import Texts
from index.cards import Card

LISTED = 6  # certifications named before the first question
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it: an answer, or nothing yet, or a phrase that says what failed.

    Attributes:
        growing: True while more of the answer is to come.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""
    growing: bool = False


def conversation(exchanges: Sequence[Exchange], t: Texts) -> str:
    """The whole conversation, oldest first."""
    return (
        f'<div class="talk" role="log" aria-label="{escape(t("question.log"))}">'
        + joined(_exchange(e, t, latest=e is exchanges[-1]) for e in exchanges)
        + "</div>"
    )


def welcome(examples: Sequence[str], t: Texts) -> str:
    """What stands in the place of the conversation before the first question."""
    shown = joined(_suggestion(question) for question in examples)
    begin = f'<p class="caption">{escape(t("question.empty.examples"))}</p><ul class="chips">{shown}</ul>'
    return (
        f'<section class="welcome"><h2>{escape(t("question.empty.title"))}</h2>'
        f"<p>{escape(t('question.empty.text'))}</p>{begin if examples else ''}</section>"
    )


def holdings(held: Sequence[Card], today: date, t: Texts) -> str:
    """What can be asked about, by name."""
    if not held:
        return ""
    rows = joined(
        f'<li><span>{escape(r.title)}</span><span class="badges">{code(r)}{validity(r, today, t)}</span></li>'
        for r in held[:LISTED]
    )
    told = escape(t.count("question.empty.held", len(held)))
    return f'<div class="holdings"><p class="caption">{told}</p><ul>{rows}</ul></div>'


def _exchange(exchange: Exchange, t: Texts, latest: bool) -> str:
    you = f'<span class="unseen">{escape(t("question.you"))} : </span>'
    asked = f'<div class="asked">{you}{escape(exchange.question)}</div>'
    if exchange.failure:
        return asked + notice(exchange.failure, "error")
    working = f'<p class="working" role="status">{escape(t("question.working"))}</p>' if exchange.growing else ""
    if exchange.answer is None:
        return asked + (working or notice(t("question.stopped")))
    return asked + _answer(exchange.answer, t, latest and not exchange.growing) + working


def _answer(answer: Answer, t: Texts, latest: bool) -> str:
    status = f'<p class="status {answer.status}"><span>{escape(t(f"answer.{answer.status}"))}</span></p>'
    told_first = {int(n) for n in MARKER.findall(answer.text)}
    more = ""
    if answer.more:
        rest = _cited(answer.citations, [n for n in _numbers(answer) if n not in told_first], t)
        more = f"<details><summary>{escape(t('answer.more'))}</summary>{_prose(answer.more, answer, t)}{rest}</details>"
    cited = _cited(answer.citations, [n for n in _numbers(answer) if n in told_first or not answer.more], t)
    told = joined(notice(phrase) for phrase in answer.notices)
    prose = f'<div class="prose">{_prose(answer.text, answer, t)}</div>'
    return (
        f'<article class="answer" lang="{answer.lang}">{status}{prose}'
        f"{more}{told}{_certifications(answer, t)}{cited}{_author(answer, t)}"
        f"{_suggestions(answer.suggestions, t) if latest else ''}</article>"
    )


def _prose(text: str, answer: Answer, t: Texts) -> str:
    """Escaped paragraphs in which quotes are set apart and "[n]" are buttons; an "[n]" without citation stays text."""

    def marker(found: re.Match[str]) -> str:
        n = int(found[1])
        return _marker(n, answer.citations[n - 1], t) if 1 <= n <= len(answer.citations) else found[0]

    shown = QUOTED.sub(lambda q: f'<q class="verbatim">{q[0]}</q>', escape(t.spaced(text)))
    return MARKER.sub(marker, paragraphs(shown))


def _marker(n: int, citation: Citation, t: Texts) -> str:
    title = t("answer.cite", n=n, place=f"{citation.source}, {place([citation.quote], citation.page, t)}")
    return opener(citation.source, [citation.quote], str(n), css="cite", title=title)


def _numbers(answer: Answer) -> range:
    return range(1, len(answer.citations) + 1)


def _cited(citations: Sequence[Citation], numbers: Sequence[int], t: Texts) -> str:
    """The places of the citations with these numbers."""
    if not numbers:
        return ""
    rows = joined(f"<li>{_reference(n, citations[n - 1], t)}</li>" for n in numbers)
    return f'<div class="cited-list"><p class="caption">{escape(t("answer.sources"))}</p><ol>{rows}</ol></div>'


def _reference(n: int, citation: Citation, t: Texts) -> str:
    named = citation.certification or citation.title
    block = f" · {t('place.block', n=citation.block)}" if citation.block is not None else ""
    where = f"{citation.source}, {place([citation.quote], citation.page, t)}"
    label = (
        f'<span class="count">{n}</span><span class="named">{escape(named + block)}</span>'
        f'<span class="where">{escape(where)}</span>'
    )
    return opener(citation.source, [citation.quote], label, css="cited-at")


def _certifications(answer: Answer, t: Texts) -> str:
    if not answer.certifications:
        return ""
    names = joined(f"<li>{escape(t.spaced(name))}</li>" for name in answer.certifications)
    return f'<ul class="certifications" aria-label="{escape(t("answer.certifications"))}">{names}</ul>'


def _author(answer: Answer, t: Texts) -> str:
    by = t("answer.extractive") if answer.author == "extractive" else t("answer.model", author=answer.author)
    return f'<p class="author">{escape(by)}</p>'


def _suggestions(questions: Sequence[str], t: Texts) -> str:
    if not questions:
        return ""
    chips = joined(_suggestion(question) for question in questions)
    caption = f'<p class="caption">{escape(t("answer.suggestions"))}</p>'
    return f'<div class="next">{caption}<ul class="chips">{chips}</ul></div>'


def _suggestion(question: str) -> str:
    return f"<li>{button('suggest', escape(question), css='chip', question=question)}</li>"
