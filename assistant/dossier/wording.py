"""How a dossier says things in the language of a document: states, places, periods, sources."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from assistant.answer import Citation, Lang
from assistant.dossier.dossier import Assessed, Assessment, Job, Line, Official, Proof, Target
from assistant.matching.evidence import State
from assistant.matching.periods import Month
from assistant.typography import french, quoted

MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
NOTHING = "—"


class Wording:
    """The phrases of one language, by key; a method for each thing that is made of several."""

    def __init__(self, lang: Lang, phrases: dict[str, str]) -> None:
        self.lang: Lang = lang
        self.phrases = {key: self.spaced(text) for key, text in phrases.items()}

    def __call__(self, key: str, **values: object) -> str:
        """The phrase with its holes filled; KeyError where there is none."""
        return self.phrases[key].format(**values) if values else self.phrases[key]

    def spaced(self, text: str) -> str:
        """A phrase of ours with this language's spacing; never applied to what is quoted."""
        return french(text) if self.lang == "fr" else text

    def day(self, day: date) -> str:
        return day.strftime(self("day"))

    def official(self, competence: Assessed) -> str:
        return self({Official.YES: "yes", Official.PARTLY: "partly", Official.NO: "no"}[competence.official])

    def named(self, state: State) -> str:
        return self(f"state.{state}")

    def several(self, state: State, count: int) -> str:
        return self(f"state.{state}.many" if count > 1 else f"state.{state}")

    def counts(self, counts: tuple[tuple[State, int], ...]) -> str:
        """How many competences have each state."""
        return ", ".join(self(f"counts.{state}", n=n) for state, n in counts)

    def state(self, competence: Assessed) -> str:
        """oui, non (déclarée seulement): with the proposal where the advisor changed it."""
        said = self.official(competence)
        if competence.state is State.CLAIMED:
            said = f"{said} ({self.named(State.CLAIMED)})"
        if competence.own is None:
            return said
        return f"{said}\n{self('corrected', state=self.named(competence.proposed))}"

    def wording(self, competence: Assessed) -> str:
        """The competence with its number, once."""
        number = competence.number
        return competence.text if not number or competence.text.startswith(number) else f"{number} {competence.text}"

    def block_name(self, block: Assessment) -> str:
        code = f" ({block.code})" if block.code else ""
        return self("block.name", n=block.number, title=f"{block.title}{code}")

    def block_text(self, block: Assessment) -> str:
        """What is said of a block as a whole, besides the advisor's own words."""
        states = [c.official for c in block.competences]
        yes, partly = states.count(Official.YES), states.count(Official.PARTLY)
        if not yes + partly:
            return self("block.unshown")
        return self("block.shown", shown=yes + partly, all=len(states), yes=yes, partly=partly)

    def percent(self, share: float) -> str:
        return self("percent", n=round(share * 100))

    def quote(self, text: str) -> str:
        return quoted(text) if self.lang == "fr" else self("quote", text=text)

    def line(self, said: Line) -> str:
        return self("line", quote=self.quote(said.whole), place=self.in_cv(said.number, said.page, said.last))

    def in_cv(self, first: int, page: int | None, last: int | None = None) -> str:
        """Where one line of the CV stands, or some that follow one another."""
        return self("cv.line", lines=self.in_document(first, last or first, page))

    def place(self, cited: Citation) -> str:
        return f"{cited.source}, {self.in_document(cited.quote.first, cited.quote.last, cited.page)}"

    def in_document(self, first: int, last: int, page: int | None) -> str:
        """page 2, lignes 4 à 6."""
        lines = self("lines.one" if first == last else "lines.some", first=first, last=last)
        return lines if page is None else self("lines.page", page=page, lines=lines)

    def citation(self, cited: Citation) -> str:
        return self("line", quote=self.quote(cited.quote.text), place=self.place(cited))

    def citations(self, competence: Assessed) -> str:
        """The referential's side of a competence, each once; the wording itself, which stands beside, by its place."""
        found = [p.citation for p in competence.shown] or [competence.citation]
        told = [
            self("wording", place=self.place(c)) if c.quote.text == competence.text else self.citation(c) for c in found
        ]
        return "\n".join(dict.fromkeys(told))

    def proofs(self, competence: Assessed) -> str:
        """The CV's side, then what was said in the interview, apart."""
        said = [self.line(p.line) for p in _once(competence.shown)] or [NOTHING]
        if competence.answer:
            said.append(self("interview", text=competence.answer))
        return "\n".join(said)

    def question(self, competence: Assessed) -> str:
        """What is left to ask; French questions are made with the match, others here, around the same quotes."""
        if self.lang == "fr" or not competence.question:
            return self.spaced(competence.question)
        asked = self("question.absent", text=competence.text)
        if competence.state is State.ABSENT or not competence.shown:
            return asked
        return self(f"question.{competence.state}", quote=competence.shown[0].line.whole, asked=asked)

    def period(self, job: Job) -> str:
        if job.first is None:
            return self("undated")
        if job.last is None:
            return self("since", month=self.month(job.first))
        first, last = self.month(job.first), self.month(job.last)
        return first if first == last else f"{first} – {last}"

    def month(self, when: Month) -> str:
        return f"{MONTHS[self.lang][when.month - 1]} {when.year}" if when.month else str(when.year)

    def duration(self, months: int | None) -> str:
        """1 an et 3 mois; a dash where it is unknown."""
        if months is None:
            return NOTHING
        years, rest = divmod(months, 12)
        told = [self("years.one" if years == 1 else "years.some", n=years)] if years else []
        told += [self("months", n=rest)] if rest or not years else []
        return self("and", one=told[0], other=told[1]) if len(told) == 2 else told[0]

    def job_name(self, job: Job) -> str:
        return ", ".join(x for x in (job.title, job.employer) if x) or self("job.unnamed")

    def validity(self, target: Target) -> str:
        until = self.day(target.until) if target.until else ""
        if target.expired:
            return self("validity.expired.since", day=until) if until else self("validity.expired")
        return self("validity.until", day=until) if until else self("validity.unknown")


def _once(found: tuple[Proof, ...]) -> tuple[Proof, ...]:
    return tuple({p.line: p for p in found}.values())


@cache
def wording(lang: Lang) -> Wording:
    """The phrases of a language, read once."""
    table = tomllib.loads(files("assistant.dossier").joinpath("wording.toml").read_text(encoding="utf-8"))
    return Wording(lang, table[lang])
