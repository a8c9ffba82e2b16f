"""The jobs that people have, by all their titles, with the ROME codes under which certifications list them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("jobs.txt")
NSF = Path(__file__).with_name("nsf.txt")
PAIR = re.compile(r"\s+/\s+")


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the ROME 4.0.

    Attributes:
        code: its own code ("M1855").
        parent: the code that it was part of before it had its own; its own code where it always had one.
        titles: what people call it, its label first, masculine and feminine apart.
    """

    code: str
    parent: str
    label: str
    titles: tuple[str, ...]


@cache
def jobs() -> MappingProxyType[str, Job]:
    """By code; index/jobs.txt, made by training/jobs.py."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    found = (_job(line) for line in lines if line and line[0] != "#")
    return MappingProxyType({job.code: job for job in found})


def _job(line: str) -> Job:
    codes, *titles = line.split("|")
    code, parent = codes.split(" ")
    return Job(code, parent, titles[0], tuple(dict.fromkeys(form for title in titles for form in forms(title))))


@cache
def specialities() -> MappingProxyType[str, str]:
    """The labels of the NSF's groups by their codes of three digits; index/nsf.txt."""
    lines = NSF.read_text(encoding="utf-8").splitlines()
    return MappingProxyType(dict(line.split(" ", 1) for line in lines if line and line[0] != "#"))


def forms(title: str) -> Iterator[str]:
    """The masculine and the feminine form of "Chef / Cheffe de chantier"; the title itself where it has one form.

    >>> list(forms("Chef / Cheffe de chantier"))
    ['Chef de chantier', 'Cheffe de chantier']
    """
    parts = PAIR.split(title)
    if len(parts) == 1:
        yield title
        return
    words = parts[-1].split()
    for part in parts[:-1]:
        own = part.split()
        yield " ".join([*own, *words[len(own) :]])
    yield parts[-1]
