"""Sums and differences over the figures of a statistics table, each shown with its terms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from assistant.answer import Status
from assistant.answering.draft import Cited, Draft, Line
from assistant.answering.phrases import say
from assistant.understanding.coverage import coverage
from assistant.understanding.query import Query
from assistant.understanding.wording import years
from corpus.referential import Facet, Fact, Referential
from index.words import fold, terms

SUM = re.compile(r"(?<![a-z])(?:total|somme|en tout|cumul\w*|additionn\w*|altogether|in total|sum|overall)(?![a-z])")
DIFFERENCE = re.compile(
    r"(?<![a-z])(?:difference|ecart|evolution|evolue|augment\w*|baiss\w*|de plus qu\w*|de moins qu\w*|more than"
    r"|fewer than|change|increase\w*|decrease\w*|gap)(?![a-z])"
)
YEAR = re.compile(r"(?:19|20)\d\d")


def computed(query: Query) -> Draft | None:
    """The sum or difference asked for, with the figures it is made of; None where none is asked or can be made."""
    asked = fold(query.text)
    adds, subtracts = bool(SUM.search(asked)), bool(DIFFERENCE.search(asked))
    if len(query.referentials) != 1 or not (adds or subtracts):
        return None
    referential = query.referentials[0]
    figures = _figures(query, referential)
    if len(figures) < 2 or (subtracts and len(figures) != 2):
        return None
    heading = Line(say("according", query.lang, name=referential.name))
    lines = [Line(f"- {f.label} : {f.value}", (Cited(referential, None, f.quote),)) for f in figures]
    return Draft(Status.ANSWERED, (heading, *lines, Line(_result(query, figures, subtracts))), about=(referential,))


def _figures(query: Query, referential: Referential) -> list[Fact]:
    """The figures of the column that the question names, for the years that it names or for all, oldest first."""
    columns: dict[str, list[Fact]] = defaultdict(list)
    for fact in referential.facts_of(Facet.STATISTICS):
        if fact.value.isdigit() and YEAR.search(fact.label):
            columns[YEAR.sub("", fact.label)].append(fact)
    if not columns:
        return []
    words = terms(query.text)
    best = max(columns, key=lambda label: (coverage(terms(label), words), -len(label)))
    if not coverage(terms(best), words):
        return []
    wanted = years(query.text)
    return sorted((f for f in columns[best] if not wanted or _year(f) in wanted), key=_year)


def _year(fact: Fact) -> int:
    return int(YEAR.search(fact.label).group())


def _result(query: Query, figures: Iterable[Fact], subtracts: bool) -> str:
    values = [int(f.value) for f in figures]
    if subtracts:
        first, last = values
        key = "fall_line" if last < first else "difference_line"
        larger, smaller = max(values), min(values)
        return say(key, query.lang, terms=f"{larger} − {smaller}", total=larger - smaller)
    return say("sum_line", query.lang, terms=" + ".join(map(str, values)), total=sum(values))
