"""A dossier as a form: each competence with its proofs, and beside them what the advisor makes of it."""

from __future__ import annotations

from collections.abc import Collection

from assistant.dossier.dossier import OFFICIAL, Assessed, Assessment, Dossier, Job, Place, Proof, Target
from assistant.dossier.wording import wording
from assistant.matching.evidence import State
from assistant.typography import french
from assistant.web.markup.text import button, escape, in_cv, in_french, joined, notice, opener, place, two_sides
from assistant.web.texts import Texts
from corpus.document import Document, Page

LISTED = 80  # characters of a line by which it is recognised in a list
Opened = Collection[tuple[int, int]]


def editor(dossier: Dossier, t: Texts, opened: Opened, cv: Document | None = None) -> str:
    """The whole form.

    Args:
        opened: positions of certification and block of the blocks that are unfolded.
        cv: to choose other lines from; None where only the dossier is there.
    """
    targets = joined(_target(target, n, t, opened, cv is not None) for n, target in enumerate(dossier.targets))
    shown = targets or f"<p>{escape(t('dossier.none'))}</p>"
    told = f"<h2>{escape(t('dossier.title'))}</h2>{notice(t('dossier.notice'))}"
    parts = (told, _front(dossier, t), _jobs(dossier.jobs, t), _lines(cv, t), shown)
    return f'<section class="dossier">{joined(parts)}</section>'


def _front(dossier: Dossier, t: Texts) -> str:
    box = f'<input type="text" value="{escape(dossier.candidate)}" {_edits("candidate", "")}>'
    return f'<p class="field"><label>{escape(t("dossier.candidate"))} {box}</label></p>'


def _edits(field: str, at: str) -> str:
    """What makes a control of the form tell its changes."""
    return f'data-edit="edit" data-field="{field}" data-at="{at}" autocomplete="off"'


def _jobs(jobs: tuple[Job, ...], t: Texts) -> str:
    if not jobs:
        return f"<p>{escape(t('dossier.jobs.none'))}</p>"
    rows = joined(
        f"<li><label>{_tick('used', str(n), job.used)} {escape(wording(t.lang).job_name(job))} "
        f'<span class="quiet">{escape(_when(job, t))}</span></label></li>'
        for n, job in enumerate(jobs)
    )
    return f'<fieldset><legend>{escape(t("dossier.jobs"))}</legend><ul class="plain">{rows}</ul></fieldset>'


def _when(job: Job, t: Texts) -> str:
    if job.first is None:
        return ""
    last = job.last.year if job.last else t("picture.now")
    return str(last) if last == job.first.year else f"{job.first.year} – {last}"


def _tick(field: str, at: str, on: bool) -> str:
    return f'<input type="checkbox"{" checked" if on else ""} {_edits(field, at)}>'


def _lines(cv: Document | None, t: Texts) -> str:
    """The CV to read in, and a list of its lines that every competence chooses from."""
    if cv is None:
        return ""
    pages = cv.pages or (Page(0, 1, len(cv.lines)),)
    shown = joined(_page(p, cv, t) for p in pages)
    said = ((n, " ".join(line.split())) for n, line in enumerate(cv.lines, 1))
    options = joined(f'<option value="{n} {escape(line[:LISTED])}"></option>' for n, line in said if line)
    told = escape(t("dossier.lines.all"))
    return (
        f'<datalist id="cv-lines">{options}</datalist><details class="figures"><summary>{told}</summary>'
        f'<div class="reading" tabindex="0" role="region" aria-label="{told}">{shown}</div></details>'
    )


def _page(page: Page, cv: Document, t: Texts) -> str:
    rows = range(page.first, page.last + 1)
    items = joined(f'<li value="{n}"><span>{escape(cv.lines[n - 1])}</span></li>' for n in rows)
    head = f'<p class="quiet">{escape(t("place.page", page=page.number))}</p>' if page.number else ""
    return f'{head}<ol class="lines">{items}</ol>'


def _target(target: Target, number: int, t: Texts, opened: Opened, can_pick: bool) -> str:
    blocks = joined(_block(b, f"{number}.{n}", t, (number, n) in opened, can_pick) for n, b in enumerate(target.blocks))
    return f'<article class="card"><header><h3 lang="fr">{escape(target.name)}</h3></header>{blocks}</article>'


def _block(block: Assessment, at: str, t: Texts, opened: bool, can_pick: bool) -> str:
    rows = joined(_competence(c, f"{at}.{n}", t, can_pick) for n, c in enumerate(block.competences))
    title = f"{escape(t('cv.block', n=block.number))} · {in_french(block.title)}"
    return (
        f'<details class="matched"{" open" if opened else ""}>'
        f'<summary><span class="block-title">{title}</span></summary>'
        f'<p class="field"><label>{_tick("aimed", at, block.aimed)} {escape(t("dossier.aimed"))}</label></p>'
        f'<ul class="competences">{rows}</ul>{_area("text", at, t("dossier.block.text"), block.text)}</details>'
    )


def _area(field: str, at: str, label: str, value: str) -> str:
    shown = f'<textarea rows="2" maxlength="5000" {_edits(field, at)}>\n{escape(value)}</textarea>'
    return f'<p class="field"><label>{escape(label)} {shown}</label></p>'


def _competence(found: Assessed, at: str, t: Texts, can_pick: bool) -> str:
    number = f'<span class="number">{escape(found.number)}</span> ' if found.number else ""
    kind = f' <span class="quiet">({escape(t("cv.transversal"))})</span>' if found.transversal else ""
    asked = f'<p class="ask"><strong>{escape(t("cv.ask"))}</strong> {in_french(french(found.question))}</p>'
    return (
        f'<li class="competence">{_states(found, at, t)}'
        f'<div><p class="wording">{number}<span lang="fr">{escape(found.text)}</span>{kind}</p>'
        f"{_proofs(found, t, can_pick)}{_picked(found, at, t) if can_pick else ''}{asked if found.question else ''}"
        f'<div class="fields">{_area("answer", at, t("dossier.answer"), found.answer)}'
        f"{_area('comment', at, t('dossier.comment'), found.comment)}</div></div></li>"
    )


def _states(found: Assessed, at: str, t: Texts) -> str:
    options = joined(
        f'<option value="{s}"{" selected" if s is found.state else ""}>'
        f"{escape(t(f'state.{s}'))} · {escape(_official(s, found, t))}</option>"
        for s in State
    )
    name = escape(t("dossier.state", name=found.number or found.text))
    return f'<p class="state"><select aria-label="{name}" {_edits("state", at)}>{options}</select></p>'


def _official(state: State, found: Assessed, t: Texts) -> str:
    return t("dossier.proposed") if state is found.proposed else t(f"official.{OFFICIAL[state].name.lower()}")


def _proofs(found: Assessed, t: Texts, can_open: bool) -> str:
    return joined(_proof(p, t, can_open) for p in found.shown)


def _proof(proof: Proof, t: Texts, can_open: bool) -> str:
    line, cited = proof.line, proof.citation
    where = place([cited.quote], cited.page, t)
    opened = opener(cited.source, [cited.quote], escape(where), title=f"{t('search.open')}, {where}")
    heads = (in_cv(line.quotes, line.page, t, can_open), f"{escape(t('cv.referential'))} · {opened}")
    return two_sides(heads, (line.whole, cited.quote.text))


def _picked(found: Assessed, at: str, t: Texts) -> str:
    numbers = ", ".join(str(n) for n in dict.fromkeys(p.line.number for p in found.shown))
    box = f'<input type="text" inputmode="numeric" value="{numbers}" {_edits("lines", at)}>'
    more = f'<input type="text" list="cv-lines" value="" {_edits("add", at)}>'
    return (
        f'<div class="fields"><p class="field"><label>{escape(t("dossier.lines"))} {box}</label></p>'
        f'<p class="field"><label>{escape(t("dossier.lines.add"))} {more}</label></p></div>'
    )


def losing(action: str, t: Texts) -> str:
    """The question before unsaved changes are lost; its buttons are the events `keep` and that of the action."""
    told = escape(t("dossier.losing"))
    keep = button("keep", escape(t("dossier.losing.keep")), css="see")
    go_on = button(action, escape(t(f"dossier.losing.{action}")), css="danger")
    return f'<div class="notice error" role="alert"><p>{told}</p><p class="choice">{keep} {go_on}</p></div>'


def unpacked_place(text: str, dossier: Dossier) -> Place:
    """A competence's place as a browser sent it, which may send anything: ValueError for what is not there."""
    at = Place(*_positions(text, 3))
    target, block = dossier.targets[at.target : at.target + 1], None
    block = target[0].blocks[at.block : at.block + 1] if target else ()
    if not block or at.competence >= len(block[0].competences):
        raise ValueError("expected the place of a competence")
    return at


def unpacked_block(text: str, dossier: Dossier) -> tuple[int, int]:
    """The same for a block: positions of its certification and of itself."""
    target, block = _positions(text, 2)
    if target >= len(dossier.targets) or block >= len(dossier.targets[target].blocks):
        raise ValueError("expected the place of a block")
    return target, block


def unpacked_job(text: str, dossier: Dossier) -> int:
    (job,) = _positions(text, 1)
    if job >= len(dossier.jobs):
        raise ValueError("expected the place of an experience")
    return job


def _positions(text: str, count: int) -> list[int]:
    parts = text.split(".")
    if len(parts) != count or not all(p.isascii() and p.isdigit() and len(p) < 6 for p in parts):
        raise ValueError(f"expected {count} positions")
    return [int(p) for p in parts]
