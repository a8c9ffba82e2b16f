"""The invented people of a file: what their CVs print, and what a reader should find in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FILES = FOLDER / "files"


@dataclass(frozen=True, slots=True)
class Job:
    """An experience.

    Attributes:
        dates: as the page prints them.
        start, end: what that means: "2019-09", "2019", or "now".
    """

    title: str
    employer: str
    start: str
    end: str
    tasks: tuple[str, ...]
    place: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What follows `jobs` is there for the people whose pages are made from it."""

    file: str
    jobs: tuple[Job, ...]
    layout: str = ""
    name: str = ""
    headline: str = ""
    contact: tuple[str, ...] = ()
    summary: str = ""
    education: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    leisure: tuple[str, ...] = ()
    lang: str = "fr"


def people(name: str) -> tuple[Person, ...]:
    """Those of `NAME.toml` in this folder, in its order."""
    listed = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["person"]
    return tuple(_person(entry) for entry in listed)


def _person(entry: dict[str, Any]) -> Person:
    jobs = tuple(Job(**{**job, "tasks": tuple(job["tasks"])}) for job in entry.pop("job"))
    return Person(jobs=jobs, **{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})


WORDS = {
    "fr": {
        "work": "Expériences professionnelles", "education": "Formation", "skills": "Compétences", "contact": "Contact",
        "languages": "Langues", "leisure": "Centres d'intérêt", "summary": "Profil",
    },
    "en": {
        "work": "Professional experience", "education": "Education", "skills": "Skills", "contact": "Contact",
        "languages": "Languages", "leisure": "Interests", "summary": "Profile",
    },
}  # fmt: skip
