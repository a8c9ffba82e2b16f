"""What a source says of one certification: a referential, its blocks, their competences, and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.document import Quote


class Facet(StrEnum):
    """The sides of a certification that people ask about; every section, fact and passage has one."""

    TITLE = "title"
    CODE = "code"
    LEVEL = "level"
    NSF = "nsf"
    ROME = "rome"
    FORMACODE = "formacode"
    ISSUER = "issuer"
    SIRET = "siret"
    WEBSITE = "website"
    CONTACT = "contact"
    ADDRESS = "address"
    PREPARERS = "preparers"
    OBJECTIVES = "objectives"
    ACTIVITIES = "activities"
    COMPETENCES = "competences"
    ASSESSMENT = "assessment"
    CRITERIA = "criteria"
    BLOCKS = "blocks"
    COMPONENTS = "components"  # how blocks add up to the certification, and how long an acquired one stays valid
    ACCESS = "access"
    JURY = "jury"
    PREREQUISITES = "prerequisites"
    TRANSVERSAL = "transversal"
    SECTORS = "sectors"
    JOBS = "jobs"
    REGULATION = "regulation"
    TERRITORIES = "territories"
    STATISTICS = "statistics"
    LEGAL = "legal"
    VALIDITY = "validity"
    HISTORY = "history"
    LINKS = "links"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a referential with its verbatim text.

    Attributes:
        quotes: its text, in reading order; more than one where the source's page breaks or columns tear it apart.
    """

    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        return " ".join(q.text for q in self.quotes)


@dataclass(frozen=True, slots=True)
class Activity(Part):
    """What the holder of a block does at work."""


@dataclass(frozen=True, slots=True)
class Assessment(Part):
    """How a block or a competence is assessed."""


@dataclass(frozen=True, slots=True)
class Criterion(Part):
    """What an assessor looks for."""


@dataclass(frozen=True, slots=True)
class Competence(Part):
    """One competence of a block, as the referential words it, without its details.

    Attributes:
        number: its number as a reader would cite it ("2.3", "C1.1"), None where the source gives none. A misprinted
            number is corrected here; the quotes keep the misprint.
        transversal: True for a social or cross-cutting competence, False for a technical one.
        details: what it consists of, item by item.
    """

    number: str | None = None
    transversal: bool = False
    details: tuple[Part, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A unit that a jury validates.

    Attributes:
        number: its official number in the certification, from 1.
        code: RNCPnnnnnBCnn where the source gives one or its style allows one, else None.
        heading: the verbatim title where the block is described.
        activities, assessments, criteria: those that belong to the block as a whole.
    """

    number: int
    title: str
    heading: Part
    code: str | None = None
    activities: tuple[Activity, ...] = ()
    competences: tuple[Competence, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A single value that can be asked for.

    Attributes:
        facet: which side of the certification it tells.
        label: what distinguishes it from its neighbours, in the source's own words: a year and a column, an access
            route, a name; empty where the facet says it all.
        value: as a reader would say it ("6", "27-03-2028", "M1805").
        quote: where the source says so.
    """

    facet: Facet
    label: str
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Section:
    """A titled stretch of the source that belongs to no block: its paragraphs, in order."""

    facet: Facet
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a nomenclature with its wording: ("M1805", "Études et développement informatique")."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Referential:
    """One certification as one source describes it.

    Attributes:
        source: the name of the document.
        layout: the layout by which it was read ("cncp", "france_competences", "columns", "export", "reac", "notice",
            "plain").
        code: "RNCP26228" or "RS5000", without blanks; None where the source gives none.
        title: the certification's title, or the best name that the source has for itself.
        level: European level, 1 to 8.
        until: end of registration; `active` tells whether the source itself says that it is in force.
        vae: True where access by validation of experience is open, False where it is closed, None where unsaid.
        replaces, replaced_by: codes, or titles where the source gives no code.
    """

    source: str
    layout: str
    title: str
    code: str | None = None
    level: int | None = None
    issuers: tuple[str, ...] = ()
    nsf: tuple[Coded, ...] = ()
    rome: tuple[Coded, ...] = ()
    formacodes: tuple[Coded, ...] = ()
    until: date | None = None
    active: bool | None = None
    vae: bool | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def name(self) -> str:
        """How to speak of it: "RNCP26228, Chef/fe de projet logiciel et réseau"."""
        return f"{self.code}, {self.title}" if self.code else self.title

    def block(self, number: int) -> Block | None:
        return next((b for b in self.blocks if b.number == number), None)

    def facts_of(self, facet: Facet) -> tuple[Fact, ...]:
        return tuple(f for f in self.facts if f.facet is facet)

    def expired(self, today: date) -> bool:
        """True where the source says that it is no longer in force, or its end of registration has passed."""
        return self.active is False or (self.until is not None and self.until < today)
