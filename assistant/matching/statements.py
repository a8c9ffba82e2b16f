"""The lines of a CV as statements: what each of them can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.matching.experiences import Experience, Item, Resume
from assistant.matching.orders import is_order
from assistant.matching.paragraphs import spliced
from assistant.matching.sections import seen
from index.words import content, fold

DOING = re.compile(
    r"(?:[a-z]{2,}(?:tion|sion|age|ment|ance|ence|ure|ise|ture|ions|ages|ements)s?|[a-z]{3,}(?:er|ir|oir|dre|tre)|"
    r"[a-z]{3,}ing|[a-z]{3,}ed|suivi|suivis|conduite|mise|mises|appui|aide|recueil|releve|tenue|vente|ventes|gestion)\b"
)
NUMBER = re.compile(
    r"(?<![\w.])\d+(?:[\s.,]\d+)*\s*(?:%|k€|m€|€|[a-z]{2,})|\b(?:deux|trois|quatre|cinq|six|sept|huit|dix|quinze|vingt|trente|cent|"
    r"dizaine|quinzaine|vingtaine|trentaine|centaine|millier|divise|double|triple|reduit|reduction|baisse|hausse)e?s?\b"
)
PURPOSE = re.compile(
    r"\b(?:pour|afin|chez|aupres|avec|permettant|dans le cadre|au sein|vers|livre[es]*|for|with|using|"
    r"resulting|across)\b"
)
PARTED = re.compile(r"[,;/|+•]|\s+(?:et|and)\s+")
MANY = 10  # short things of a list, from which it lists skills
SHORT = 3  # words of a thing named in a list
LIST_SHARE = 0.34  # of a list's words that may name a doing before the list counts as an activity


class Kind(StrEnum):
    TITLE = "title"  # what the person was
    ACTIVITY = "activity"  # what the person did
    NAMED = "named"  # a bare list of tools or subjects, in a job
    SKILL = "skill"  # a list of skills, outside any job
    COPIED = "copied"  # a certification's own words, which show nothing but that they were read
    EMPLOYER = "employer"  # where: it may tell the trade, it shows nothing
    EDUCATION = "education"
    LEISURE = "leisure"


@dataclass(frozen=True, slots=True)
class Statement:
    """A verbatim stretch of the CV.

    Attributes:
        text: what stands on its first line.
        more: where it goes on, what stands on each of the next lines.
        job: place of its experience in the CV, from 0; None outside of any.
        context: True where it names a quantity, a result, for whom or what for.
    """

    line: int
    text: str
    kind: Kind
    job: int | None = None
    context: bool = False
    more: tuple[str, ...] = ()

    @property
    def read(self) -> str:
        """What a reader sees of it, without characters of no width: what is compared; its pieces are what is quoted."""
        return seen(spliced((self.text, *self.more))[0])


def statements(cv: Resume) -> tuple[Statement, ...]:
    """All that the CV states, in the order of its jobs; contact details, headings and orders are left out."""
    found = [s for number, job in enumerate(cv.experiences) for s in _of_job(number, job)]
    found += [_listed(i, Kind.SKILL) for i in (*cv.skills, *cv.summary)]
    found += [_listed(i, Kind.EDUCATION) for i in (*cv.education, *cv.languages)]
    found += [_listed(i, Kind.LEISURE) for i in cv.leisure]
    return tuple(s for s in found if content(s.read) and not is_order(s.read))


def _of_job(number: int, job: Experience) -> Iterator[Statement]:
    if job.title:
        yield Statement(job.title.line, job.title.text, Kind.TITLE, number, job.period is not None, job.title.more)
    if job.employer:
        yield Statement(job.employer.line, job.employer.text, Kind.EMPLOYER, number, more=job.employer.more)
    for task in job.tasks:
        words = seen(task.whole)
        if _long_list(words):  # skills, whatever job they are put under
            yield _listed(task, Kind.SKILL)
        else:
            kind = Kind.NAMED if _bare_list(words) else Kind.ACTIVITY
            yield Statement(task.line, task.text, kind, number, in_context(words), task.more)


def _long_list(text: str) -> bool:
    """True for so many short things in a row that none of them is told."""
    return sum(0 < len(p.split()) <= SHORT for p in PARTED.split(text)) >= MANY


def _listed(item: Item, kind: Kind) -> Statement:
    return Statement(item.line, item.text, kind, more=item.more)


def _bare_list(text: str) -> bool:
    """True for names in a row, none of which says that something is done: « Sage 100, Excel »."""
    parts = [p for p in PARTED.split(fold(text)) if p.strip()]
    doing = sum(bool(DOING.search(p)) for p in parts)
    short = sum(len(p.split()) <= SHORT for p in parts)
    return len(parts) > 1 and short == len(parts) and doing <= LIST_SHARE * len(parts)


def in_context(text: str) -> bool:
    """True where the text names a quantity, a result, for whom or what for."""
    folded = fold(text)
    return bool(NUMBER.search(folded) or PURPOSE.search(folded))
