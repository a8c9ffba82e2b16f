"""Numbers, lengths and dates that a question takes for granted, held against what the sources say."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Line, part_line, quoted, refused
from assistant.answering.phrases import say
from assistant.answering.ranking import rank
from assistant.knowledge import Knowledge
from assistant.understanding.query import BLOCK_FACETS, Query
from assistant.understanding.wording import NUMBERS, dates, measures, number, years
from corpus.referential import Referential
from index.words import fold, stem

NUMBERED_THINGS = re.compile(
    rf"(?<![a-z])(?:les|ses|des|ces|the|its|these|all)\s+(\d{{1,2}}|{'|'.join(NUMBERS)})\s+([a-z]{{4,}}s)(?![a-z])"
)
MEASURED = frozenset(  # counted elsewhere, or no things
    """
    blocs activites competences annees mois jours semaines heures minutes premiers premieres derniers dernieres
    blocks activities skills years months days weeks hours
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
ELSEWHERE = frozenset(map(stem, MEASURED))
NUMBERED_PARTS = re.compile(
    rf"(?<![a-z])(?:les|ses|des|ces|the|its|these|all)\s+(\d{{1,2}}|{'|'.join(NUMBERS)})\s+"
    r"(blocs?|blocks?|activites?|activities|competences?|skills)(?! transvers)(?![a-z])"
)
COUNTED = re.compile(
    rf"(?<![\w.,])(\d{{1,2}}|{'|'.join(n for n in NUMBERS if n not in ('un', 'une', 'one'))})\s+([a-z]{{4,}})(?![a-z])"
)
OF_WHAT = re.compile(rf"(?<![\w.,])(\d{{1,2}}|{'|'.join(NUMBERS)})\s+([a-z]{{4,}})(?![a-z])")
SO_MANY = re.compile(rf"(?<![\w.,])(\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:blocs?|blocks?|activites?|activities)(?![a-z])")
FIGURE = re.compile(r"(?<![\w.,/-])\d{2,4}(?![\w.,/%-])(?! ?%)")
YEAR = re.compile(r"(?:19|20)\d\d")
PINNED = frozenset({"minute", "hour", "day", "week", "month", "year", "percent", "page", "euro"})


def quantity(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A duration, share, amount, year or date that the question states and the source does not."""
    text = query.text
    full = set(dates(text))
    loose = {y for y in years(text) if y not in {d.year for d in full}}
    wanted = full | loose | {m for m in measures(text) if m[1] in PINNED} | _figures(query)
    if not wanted:
        return None
    scope = [s for s in knowledge.statements(referential) if not query.block or s.block in (query.block.number, None)]
    said = " \n".join(f"{s.context} {s.text}" for s in scope)
    held = set(dates(said)) | set(years(said)) | {d.year for d in dates(said)} | set(measures(said))
    held |= set(FIGURE.findall(said))
    missing = [w for w in wanted if w not in held]
    if not missing:
        return None
    near = rank(query, [referential], knowledge)[:2]
    value = max((_wording(m, text) for m in missing), key=len)
    phrase = say("other_measure", query.lang, value=value, name=referential.name)
    return refused(referential, phrase, [quoted(referential, s.statement) for s in near])


def _figures(query: Query) -> set[str]:
    """The figures of two digits or more that a question states by themselves, its codes and years apart."""
    codes = "".join(r.code or "" for r in query.referentials)
    return {f for f in FIGURE.findall(query.text) if f not in codes and not YEAR.fullmatch(f)}


def counted_parts(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A number of blocks, activities or competences that is not the certification's or the block's."""
    for said, what in NUMBERED_PARTS.findall(fold(query.text)):
        in_block = query.block is not None and what[0] in "cs"
        parts = query.block.competences if in_block else referential.blocks
        if what[0] in "cs" and not in_block:
            continue
        if parts and number(said) != len(parts):
            return refused(referential, *_parts(query, referential, in_block))
    most = max((number(said) for said in SO_MANY.findall(fold(query.text))), default=0)
    if most > len(referential.blocks) > 0:  # of fewer the question may speak: "j'ai validé deux blocs"
        return refused(referential, *_parts(query, referential, False))
    return None


def counted_things(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A number of things on record ("les sept membres du jury") that the source neither writes nor lists."""
    if query.facet is None or query.facet in BLOCK_FACETS:
        return None
    counted = [(n, what) for n, what in NUMBERED_THINGS.findall(fold(query.text)) if what not in MEASURED]
    told = [s for s in knowledge.statements(referential) if s.facet is query.facet]
    if not (counted and told):
        return None
    written = {number(w) for s in told for w in re.findall(r"\d+|[a-z]+", fold(s.text))} | {len(told)}
    for said, what in counted:
        if number(said) not in written:
            phrase = say("other_measure", query.lang, value=f"{said} {what}", name=referential.name)
            return refused(referential, phrase, [quoted(referential, s) for s in told])
    return None


def other_number(query: Query, referential: Referential, knowledge: Knowledge) -> Draft | None:
    """A number of something ("trois présidents") of which what is on record gives other numbers, and never this one."""
    asserted = [(n, what) for n, what in COUNTED.findall(fold(query.text)) if stem(what) not in ELSEWHERE]
    if not asserted or query.facet is None or query.facet in BLOCK_FACETS:
        return None
    told = [s for s in knowledge.statements(referential) if s.facet is query.facet]
    for said, what in asserted:
        given = {s: {number(n) for n, own in OF_WHAT.findall(fold(s.text)) if stem(own) == stem(what)} for s in told}
        numbers = set().union(*given.values())
        if numbers and number(said) not in numbers:
            phrase = say("other_measure", query.lang, value=f"{said} {what}", name=referential.name)
            return refused(referential, phrase, [quoted(referential, s) for s, counts in given.items() if counts])
    return None


def _parts(query: Query, referential: Referential, in_block: bool) -> tuple[str, list[Line]]:
    """The true count of the parts, in words, and the parts."""
    if in_block:
        block, count = query.block, len(query.block.competences)
        key = "competences_count_one" if count == 1 else "competences_count"
        lines = [part_line(referential, block.number, c) for c in block.competences]
        return say(key, query.lang, block=block.number, title=block.title, count=count), lines
    key = "blocks_count_one" if len(referential.blocks) == 1 else "blocks_count"
    headings = [part_line(referential, b.number, b.heading) for b in referential.blocks]
    return say(key, query.lang, name=referential.name, count=len(referential.blocks)), headings


def _wording(missing: object, text: str) -> str:
    """The fewest words of the question that name a quantity."""
    words = text.split()
    for size in (1, 2, 3, 4):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size]).strip(" ?.,;:!»«")
            if missing in {*dates(run), *years(run), *measures(run), run}:
                return run
    return str(missing)
