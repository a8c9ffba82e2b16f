"""The parts of a CV: headings, bullets, and what kind of thing stands under which heading."""

from __future__ import annotations

import re
from enum import StrEnum

from index.words import fold


class Section(StrEnum):
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    LEISURE = "leisure"
    SUMMARY = "summary"
    CONTACT = "contact"


LISTED = {
    Section.WORK: """expérience, expériences, expérience professionnelle, expériences professionnelles, parcours,
        parcours professionnel, emplois, emploi, missions, carrière, historique, postes occupés, stages,
        stages et alternances, work experience, professional experience, experience, employment, employment history,
        career, career history, work history, expériences clés, expérience associative, expériences associatives,
        engagement associatif, engagements associatifs, bénévolat, volunteering, service national, service militaire,
        service civique""",
    Section.EDUCATION: """formation, formations, diplômes, diplôme, formation initiale, formations et diplômes,
        diplômes et formations, formation et diplômes, études, cursus, scolarité, certifications, certification,
        formations complémentaires, formation continue, education, training, qualifications, academic background,
        parcours scolaire, titres et diplômes, habilitations, permis et habilitations""",
    Section.SKILLS: """compétences, compétences techniques, compétences clés, compétences professionnelles,
        savoir-faire, savoirs,
        savoir-être, outils, technologies, environnement technique, environnements techniques, logiciels,
        langages, informatique, bureautique, compétences informatiques, stack technique, stack, environnement,
        domaines de compétences, expertise, expertises, qualités, atouts, skills, technical skills, key skills, tools,
        soft skills, hard skills, connaissances, connaissances techniques, outils informatiques,
        outils et technologies""",
    Section.LANGUAGES: "langues, langues étrangères, langue, languages",
    Section.LEISURE: """loisirs, centres d'intérêt, centres d'intérêts, centre d'intérêt, divers, infos, passions,
        hobbies, interests, activités extra-professionnelles, sports, sport et loisirs, vie associative""",
    Section.SUMMARY: """profil, à propos, résumé, objectif, projet professionnel, présentation, en bref, profile,
        summary, about me, objective""",
    Section.CONTACT: """contact, coordonnées, état civil, informations personnelles, personal details, références,
        references, referees""",
}
HEADINGS = {fold(" ".join(h.split())): section for section, listed in LISTED.items() for h in listed.split(",")}
HEADINGS = {heading.strip(): section for heading, section in HEADINGS.items()}
KEYS = {
    word: section
    for section, listed in {
        Section.WORK: "experience experiences parcours emplois emploi carriere career employment",
        Section.EDUCATION: """formation formations diplome diplomes etudes cursus education certifications
            qualifications scolarite""",
        Section.SKILLS: "competences savoir-faire savoir-etre outils logiciels skills expertises",
        Section.LANGUAGES: "langues languages",
        Section.LEISURE: "loisirs interets hobbies interests passions",
    }.items()
    for word in listed.split()
}
# words of headings that name no section
FILLING = """mes mon ma my et and de des d l la le les en pro professionnel professionnelle professionnels
    professionnelles professional work personnelles personnels principales principaux autres recentes cles key
    technical techniques linguistiques informatiques scolaires academiques centres"""
FILLERS = frozenset(FILLING.split())
LONGEST, MOST_KEYS = 60, 3  # letters of a heading, and words of it that name sections
BULLET = re.compile(r"^\s*(?:[-–—•▪►▸●◦‣·∙*>+✓✔➢→»§■□◆◇▶▷➔➤❯❖○]+|o(?=\s)|\d{1,2}[.)](?=\s))\s*")
LABELLED = re.compile(r"^\s*(?P<label>[^:]{3,40}?)(?:\s*:\s*|\s{2,})(?P<rest>\S.*)$")
ADDRESSED = r"\w@\w|\bwww\.|https?://|(?:linkedin|github|gitlab)\.com|(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d\d){4}\b"
REACHED = re.compile(ADDRESSED)  # how a person is reached
CONTACT = re.compile(  # and where, or when born
    rf"{ADDRESSED}|\b\d{{5}}\s+[A-ZÉ]|\bn[ée]e? le\b|^\s*\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|"
    r"bd|place|allée|chemin|impasse|route|quai|cours|montée|square)\b|^\s*(?i:nom|pr[ée]nom|date de naissance|"
    r"nationalité|âge|sexe|situation (?:familiale|de famille)|adresse|téléphone|courriel|courrier électronique|"
    r"e-?mail|name|nationality|date of birth|address)(?i:\s*(?:/|et|\(s\))\s*(?:pr[ée])?noms?)?(?:\s*:|\s{2,})"
)
PAGE = re.compile(r"\bp(?:age|\.)?\s*\d{1,2}(?:\s*(?:/|sur|of|de)\s*\d{1,2})?\s*$", re.IGNORECASE)
UNTOLD = frozenset(("curriculum vitae", "cv", "resume", "page"))  # what a page prints and nobody says
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def seen(text: str) -> str:
    """The text without characters that have no width: what a reader of the page sees."""
    return UNSEEN.sub("", text)


def heading(line: str) -> Section | None:
    """The section that a line opens, None where it opens none: a known heading, or one made of their words alone."""
    if len(line) > LONGEST:
        return None
    words = " ".join(re.sub(r"[^a-z' -]", " ", fold(BULLET.sub("", seen(line)).replace("’", "'"))).split())
    if found := HEADINGS.get(words) or HEADINGS.get(words.replace(" - ", "-")):
        return found
    told = [w for w in re.findall(r"[a-z-]+", words) if w not in FILLERS]
    sections = [KEYS.get(w) for w in told]
    return sections[0] if 1 <= len(told) <= MOST_KEYS and all(sections) and not re.search(r"[.;,!?]$", line) else None


def untold(line: str) -> bool:
    """True for what stands on a page as its name or number: « Curriculum vitae », « Nadia Exemple – page 2 / 3 »."""
    if PAGE.search(seen(line)) and len(line) <= LONGEST:
        return True
    return " ".join(re.sub(r"[^a-z ]", " ", fold(seen(line))).split()) in UNTOLD


def labelled(line: str) -> tuple[Section, int] | None:
    """The section that a label at the line's start names ("Langues : anglais"), and where its content starts.

    A label set apart by white space alone heads a column, and what stands below its content goes on with it.
    """
    match = LABELLED.match(line)
    section = heading(match["label"]) if match else None
    return (section, match.start("rest")) if match and section else None


def bulleted(line: str) -> bool:
    return BULLET.match(line) is not None


def body(line: str) -> tuple[int, int]:
    """Where a line's text starts and ends, bullet and outer white space left out."""
    match = BULLET.match(line)
    start = match.end() if match else len(line) - len(line.lstrip())
    return start, len(line.rstrip())
