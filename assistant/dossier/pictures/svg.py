"""The few shapes of which the pictures are made, as SVG text: whatever words come in are escaped here."""

from __future__ import annotations

from html import escape

from assistant.dossier.pictures.shades import Shade
from assistant.matching.evidence import State

INK, RULE = "var(--ink, #1a1a1a)", "var(--strong-rule, #555)"


def drawn(width: float, height: float, name: str, title: str, desc: str, body: str) -> str:
    """A picture that names and describes itself; it shrinks with its place and never grows past its size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" style="max-width:100%;height:auto" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="sans-serif" font-size="13"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(desc)}</desc>{body}</svg>'
    )


def text(x: float, y: float, words: str, middle: bool = False, fill: str = INK) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{fill}"{anchor}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str, told: str = "", line: bool = True) -> str:
    """A box; `told` appears when it is pointed at."""
    edge = f' stroke="{RULE}"' if line else ""
    inside = f"<title>{escape(told)}</title>" if told else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{edge}>{inside}</rect>'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{RULE}" stroke-dasharray="2 3"/>'


def pattern(name: str, state: State, shade: Shade) -> str:
    """What fills the boxes of a state, to be referred to by `shade_fill`."""
    colour = f"var(--state-{state}, {shade.fill})"
    marks = {
        "plain": f'<rect width="8" height="8" fill="{colour}"/>',
        "stripes": f'<path d="M-2 10 10 -2M2 14 14 2M-6 6 6 -6" stroke="{colour}" stroke-width="3"/>',
        "dots": f'<circle cx="4" cy="4" r="1.8" fill="{colour}"/>',
        "none": "",
    }[shade.pattern]
    return (
        f'<pattern id="{name}-{state}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="var(--sheet, #fff)"/>{marks}</pattern>'
    )


def shade_fill(name: str, state: State) -> str:
    return f"url(#{name}-{state})"
