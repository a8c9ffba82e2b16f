"""The RE, once RC: how a professional title and each of its certificates (CCP) are assessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layouts.headings import Stretch, cut, heading
from corpus.layouts.infinitives import opens_with_infinitive
from corpus.layouts.lines import Line, bare, letters, part
from corpus.layouts.reac.grid import Judged, criteria_rows, modalities
from corpus.layouts.reac.sheets import Sheets, full_width, joined, listed, parts
from corpus.layouts.reac.statements import durations, references
from corpus.referential import Assessment, Block, Coded, Competence, Criterion, Facet, Fact, Part, Referential, Section

HEADINGS = tuple(
    heading(key, pattern)
    for key, pattern in (
        ("references", r"1\.? references de la specialite.*$"),
        ("general", r"2\.? modalites d'evaluation generales.*$"),
        ("device", r"3\.? dispositif d'evaluation.*$"),
        ("table", r"(?:3\.1\.? )?modalites d'evaluation des competences et organisation de l'epreuve$"),
        ("details", r"informations complementaires concernant.*$"),
        ("vae", r"precisions pour le candidat.*$"),
        ("criteria", r"3\.2\.? criteres d'evaluation des competences.*$"),
        ("regulation", r"obligations reglementaires.*$"),
        ("transversal", r"3\.3\.? evaluation des competences transversales.*$"),
        ("jury", r"(?:4\.? )?conditions de presence et d'intervention du jury.*$"),
        ("watch", r"(?:5\.? )?conditions de surveillance.*$"),
        ("cover", r"referentiel (?:d'evaluation|de certification)$"),
        ("ccp", r"ccp(?:\s*n?°?\s*\d+)?$"),
        ("annex", r"annexe \d"),
        ("rights", r"reproduction interdite"),
    )
)
FACETS = {
    "general": Facet.ASSESSMENT,
    "device": Facet.ASSESSMENT,
    "table": Facet.ASSESSMENT,
    "details": Facet.ASSESSMENT,
    "vae": Facet.ACCESS,
    "regulation": Facet.REGULATION,
    "transversal": Facet.TRANSVERSAL,
    "jury": Facet.JURY,
    "watch": Facet.ASSESSMENT,
    "annex": Facet.OTHER,
    "rights": Facet.LEGAL,
}
ACCESS = "les competences des candidats"
FOLLOWS = ("correspondances", "correspondance")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A CCP: its title, and the stretches that describe its assessment."""

    title: tuple[Line, ...]
    opening: tuple[Line, ...]
    stretches: tuple[Stretch, ...]


def read_evaluation(found: Sheets) -> Referential:
    stretches = cut(found.lines, HEADINGS)
    annexes = next((n for n, s in enumerate(stretches) if s.key == "annex"), len(stretches))
    first = next((n for n, s in enumerate(stretches[:annexes]) if s.key == "ccp"), annexes)
    certificates = [_certificate(stretches[a:b]) for a, b in _spans(stretches, first, annexes)]
    general = [s for s in stretches[:first] if s.key != "cover"]
    appended = _annexes(stretches[annexes:])
    facts = references(found.document, general)
    blocks = _blocks(found, general, certificates)
    title = next((f.value for f in facts if f.facet is Facet.TITLE), found.document.name)
    text = bare(" ".join(line.text for line in found.lines))
    return Referential(
        found.document.name,
        "reac",
        title,
        issuers=tuple(f.value for f in found.issuer),
        level=next((int(f.value) for f in facts if f.facet is Facet.LEVEL), None),
        nsf=_coded(facts, Facet.NSF),
        rome=_coded(facts, Facet.ROME),
        formacodes=_coded(facts, Facet.FORMACODE),
        vae=True if "validation des acquis de l'experience" in text else None,
        blocks=tuple(blocks),
        sections=tuple(_sections(found, [*general, *appended], _competence_names(general, certificates))),
        facts=(
            *facts,
            *found.imprint,
            *found.issuer,
            *durations(found.document, general, ""),
            *_own_durations(found, certificates),
        ),
    )


def _annexes(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Annexes whole: what looks like a chapter's heading within them is a line of theirs."""
    found: list[Stretch] = []
    for stretch in stretches:
        if stretch.key in ("annex", "rights") or not found:
            found.append(Stretch(stretch.key, stretch.title, stretch.heading, list(stretch.lines)))
        else:
            found[-1].lines += [*([stretch.heading] if stretch.heading else []), *stretch.lines]
    return found


def _spans(stretches: Sequence[Stretch], first: int, end: int) -> Iterator[tuple[int, int]]:
    starts = [n for n in range(first, end) if stretches[n].key == "ccp"]
    yield from pairwise([*starts, end] if starts else [])


def _certificate(stretches: Sequence[Stretch]) -> Certificate:
    lines = stretches[0].lines
    end = next((n for n, line in enumerate(lines) if bare(line.text).startswith(ACCESS)), min(1, len(lines)))
    title = lines[:end] or ([stretches[0].heading] if stretches[0].heading else [])
    return Certificate(tuple(title), tuple(lines[end:]), tuple(s for s in stretches[1:] if s.key != "cover"))


def _blocks(found: Sheets, general: Sequence[Stretch], certificates: Sequence[Certificate]) -> Iterator[Block]:
    names = _competence_names(general, certificates)
    titles = {letters(joined(c.title)) for c in certificates}
    table = [line for s in general if s.key == "criteria" for line in s.lines]
    rows = [row for row in criteria_rows(table, titles, names) if row.competence]
    groups = _by_block(rows)
    shared = _transversal(found, general, names)
    for number, certificate in enumerate(certificates, 1):
        own = groups.get(letters(joined(certificate.title)), [])
        listed_names = {letters(joined(row.competence)) for row in own}
        yield Block(
            number,
            joined(certificate.title),
            part(found.document, certificate.title),
            competences=(
                *(_competence(found, row) for row in own),
                *(competence for competence, with_ in shared if with_ & listed_names),
            ),
            assessments=tuple(_assessments(found, certificate)),
        )


def _by_block(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    current = ""
    for row in rows:
        current = letters(joined(row.block)) or current
        groups.setdefault(current, []).append(row)
    return groups


def _competence_names(general: Sequence[Stretch], certificates: Sequence[Certificate]) -> set[str]:
    """The competences that the tables of modalities name, a line each."""
    stretches = [*general, *(s for c in certificates for s in c.stretches)]
    lines = [line for s in stretches if s.key == "table" for line in s.lines]
    titles = {letters(joined(c.title)) for c in certificates}
    return {letters(n.text) for n in lines if n.text[0].isupper() and opens_with_infinitive(n.text)} - titles


def _competence(found: Sheets, row: Judged) -> Competence:
    width = max((len(line.text) for line in row.criteria), default=0)
    criteria = parts(found.document, listed(row.criteria, max(width, 70)))
    return Competence(
        part(found.document, row.competence).quotes, criteria=tuple(Criterion(p.quotes) for p in criteria)
    )


def _transversal(found: Sheets, general: Sequence[Stretch], names: set[str]) -> list[tuple[Competence, set[str]]]:
    """Each transversal competence with the professional ones through which it is assessed."""
    lines = [line for s in general if s.key == "transversal" for line in s.lines]
    first = next((n + 1 for n, line in enumerate(lines) if bare(line.text).endswith("concernees")), len(lines))
    pairs: list[tuple[Competence, set[str]]] = []
    for line in lines[first:]:
        key = letters(line.text)
        if key not in names:
            pairs.append((Competence(part(found.document, [line]).quotes, transversal=True), set()))
        elif pairs:
            pairs[-1][1].add(key)
    return pairs


def _assessments(found: Sheets, certificate: Certificate) -> Iterator[Assessment]:
    """What a certificate's pages say of its assessment: each modality, then each paragraph."""
    yield from (Assessment(p.quotes) for p in _parts(found, certificate.opening))
    for stretch in certificate.stretches:
        yield from (Assessment(p.quotes) for p in _of_stretch(found, stretch))


def _of_stretch(found: Sheets, stretch: Stretch) -> tuple[Part, ...]:
    """A table's rows, or a text's paragraphs with their heading."""
    if stretch.key == "table":
        return tuple(part(found.document, row.lines) for row in modalities(stretch.lines))
    heading_ = [stretch.heading] if stretch.heading else []
    return _parts(found, [*heading_, *stretch.lines]) if stretch.lines else ()


def _parts(found: Sheets, lines: Sequence[Line]) -> tuple[Part, ...]:
    return parts(found.document, listed(lines, full_width(lines, found.width)))


def _content(found: Sheets, stretch: Stretch, names: set[str]) -> tuple[Part, ...]:
    """A stretch's parts; in the table of transversal competences each with those through which it is assessed."""
    if stretch.key == "table":
        return _of_stretch(found, stretch)
    if stretch.key != "transversal":
        return _parts(found, stretch.lines)
    groups: list[list[Line]] = []
    for line in stretch.lines:
        if groups and letters(line.text) in names:
            groups[-1].append(line)
        else:
            groups.append([line])
    return parts(found.document, groups)


def _sections(found: Sheets, stretches: Sequence[Stretch], names: set[str]) -> Iterator[Section]:
    for stretch in stretches:
        facet = FACETS.get(stretch.key)
        if facet is None or not stretch.lines:
            continue
        if any(bare(line.text).startswith(FOLLOWS) for line in stretch.lines[:2]):
            facet = Facet.HISTORY
        content = _content(found, stretch, names)
        if content:
            yield Section(facet, stretch.title, content)


def _coded(facts: Sequence[Fact], facet: Facet) -> tuple[Coded, ...]:
    return tuple(Coded(f.value, f.label) for f in facts if f.facet is facet)


def _own_durations(found: Sheets, certificates: Sequence[Certificate]) -> Iterator[Fact]:
    for certificate in certificates:
        yield from durations(found.document, certificate.stretches, f"CCP {joined(certificate.title)}")
