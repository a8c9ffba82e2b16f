"""An invented match of an invented CV, as a dossier; and strategies that make any other."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.dossier.dossier import Assessed, Assessment, Dossier, Job, Line, Proof, Target
from assistant.dossier.opening import opened
from assistant.matching.evidence import BlockMatch, CompetenceMatch, Evidence, State
from assistant.matching.periods import Month
from corpus.document import Document, Page, Quote
from corpus.referential import Block, Competence, Facet, Fact, Part, Referential, Section

DAY = date(2026, 3, 9)
CANARY = "Zoé Plumecoq"
CV = Document(
    "cv-invente.pdf",
    (
        CANARY,
        "EXPÉRIENCE",
        "Gardienne de phare, phare du Cap Sombre (mars 2015 – juin 2023)",
        "- Entretien de la lentille & relevé <b>quotidien</b> de 3 lanternes",
        "- Veille radio de nuit pour 40 bateaux",
        "Aide-cuisinière – cantine des Embruns, 2012-2014",
        "- Préparation de 200 repas par jour",
        "COMPÉTENCES",
        "Météorologie, =SOMME(A1), morse",
    ),
    "c" * 64,
    "pdf",
    (Page(1, 1, 5), Page(2, 6, 9)),
)
LIGHTHOUSE = Document(
    "phares.pdf",
    (
        "Gardien de phare",
        "Prérequis : savoir nager 200 mètres",
        "Bloc 1 Tenir la lanterne",
        "Entretenir la lentille d'un phare",
        "Relever chaque jour l'état des lanternes",
        "Décrire le temps qu'il fait",
        "Bloc 2 Veiller sur la mer",
        "Assurer une veille radio",
        "Écrire le journal de bord",
    ),
    "a" * 64,
    "pdf",
    (Page(1, 1, 6), Page(2, 7, 9)),
)


def quote(line: int) -> Quote:
    return LIGHTHOUSE.quote(line, line)


def cited(line: int, block: int | None) -> Citation:
    return Citation("phares.pdf", "RNCP90009", "Gardien de phare", block, quote(line))


def referential() -> Referential:
    heads = {1: (3, (4, 5, 6)), 2: (7, (8, 9))}
    blocks = tuple(
        Block(
            n,
            LIGHTHOUSE.lines[head - 1].split(maxsplit=2)[2],
            Part((quote(head),)),
            f"RNCP90009BC{n:02d}",
            competences=tuple(Competence((quote(i),), number=f"{n}.{i - head}") for i in lines),
        )
        for n, (head, lines) in heads.items()
    )
    asked = Section(Facet.PREREQUISITES, "Prérequis", (Part((quote(2),)),))
    return Referential(
        "phares.pdf", "plain", "Gardien de phare", "RNCP90009", 4, until=date(2030, 1, 31), blocks=blocks,
        sections=(asked,), facts=(Fact(Facet.PREREQUISITES, "", "nager", quote(2)),),
    )  # fmt: skip


def competence(block: int, number: str, line: int, state: State, *cv_lines: int, transversal=False) -> CompetenceMatch:
    proofs = tuple(Evidence(n, CV.lines[n - 1].lstrip("- "), cited(line, block), 0.9) for n in cv_lines)
    asked = "" if state is State.PROVEN else f"Racontez : {LIGHTHOUSE.lines[line - 1]} ?"
    return CompetenceMatch(number, quote(line).text, transversal, state, cited(line, block), proofs, asked)


def matches() -> tuple[BlockMatch, ...]:
    """Best block first, as a matcher gives them."""
    sea = (competence(2, "2.1", 8, State.PROVEN, 5), competence(2, "2.2", 9, State.ABSENT, transversal=True))
    light = (
        competence(1, "1.1", 4, State.PROVEN, 4),
        competence(1, "1.2", 5, State.PARTIAL, 4, 5),
        competence(1, "1.3", 6, State.CLAIMED, 9),
    )
    made = ((2, "Veiller sur la mer", sea), (1, "Tenir la lanterne", light))
    return tuple(
        BlockMatch("phares.pdf", "RNCP90009", "Gardien de phare", n, title, State.PARTIAL, 0.5, 0.5, found)
        for n, title, found in made
    )


def dossier() -> Dossier:
    return opened(matches(), CV, [referential()], {"phares.pdf": LIGHTHOUSE}.__getitem__, DAY)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
words = texts.map(lambda s: f"x{s}")
numbers = st.integers(1, 10**6)
citations = st.builds(
    Citation, texts, st.none() | texts, texts, st.none() | st.integers(1, 99),
    st.builds(lambda t, a, n: Quote(t, a, a + n), words, numbers, st.integers(0, 9)), st.none() | numbers,
)  # fmt: skip
lines = st.builds(Line, numbers, words, st.none() | numbers, st.lists(words, max_size=2).map(tuple))
proofs = st.lists(st.builds(Proof, lines, citations), max_size=2)
assessed = st.builds(
    Assessed, st.none() | texts, texts, st.booleans(), citations, st.sampled_from(State), proofs.map(tuple), texts,
    st.none() | st.sampled_from(State), st.none() | proofs.map(tuple), texts, texts,
)  # fmt: skip
several = st.lists(assessed, max_size=2).map(tuple)
blocks = st.builds(Assessment, numbers, texts, st.none() | texts, several, texts, st.booleans())
targets = st.builds(
    Target, texts, texts, st.none() | texts, texts, st.lists(blocks, max_size=2).map(tuple),
    st.none() | st.integers(1, 8), st.none() | st.dates(), st.booleans(), st.lists(citations, max_size=1).map(tuple),
)  # fmt: skip
months = st.builds(Month, st.integers(1950, 2049), st.none() | st.integers(1, 12))
jobs = st.builds(
    Job, numbers, st.lists(numbers, max_size=3).map(tuple), texts, texts, st.none() | months, st.none() | months,
    st.none() | numbers, st.none() | numbers, st.booleans(),
)  # fmt: skip
any_dossiers = st.builds(
    Dossier, texts, st.dates(), texts, texts, st.lists(jobs, max_size=2).map(tuple),
    st.lists(targets, max_size=1).map(tuple),
)  # fmt: skip
