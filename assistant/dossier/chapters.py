"""The dossier as it is handed in: headings, paragraphs, tables and pictures in order, whatever the file's format.

The order is that of the feasibility file of France VAE: the request, the candidate, the experiences, each block with
its competences, the support, the opinion, the signatures. What only a person can say is left blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.dossier.dossier import Assessed, Assessment, Dossier, Official, Target
from assistant.dossier.pictures.heat import Heat, heat
from assistant.dossier.pictures.printed import Picture, coverage, heat_map, last, time_line
from assistant.dossier.pictures.timeline import Span, spans
from assistant.dossier.tongues import Tongue
from assistant.dossier.wording import NOTHING, Wording

BLANK = "…" * 30
BOX = "☐"
CITED = (Tongue.QUOTES, Tongue.OURS)
TITLED = (Tongue.OURS, Tongue.SOURCE, *[Tongue.OURS] * 4)
WORDED = (Tongue.SOURCE, Tongue.OURS, Tongue.OURS, Tongue.QUOTES)
ABREAST = 8  # blocks in the width of a page


class Tone(StrEnum):
    PLAIN = "plain"
    NOTICE = "notice"  # what must not be overlooked
    QUIET = "quiet"
    ITEM = "item"  # of a list


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels from 1; the title of the whole is not among them."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell's lines are its paragraphs.

    Attributes:
        caption: says what it holds, above it.
        widths: shares of the page's width, as many as columns, together 1.
        tongues: whose words each column is in; ours where there are none.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    tongues: tuple[Tongue, ...] = ()


Piece = Heading | Paragraph | Table | Picture


def chapters(dossier: Dossier, say: Wording) -> Iterator[Piece]:
    """All pieces of the document, in order."""
    yield Paragraph(say("draft"), Tone.NOTICE)
    yield Paragraph(say("what_it_is"))
    yield from _request(dossier, say)
    yield from _candidate(dossier, say)
    yield from _experiences(dossier, say)
    for target in dossier.targets:
        yield from _target(target, dossier, say)
    if not any(c.shown or c.answer for t in dossier.targets for b in t.blocks for c in b.competences):
        yield Paragraph(say("nothing"))
    yield from _support(say)
    yield from _opinion(say)
    yield from _sources(dossier, say)
    yield from _signatures(say)


def _request(dossier: Dossier, say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("request"))
    for target in dossier.targets:
        yield Heading(2, say("target", name=target.name))
        level = say("level", level=target.level or say("level.unknown"))
        yield Paragraph(f"{level} {say('registered', validity=say.validity(target))}")
        yield Paragraph(say("scope", blocks=_scope(target, say)))
        yield from _prerequisites(target, say)
        yield from _access(target, say)


def _scope(target: Target, say: Wording) -> str:
    aimed = [b for b in target.blocks if b.aimed]
    if len(aimed) == len(target.blocks):
        return say("scope.whole")
    key = {0: "scope.none", 1: "scope.one"}.get(len(aimed), "scope.some")
    return say(key, numbers=", ".join(str(b.number) for b in aimed))


def _prerequisites(target: Target, say: Wording) -> Iterator[Piece]:
    if not target.prerequisites:
        yield Paragraph(say("prerequisites.none"))
        return
    rows = tuple((say.citation(c), f"{BOX} {say('yes')}   {BOX} {say('no')}") for c in target.prerequisites)
    headers = (say("prerequisites.column"), say("prerequisites.filled"))
    yield Table(say("prerequisites"), headers, rows, (0.8, 0.2), CITED)


def _access(target: Target, say: Wording) -> Iterator[Piece]:
    if not target.access:
        yield Paragraph(say("access.none"))
        return
    rows = tuple((say.citation(r.citation), r.value or NOTHING) for r in target.access)
    yield Table(say("access"), (say("access.column"), say("access.value")), rows, (0.8, 0.2), CITED)


def _candidate(dossier: Dossier, say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("profile"))
    yield Paragraph(say("candidate", name=dossier.candidate or BLANK))
    yield Paragraph(say("diploma", blank=BLANK))
    yield Paragraph(say("cv", name=dossier.cv))
    if dossier.hidden:
        yield Paragraph(say("hidden", n=dossier.hidden))


def _experiences(dossier: Dossier, say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("jobs"))
    used = [job for job in dossier.jobs if job.used]
    if not used:
        yield Paragraph(say("jobs.none"))
        return
    headers = (say("jobs.period"), say("jobs.duration"), say("jobs.name"), say("jobs.line"))
    rows = tuple((say.period(j), say.duration(j.months), say.job_name(j), say.in_cv(j.line, j.page)) for j in used)
    yield Table(say("jobs.caption"), headers, rows, (0.25, 0.15, 0.4, 0.2))


def _target(target: Target, dossier: Dossier, say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("against", name=target.name))
    yield Paragraph(say("legend"), Tone.QUIET)
    if any(b.aimed for b in target.blocks):
        yield coverage(target, say)
    yield _overview(target, say)
    yield from _crossed(heat(dossier, target), target, say)
    yield from _in_time(spans(dossier, target), target, say)
    for block in target.blocks:
        if block.aimed:
            yield from _block(block, say)


def _overview(target: Target, say: Wording) -> Table:
    rows = tuple((str(b.number), b.title, *(str(n) for n in counts(b)), say.percent(b.coverage)) for b in target.blocks)
    headers = tuple(say(f"overview.{c}") for c in ("block", "title", "yes", "partly", "no", "coverage"))
    return Table(say("overview"), headers, rows, (0.08, 0.44, 0.08, 0.16, 0.08, 0.16), TITLED)


def _crossed(found: Heat, target: Target, say: Wording) -> Iterator[Piece]:
    """How many lines of each experience stand as evidence in each block, a few blocks at a time."""
    if not found.most:
        return
    name = 0.4
    for part in found.abreast(ABREAST):
        yield heat_map(part, target, say)
        rows = tuple((job or say("outside"), *(str(n or "–") for n in row)) for job, row in part.rows)
        headers = (say("crossed.job"), *(say("block", n=n) for n in part.blocks))
        widths = (name, *[(1 - name) / len(part.blocks)] * len(part.blocks))
        yield Table(say("crossed"), headers, rows, widths)


def _in_time(found: tuple[Span, ...], target: Target, say: Wording) -> Iterator[Piece]:
    if not found:
        return
    yield time_line(found, target, say)
    rows = tuple((s.name, str(int(s.first)), last(s, say), ", ".join(map(str, s.blocks)) or NOTHING) for s in found)
    headers = (say("column.experience"), *(say(f"picture.{c}") for c in ("from", "to", "blocks")))
    yield Table(say("in_time"), headers, rows, (0.55, 0.13, 0.16, 0.16))


def counts(block: Assessment) -> tuple[int, ...]:
    """How many competences of a block are shown, partly shown, not shown."""
    states = [c.official for c in block.competences]
    return tuple(states.count(o) for o in Official)


def _block(block: Assessment, say: Wording) -> Iterator[Piece]:
    yield Heading(2, say.block_name(block))
    yield Paragraph(say.block_text(block))
    for title, transversal in ((say("technical"), False), (say("transversal"), True)):
        found = [c for c in block.competences if c.transversal is transversal]
        yield from _competences(title, found, block, say)
    gaps = [c for c in block.competences if c.question]
    if gaps:
        yield Heading(3, say("gaps"))
        for gap in gaps:
            yield Paragraph(say.question(gap), Tone.ITEM)
    yield Paragraph(say("block.text", text=block.text or BLANK))


def _competences(title: str, competences: list[Assessed], block: Assessment, say: Wording) -> Iterator[Piece]:
    if not competences:
        return
    yield Heading(3, title)
    headers = tuple(say(f"{c}.column") for c in ("competence", "shown", "proofs", "source"))
    rows = tuple(_row(c, say) for c in competences)
    yield Table(say("heading.of", title=title, n=block.number), headers, rows, (0.26, 0.15, 0.33, 0.26), WORDED)


def _row(competence: Assessed, say: Wording) -> tuple[str, ...]:
    said = say.proofs(competence)
    if competence.comment:
        said += f"\n{say('remark', text=competence.comment)}"
    return say.wording(competence), say.state(competence), said, say.citations(competence)


def _support(say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("support"))
    for asked in ("support.hours", "support.training"):
        yield Paragraph(say(asked, blank=BLANK))


def _opinion(say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("opinion"))
    yield Paragraph(f"{BOX} {say('favourable')}    {BOX} {say('unfavourable')}")
    for asked in ("opinion.reasons", "opinion.candidate"):
        yield Paragraph(say(asked, blank=BLANK))


def _sources(dossier: Dossier, say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("sources"))
    referential = say("sources.referential")
    rows = [("CV", dossier.cv, dossier.cv_digest), *((referential, t.source, t.digest) for t in dossier.targets)]
    headers = tuple(say(f"sources.{c}") for c in ("document", "file", "digest"))
    yield Table(say("sources.caption"), headers, tuple(dict.fromkeys(rows)), (0.16, 0.34, 0.5))


def _signatures(say: Wording) -> Iterator[Piece]:
    yield Heading(1, say("signatures"))
    yield Paragraph(say("draft"), Tone.NOTICE)
    headers = tuple(say(f"signatures.{c}") for c in ("what", "advisor", "candidate"))
    rows = ((say("signatures.name"), "", ""), (say("signatures.date"), "", ""))
    rows += ((say("signatures.signature") + "\n\n", "", ""),)
    yield Table(say("signatures.caption"), headers, rows, (0.2, 0.4, 0.4))
