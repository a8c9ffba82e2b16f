"""A conversation: questions, answers, what can be done with each, and what stands there before the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.feedback.opinions import REASONS, Verdict
from assistant.web.exchange import KEPT, Exchange
from assistant.web.markup.answer import answered
from assistant.web.markup.opinions import lasting
from assistant.web.markup.text import button, code, escape, in_french, joined, validity
from assistant.web.texts import Texts
from assistant.web.transcript.pieces import of_answer
from assistant.web.transcript.written import markdown, plain
from index.cards import Card

LISTED = 6  # certifications named before the first question
LONGEST = 2_000  # characters of one question
THUMB = (  # fonts without pictures are common
    '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path fill="currentColor" d="M1 7h3v8H1zM5 7'
    'l3-6c1.5 0 2 1 1.7 2.5L9.3 6H13c1.2 0 2 1 1.7 2.2l-1.3 5.3c-.2.9-1 1.5-1.9 1.5H5z"/></svg>'
)


def conversation(exchanges: Sequence[Exchange], t: Texts, part: range | None = None, rated: bool = False) -> str:
    """A part of the conversation, oldest first; "" where there is none.

    Args:
        part: numbers of the exchanges to show; all by default.
        rated: whether an answer can be judged useful or not.
    """
    last = len(exchanges) - 1
    shown = [_exchange(exchanges[n], n, t, n == last, rated) for n in (range(last + 1) if part is None else part)]
    return f'<div class="talk">{joined(shown)}</div>' if shown else ""


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
        f'<li>{in_french(r.title)}<span class="badges">{code(r)}{validity(r, today, t)}</span></li>'
        for r in held[:LISTED]
    )
    told = escape(t.count("question.empty.held", len(held)))
    return f'<div class="holdings"><p class="caption">{told}</p><ul>{rows}</ul></div>'


def _exchange(exchange: Exchange, number: int, t: Texts, latest: bool, rated: bool) -> str:
    latest = latest and not exchange.growing
    said = _body(exchange, number, t, latest, rated)
    working = f'<p class="working">{escape(t("question.working"))}</p>' if exchange.growing else ""
    asked = _asked(exchange.question, number, latest, t)
    return f'<section class="exchange">{asked}{said}{working}</section>'


def _body(exchange: Exchange, number: int, t: Texts, latest: bool, rated: bool) -> str:
    again = _again(exchange.question, number, t) if latest or exchange.changed else ""
    if exchange.answer is not None:
        doings = "" if exchange.growing else _doings(exchange, number, again, t, rated)
        follow = _suggestions(exchange.answer.suggestions, t) if latest else ""
        return answered(exchange.answer, t, doings + follow)
    if exchange.failure:
        return _told(exchange.failure, again, "error")
    if exchange.changed:
        return _told(t("question.changed"), again)
    return "" if exchange.growing else _told(t("question.stopped"), again)


def _told(phrase: str, again: str, kind: str = "info") -> str:
    return f'<div class="notice {kind}"><p>{escape(phrase)}</p>{again}</div>'


def _asked(question: str, number: int, latest: bool, t: Texts) -> str:
    you = f'<span class="unseen">{escape(t("question.you"))} : </span>'
    heading = f'<h2 class="asked">{you}{escape(question)}</h2>'
    if not latest:
        return heading
    return (
        f'{heading}<p class="on-asked"><button type="button" class="doing" data-do="reword">'
        f"{escape(t('question.edit'))}</button></p>"
        f'<div class="rewording" hidden><label><span>{escape(t("question.edit.label"))}</span>'
        f'<textarea rows="2" maxlength="{LONGEST}">{escape(question)}</textarea></label>'
        f"{button('again', escape(t('question.edit.send')), css='see', question=question, at=str(number))} "
        f'<button type="button" class="see" data-do="leave">{escape(t("question.edit.leave"))}</button></div>'
    )


def _again(question: str, number: int, t: Texts) -> str:
    return button("again", escape(t("question.retry")), css="doing", question=question, at=str(number))


def _doings(exchange: Exchange, number: int, again: str, t: Texts, rated: bool) -> str:
    """Buttons: to copy the answer, to ask again, to judge it."""
    pieces = of_answer(exchange.answer, t)
    copies = joined(
        f'<button type="button" class="doing" data-do="copy" data-text="{escape(text)}">{escape(label)}</button>'
        for label, text in ((t("answer.copy"), plain(pieces)), (t("answer.copy.markdown"), markdown(pieces)))
    )
    thumbs = joined(_thumb(verdict, exchange, number, t) for verdict in Verdict) if rated else ""
    return f'<div class="doings" role="group" aria-label="{escape(t("answer.doings"))}">{copies}{again}{thumbs}</div>'


def _thumb(verdict: Verdict, exchange: Exchange, number: int, t: Texts) -> str:
    pressed = "true" if exchange.verdict == verdict else "false"
    return (
        f'<button type="button" class="doing thumb {verdict}" data-do="judge" data-at="{number}" '
        f'data-verdict="{verdict}" aria-pressed="{pressed}">{THUMB} {escape(t(f"opinion.{verdict}"))}</button>'
    )


def judging(keep_hours: int, t: Texts) -> str:
    """The dialog in which an answer is judged; nothing is sent before its button is pressed."""
    reasons = joined(_reasons(verdict, t) for verdict in Verdict)
    kept = t("opinion.kept", time=lasting(keep_hours, t))
    return (
        f'<dialog id="opinion" aria-labelledby="opinion-title"><h2 id="opinion-title">{escape(t("opinion.title"))}</h2>'
        f'{reasons}<label class="comment"><span>{escape(t("opinion.comment"))}</span>'
        f'<textarea rows="3" maxlength="1000"></textarea></label><p class="quiet">{escape(kept)}</p>'
        f"{button('rate', escape(t('opinion.send')), css='see primary')} "
        f'<button type="button" class="see" data-do="unjudge">{escape(t("question.edit.leave"))}</button></dialog>'
    )


def _reasons(verdict: Verdict, t: Texts) -> str:
    choices = joined(
        f'<label><input type="radio" name="reason-{verdict}" value="{reason}"> '
        f"{escape(t(f'opinion.reason.{reason}'))}</label>"
        for reason in REASONS[verdict]
    )
    return f'<fieldset class="{verdict}"><legend>{escape(t("opinion.why"))}</legend>{choices}</fieldset>'


def keeping(t: Texts) -> str:
    """Where the conversation is kept, how to have it erased, and how to take it away."""
    files = joined(
        button("export", escape(t("question.export", kind=kind)), css="see", ending=ending)
        for ending, kind in ((".docx", "DOCX"), (".md", "Markdown"))
    )
    erase = button("erase", escape(t("question.erase")), css="see")
    return f'<p class="quiet">{escape(t("question.kept", most=KEPT))}</p><p class="keeping">{erase} {files}</p>'


def _suggestions(questions: Sequence[str], t: Texts) -> str:
    if not questions:
        return ""
    chips = joined(_suggestion(question) for question in questions)
    caption = f'<h3 class="caption">{escape(t("answer.suggestions"))}</h3>'
    return f'<div class="next">{caption}<ul class="chips">{chips}</ul></div>'


def _suggestion(question: str) -> str:
    return f"<li>{button('suggest', escape(question), css='chip', question=question)}</li>"
