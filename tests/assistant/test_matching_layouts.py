"""Experiences in CVs of real layouts: the floors of `python -m benchmarks.cvs`, and quotes that keep to their lines."""

import pytest

from assistant.matching.experiences import resume
from assistant.matching.paragraphs import paragraphs
from assistant.matching.statements import Kind, statements
from benchmarks.cvs.__main__ import score
from benchmarks.cvs.people import FILES, Person, people
from corpus.document import Document
from corpus.reading import read

EVERYBODY = (*people("people"), *people("others"), *people("strangers"), *people("newcomers"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {p.file: read(FILES / p.file) for p in EVERYBODY}


@pytest.mark.parametrize("name", ["people", "others", "strangers", "newcomers"])
def test_experiences_are_found_in_order_with_their_dates(documents, name: str) -> None:
    scores = [score(p, resume(documents[p.file]).experiences) for p in people(name)]
    jobs = sum(s.jobs for s in scores)
    floor = 0.95 if name == "people" else 0.9
    assert sum(s.ordered for s in scores) >= floor * jobs
    assert sum(s.dated for s in scores) >= floor * jobs
    assert sum(s.surplus for s in scores) <= 0.1 * jobs


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda p: p.file)
def test_every_statement_stands_in_its_lines_and_no_name_or_contact_is_one(documents, person: Person) -> None:
    cv = documents[person.file]
    found = statements(resume(cv))
    assert any(s.kind is Kind.ACTIVITY for s in found) or not any(job.tasks for job in person.jobs)
    for statement in found:
        for line, piece in enumerate((statement.text, *statement.more), statement.line):
            assert piece in cv.lines[line - 1]
        assert person.name not in statement.read
        assert not any(c in statement.read for c in person.contact if "@" in c or c.startswith("06"))


def test_a_wrapped_line_is_one_statement(documents) -> None:
    said = {s.read for s in statements(resume(documents["developpeuse.pdf"]))}
    wrapped = next(p for p in people("people") if p.file == "developpeuse.pdf").jobs[0].tasks[0]
    assert wrapped in said


def test_lines_of_plain_text_are_joined_only_where_the_page_ends() -> None:
    lines = [
        "- Accompagnement de résidents la nuit, en binôme avec une infirmière d'astreinte et",
        "surveillance des personnes désorientées",
        "- Toilettes",
        "aide aux repas",
    ]
    found = [p.text for p in paragraphs(Document("cv.txt", tuple(lines), ""))]
    assert found == [f"{lines[0]} {lines[1]}", "- Toilettes", "aide aux repas"]
