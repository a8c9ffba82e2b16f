"""The pictures as documents hold them: drawn for paper, with a caption and a text that stands for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.dossier.dossier import Target
from assistant.dossier.glyphs import drawable
from assistant.dossier.pictures.coverage import bars, coverage_svg
from assistant.dossier.pictures.heat import Heat, heat_svg
from assistant.dossier.pictures.timeline import Span, timeline_svg
from assistant.dossier.wording import Wording

COLOUR = re.compile(r"var\(--[\w-]+, (#\w+)\)")  # a colour of the page's style sheet, with the one for paper
STYLE = re.compile(r' style="[^"]*"')
FONT = 'font-family="DejaVu Sans" font-stretch="condensed"'
PAGE = 650  # pixels of a drawing that take a page's width
TOLD = 40  # experiences that a text tells one by one


@dataclass(frozen=True, slots=True)
class Picture:
    """Attributes:
    svg: the drawing.
    alt: says what it shows, for those who cannot see it.
    width: share of the page's width, at most 1.
    """

    svg: str
    caption: str
    alt: str
    width: float


def coverage(target: Target, say: Wording) -> Picture:
    found = bars(target)
    caption = say("picture.coverage", name=target.name)
    told = " ".join(say("picture.coverage.block", n=b.number, counts=say.counts(b.counts)) for b in found)
    svg = coverage_svg(found, "c", caption, "", say("block"), say.several)
    return _printed(svg, caption, say("picture.coverage.alt", told=told))


def heat_map(found: Heat, target: Target, say: Wording) -> Picture:
    caption = say("picture.heat", name=target.name)
    svg = heat_svg(found, "h", caption, "", say("block"), say("outside"))
    return _printed(svg, caption, say("picture.heat.alt", told=say("picture.heat.most", n=found.most)))


def time_line(found: tuple[Span, ...], target: Target, say: Wording) -> Picture:
    caption = say("picture.timeline", name=target.name)
    told = " ".join(
        say("picture.timeline.span", name=s.name, first=int(s.first), last=last(s, say), blocks=_blocks(s, say))
        for s in found[:TOLD]
    )
    svg = timeline_svg(found, "t", caption, "", say("block"))
    return _printed(svg, caption, say("picture.timeline.alt", told=told))


def last(span: Span, say: Wording) -> str:
    """The year in which a span ends; one that ends with a year does not end in the next."""
    return say("picture.now") if span.current else str(int(span.last - 1e-6))


def _blocks(span: Span, say: Wording) -> str:
    if not span.blocks:
        return say("picture.timeline.none")
    return say("picture.timeline.some", numbers=", ".join(map(str, span.blocks)))


def _printed(svg: str, caption: str, alt: str) -> Picture:
    """A drawing without what only a browser understands."""
    wide = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
    svg = STYLE.sub("", COLOUR.sub(r"\1", svg), count=1).replace('font-family="sans-serif"', FONT, 1)
    return Picture(drawable(svg), caption, drawable(alt), min(1.0, wide / PAGE))
