"""Two or more certifications side by side, with a verdict where their values can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Lang, Status
from assistant.answering.draft import Cited, Draft, Line, quoted, trimmed
from assistant.answering.phrases import say, say_count
from assistant.answering.ranking import rank
from assistant.knowledge import Knowledge
from assistant.understanding.query import BLOCK_FACETS, TELLING, Query
from assistant.understanding.wording import measures
from corpus.referential import Facet, Fact, Referential
from index.words import fold

LEAST = re.compile(
    r"(?<![a-z])(?:moins|plus bas\w*|plus petit\w*|premiere?|plus tot|court\w*|lowest|least|fewer|fewest|first|earlier"
    r"|shorter)(?![a-z])"
)
MOST = re.compile(
    r"(?<![a-z])(?:plus|derniere?|tard|longtemps|more|most|higher|highest|later|latest|longer|longest|last)(?![a-z])"
)
SAME = re.compile(r"(?<![a-z])(?:meme|memes|same|identique\w*|autant|equal\w*|share)(?![a-z])")
UNLIMITED = float("inf")
CODES = (Facet.ROME, Facet.NSF, Facet.FORMACODE)  # of which a certification often has several
ALIKE = 6  # of those that are shown of each certification


@dataclass(frozen=True, slots=True)
class Value:
    """What one certification has, and where it says so.

    Attributes:
        size: the number to compare by; None where it has none.
        scale: what the number is, for the wording of a verdict.
    """

    referential: Referential
    size: float | None
    wording: str
    line: Line
    scale: Literal["height", "count", "date", "length"] = "count"


def compared(query: Query, knowledge: Knowledge) -> Draft | None:
    """Each certification's value, then which has the most, the least, or whether they agree."""
    if len(query.referentials) < 2:
        return None
    if query.compares and not query.sure_facets and not query.looked_for:
        return _side_by_side(query, knowledge)
    values = [_value(query, r, knowledge) for r in query.referentials]
    if any(v is None for v in values):
        return None
    lines = [v.line for v in values]
    verdict = _verdict(query, values) if query.compares or ranks(query) else ""
    return Draft(Status.ANSWERED, trimmed([*([Line(verdict)] if verdict else []), *lines]), about=query.referentials)


def _side_by_side(query: Query, knowledge: Knowledge) -> Draft | None:
    """Level, blocks and end of each certification, where the question says not by what to compare them."""
    found = [m(r, query.lang, knowledge) for m in (_level, _blocks, _until) for r in query.referentials]
    lines = [value.line for value in found if value]
    return Draft(Status.ANSWERED, trimmed(lines), about=query.referentials) if lines else None


def _value(query: Query, referential: Referential, knowledge: Knowledge) -> Value | None:
    weights = sorted(query.facets.items(), key=lambda item: -item[1])
    for facet, weight in weights[:2]:
        measure = MEASURES.get(facet)
        value = measure(referential, query.lang, knowledge) if measure and weight >= TELLING else None
        if value:
            return value
    return _nearest(query, referential, knowledge)


def _line(referential: Referential, lang: Lang, wording: str, cited: tuple[Cited, ...]) -> Line:
    return Line(say("value_line", lang, name=referential.name, value=wording), cited)


def _level(referential: Referential, lang: Lang, knowledge: Knowledge) -> Value | None:
    facts = referential.facts_of(Facet.LEVEL)
    if referential.level is None or not facts:
        return None
    telling = next((f for f in facts if f.value == str(referential.level)), facts[0])
    wording = say("level_value", lang, value=referential.level)
    cited = (Cited(referential, None, telling.quote),)
    return Value(referential, referential.level, wording, _line(referential, lang, wording, cited), "height")


def _blocks(referential: Referential, lang: Lang, knowledge: Knowledge) -> Value | None:
    if not referential.blocks:
        return None
    wording = say_count("blocks_value", lang, len(referential.blocks))
    cited = tuple(Cited(referential, b.number, q) for b in referential.blocks for q in b.heading.quotes)
    return Value(referential, len(referential.blocks), wording, _line(referential, lang, wording, cited))


def _competences(referential: Referential, lang: Lang, knowledge: Knowledge) -> Value | None:
    count = sum(len(b.competences) for b in referential.blocks)
    if not count:
        return None
    wording = say_count("competences_value", lang, count)
    cited = tuple(Cited(referential, b.number, q) for b in referential.blocks for q in b.heading.quotes)
    return Value(referential, count, wording, _line(referential, lang, wording, cited))


def _until(referential: Referential, lang: Lang, knowledge: Knowledge) -> Value | None:
    telling = end_of(referential)
    if referential.until is None or telling is None:
        return None
    wording = say("until_value", lang, value=telling.value)
    cited = (Cited(referential, None, telling.quote),)
    return Value(referential, referential.until.toordinal(), wording, _line(referential, lang, wording, cited), "date")


def end_of(referential: Referential) -> Fact | None:
    """The fact that gives the end of its registration, in few words; None where no source gives it."""
    told = (f for f in referential.facts if f.facet in (Facet.VALIDITY, Facet.LEGAL))
    return next((f for f in told if _tells(f.value, referential)), None)


def _tells(value: str, referential: Referential) -> bool:
    from_value = set(re.findall(r"\d+", value))
    return bool(referential.until) and str(referential.until.year) in from_value and len(value) < 30


def _components(referential: Referential, lang: Lang, knowledge: Knowledge) -> Value | None:
    for statement in knowledge.statements(referential):
        if statement.facet is not Facet.COMPONENTS:
            continue
        spans = [v for v, unit in measures(statement.text) if unit == "year"]
        unlimited = "illimit" in fold(statement.text)
        if spans or unlimited:
            wording = say("unlimited_value", lang) if unlimited else say_count("years_value", lang, max(spans))
            line = quoted(referential, statement, say("value_line", lang, name=referential.name, value=wording))
            return Value(referential, UNLIMITED if unlimited else max(spans), wording, line, "length")
    return None


MEASURES: dict[Facet, Callable[[Referential, Lang, Knowledge], Value | None]] = {
    Facet.LEVEL: _level,
    Facet.BLOCKS: _blocks,
    Facet.COMPETENCES: _competences,
    Facet.VALIDITY: _until,
    Facet.COMPONENTS: _components,
}


def _nearest(query: Query, referential: Referential, knowledge: Knowledge) -> Value | None:
    ranked = rank(query, [referential], knowledge)
    told = [s for s in ranked if s.statement.facet in query.sure_facets and s.statement.facet not in BLOCK_FACETS]
    best = next(iter(told or ranked), None)
    if best is None:
        return None
    facet = best.statement.facet
    shown = [s.statement for s in told if s.statement.facet is facet][:ALIKE] if facet in CODES else [best.statement]
    cited = tuple(Cited(referential, s.block, q) for s in shown for q in s.quotes)
    return Value(referential, None, "", Line(say("compared", query.lang, name=referential.name), cited))


def ranks(query: Query) -> bool:
    """True where the question asks for the most, the least, or whether values agree."""
    return any(words.search(fold(query.text)) for words in (MOST, LEAST, SAME))


def _verdict(query: Query, values: list[Value]) -> str:
    if any(v.size is None for v in values):
        return ""
    lang, asked = query.lang, fold(query.text)
    sizes = {v.size for v in values}
    if SAME.search(asked):
        if len(sizes) == 1:
            return say("verdict_equal", lang, value=values[0].wording)
        return say("verdict_unequal", lang, values=", ".join(v.wording for v in values))
    if len(sizes) == 1:
        return say("verdict_tie", lang, value=values[0].wording)
    least = LEAST.search(asked) is not None
    chosen = (min if least else max)(values, key=lambda v: v.size)
    key = ("verdict_least_" if least else "verdict_most_") + chosen.scale
    return say(key, lang, name=chosen.referential.name, value=chosen.wording)
