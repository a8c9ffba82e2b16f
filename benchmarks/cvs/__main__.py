"""How well experiences are read from CVs in real layouts: python -m benchmarks.cvs [NAME]…

For each file of `NAME.toml`: experiences found (title and employer), in the order of the page, dates right, both ends
to the month where the page gives the month, and task lines read whole in the experience they belong to. With -v, what
was read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.matching.experiences import Experience, resume
from assistant.matching.periods import Month, Period
from benchmarks.cvs.people import FILES, Job, Person, people
from corpus.document import squeeze
from corpus.reading import read
from index.words import fold


@dataclass(frozen=True, slots=True)
class Score:
    """Of `jobs` experiences: how many were found, the longest run of them in order, dates right; how many too many.

    Attributes:
        told, placed: their task lines, and those of them that were read whole in their own experience.
    """

    jobs: int
    found: int
    ordered: int
    dated: int
    surplus: int
    told: int
    placed: int


def score(person: Person, read_jobs: Sequence[Experience]) -> Score:
    """Each experience of the page against the first one read that is it."""
    places: list[int] = []
    dated = placed = 0
    for job in person.jobs:
        place = next((i for i, e in enumerate(read_jobs) if i not in places and _same(job, e)), None)
        if place is not None:
            places.append(place)
            dated += _when(read_jobs[place].period) == (job.start, job.end)
            placed += len({_task(task) for task in job.tasks} & {_task(task.whole) for task in read_jobs[place].tasks})
    told, surplus = sum(len(job.tasks) for job in person.jobs), len(read_jobs) - len(places)
    return Score(len(person.jobs), len(places), _rising(places), dated, surplus, told, placed)


def _same(job: Job, found: Experience) -> bool:
    """True where the title is the job's and the employer's name is in the employer, and nowhere in the title."""
    title, employer = (_letters(item.whole) if item else "" for item in (found.title, found.employer))
    return title == _letters(job.title) and _letters(job.employer) in employer


def _letters(text: str) -> str:
    return squeeze(fold(text).replace("’", "'"))


def _task(text: str) -> str:
    return _letters(text).strip(" .;•-")


def _when(period: Period | None) -> tuple[str, str] | None:
    return (_month(period.first), _month(period.last) if period.last else "now") if period else None


def _month(month: Month) -> str:
    return f"{month.year}-{month.month:02d}" if month.month else str(month.year)


def _rising(places: Sequence[int]) -> int:
    """The length of the longest rising subsequence."""
    best: list[int] = []
    for i, place in enumerate(places):
        best.append(1 + max((b for b, p in zip(best, places[:i], strict=True) if p < place), default=0))
    return max(best, default=0)


def _report(name: str, scores: Sequence[Score]) -> str:
    jobs, found, ordered, dated, surplus, told, placed = (sum(getattr(s, f) for s in scores) for f in Score.__slots__)
    tasks = f"{placed / told:8.3f}" if told else f"{'none':>8s}"
    shares = f"{found / jobs:8.3f} {ordered / jobs:9.3f} {dated / jobs:8.3f} {tasks}"
    return f"{name:30s} {jobs:4d} {shares} {surplus:8d}"


def _told(jobs: Sequence[Experience]) -> str:
    rows = []
    for job in jobs:
        title, employer = (item.whole if item else "?" for item in (job.title, job.employer))
        rows.append(f"    {title} @ {employer} {_when(job.period)}")
        rows += [f"      {task.line}-{task.line + len(task.more)} {task.whole}" for task in job.tasks]
    return "\n".join(rows)


def main() -> None:
    verbose, names = "-v" in sys.argv, [a for a in sys.argv[1:] if a != "-v"] or ["people"]
    print(f"{'':30s} {'jobs':>4s} {'found':>8s} {'in order':>9s} {'dates':>8s} {'tasks':>8s} {'surplus':>8s}")
    for name in names:
        scores = []
        for person in people(name):
            jobs = resume(read(FILES / person.file)).experiences
            scores.append(score(person, jobs))
            print(_report(person.file, scores[-1:]))
            if verbose:
                print(_told(jobs))
        print(_report(f"all of {name}", scores), end="\n\n")


if __name__ == "__main__":
    main()
