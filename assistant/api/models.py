"""What the interfaces hand out, as typed JSON; every statement of a source comes with the quotes that it stands on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Lang
from corpus.referential import Facet
from index.contract import Filters
from index.kinds import kinds

LONGEST_QUERY = 1_000  # characters
LONGEST_QUESTION = 4_000
LONGEST_NAME = 300
MOST_HITS = 100
LAST_PAGE = 100  # of a search; what lies further is found by other words
MOST_TURNS = 40
CERTIFICATION = Field(description="Code of the certification, null where the source gives none", examples=["RNCP38822"])
SOURCE = Field(description="Name of the document", examples=["notice_RNCP38822.txt"])


def _kind(key: str) -> str:
    if (folded := key.upper()) not in kinds():
        raise ValueError(f"expected one of {', '.join(kinds())}")
    return folded


Kind = Annotated[str, AfterValidator(_kind)]


class Shape(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Shape):
    """A verbatim quote with its place: lines are counted from 1, pages where the source has pages."""

    source: str = SOURCE
    certification: str | None = CERTIFICATION
    block: int | None = Field(description="Official number of the block, null outside the blocks", examples=[2])
    quote: str = Field(examples=["Niveau 7"])
    start_line: int = Field(ge=1, examples=[5])
    end_line: int = Field(ge=1, examples=[5])
    page: int | None = None


class Hit(Shape):
    """A passage found; `text` is verbatim."""

    source: str = SOURCE
    certification: str | None = CERTIFICATION
    title: str
    block: int | None
    text: str
    start_line: int
    end_line: int
    score: float = Field(description="From 0 to 1, comparable within one search only")


class Narrowing(BaseModel):
    """What a certification must satisfy to be searched at all."""

    model_config = ConfigDict(extra="forbid")
    level: int | None = Field(None, ge=1, le=8, description="European level")
    rome: str | None = Field(None, max_length=10, examples=["M1805"])
    nsf: str | None = Field(None, max_length=10, description="A code, or its beginning", examples=["326"])
    formacode: str | None = Field(None, max_length=10, description="A code, or its beginning", examples=["31054"])
    certification: list[str] = Field([], max_length=50, description="Codes or names of sources, any of which will do")
    active: bool = Field(False, description="Only what is in force today")
    vae: bool = Field(False, description="Only what is open to validation of experience")
    issuer: str | None = Field(None, max_length=200, description="Words of an issuer's name")
    kind: Kind | None = Field(None, description="Type of diploma, its narrower types included", examples=["BTS"])
    register_: Literal["RNCP", "RS"] | None = Field(None, alias="register")
    ends_from: date | None = Field(None, description="First day on which the registration may end")
    ends_to: date | None = Field(None, description="Last day on which the registration may end")

    def filters(self, today: date) -> Filters:
        return Filters(
            level=self.level,
            rome=self.rome,
            nsf=self.nsf,
            formacode=self.formacode,
            certifications=tuple(self.certification),
            active=self.active,
            vae=self.vae,
            today=today,
            issuer=self.issuer,
            kind=self.kind,
            register=self.register_,
            ends_from=self.ends_from,
            ends_to=self.ends_to,
        )


class Wording(Shape):
    """Words of a source: the quotes joined by blanks."""

    text: str
    citations: tuple[Citation, ...]


class Competence(Wording):
    number: str | None = Field(description="As a reader would cite it", examples=["C1.2"])
    transversal: bool
    details: tuple[Wording, ...]
    assessments: tuple[Wording, ...]
    criteria: tuple[Wording, ...]


class Block(Shape):
    """A unit that a jury validates."""

    number: int = Field(examples=[1])
    code: str | None = Field(examples=["RNCP38822BC01"])
    title: str
    citations: tuple[Citation, ...]
    activities: tuple[Wording, ...]
    competences: tuple[Competence, ...]
    assessments: tuple[Wording, ...]
    criteria: tuple[Wording, ...]


class Blocks(Shape):
    source: str = SOURCE
    certification: str | None = CERTIFICATION
    title: str
    blocks: tuple[Block, ...]


class Fact(Shape):
    """A single value and where the source says so."""

    facet: Facet
    label: str
    value: str
    citation: Citation


class Section(Shape):
    """A titled stretch of the source outside the blocks."""

    facet: Facet
    title: str
    paragraphs: tuple[Wording, ...]


class Validity(Shape):
    """Whether a certification is in force today; null where its source says neither until when nor whether."""

    source: str = SOURCE
    certification: str | None = CERTIFICATION
    title: str
    in_force: bool | None
    until: date | None = Field(description="End of registration")
    replaced_by: tuple[str, ...]
    replaces: tuple[str, ...]
    citations: tuple[Citation, ...]


class Fiche(Shape):
    """One certification as one source describes it."""

    validity: Validity
    layout: str = Field(description="The kind of source", examples=["france_competences"])
    level: int | None = Field(examples=[7])
    vae: bool | None = Field(description="Open to validation of experience; null where unsaid")
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]


class Turn(BaseModel):
    """One message of the conversation before a question."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class Question(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "Combien de blocs compte le RNCP38822 ?"}]}
    )
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    history: list[Turn] = Field([], max_length=MOST_TURNS, description="The conversation so far, oldest first")
    lang: Lang | None = Field(None, description="Language of our own phrases; by default that of the question")
    certifications: list[str] = Field([], max_length=50, description="Codes or sources to which the answer is limited")


class Answer(Shape):
    """An answer whose every sentence is quoted or a fixed phrase; "[n]" points to citations[n - 1]."""

    status: Literal["answered", "not_found", "false_premise"]
    answer: str
    citations: tuple[Citation, ...]
    more: str
    certifications: tuple[str, ...] = Field(description="Those spoken of, with their validity where it matters")
    notices: tuple[str, ...]
    author: str = Field(description="“extractive”, or the language model that arranged the quotes")


class Problem(BaseModel):
    """An error, as RFC 9457 has it; `detail` is for people, in the language asked for."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
