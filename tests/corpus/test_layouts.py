"""Which layout reads a document: the best marked, and what happens where that one fails."""

import random
from dataclasses import dataclass, field

import pytest
from layout_documents import false_quotes, text_document

from corpus.layouts import LAYOUTS, plain, recognise
from corpus.passages import passages
from corpus.reading import read
from corpus.referential import Referential


@dataclass
class Reader:
    """A layout as sure of itself as it is told, which finds what it is told, or fails with it."""

    name: str
    sure: float
    outcome: Exception | None = None
    finds: bool = True
    asked: list = field(default_factory=list)

    def marks(self, document):
        return self.sure

    def parse(self, document):
        if self.outcome:
            raise self.outcome
        return (Referential(document.name, self.name, "Titre"),) if self.finds else ()


DOCUMENT = text_document("Un texte, sans plus.")


def layout_of(*layouts):
    return [r.layout for r in recognise(DOCUMENT, layouts)]


def test_the_best_marked_layout_reads():
    assert layout_of(Reader("weak", 0.2), Reader("strong", 0.9), plain) == ["strong"]


def test_of_two_as_sure_the_first_reads():
    assert layout_of(Reader("first", 0.9), Reader("second", 0.9)) == ["first"]


def test_where_the_best_finds_nothing_the_next_reads():
    assert layout_of(Reader("empty", 0.9, finds=False), Reader("next", 0.1)) == ["next"]


@pytest.mark.parametrize("failure", [IndexError("no such competence"), KeyError("none"), ValueError("no number")])
def test_where_the_best_stumbles_the_next_reads_and_the_log_says_so(failure, caplog):
    assert layout_of(Reader("stumbling", 0.9, failure), plain) == ["plain"]
    assert "stumbled over essai.txt" in caplog.text
    assert str(failure) in caplog.text


def test_a_layout_without_any_mark_is_never_asked():
    assert layout_of(Reader("stranger", 0.0, TypeError("asked"))) == ["plain"]


def test_each_genuine_document_bears_one_layout_s_marks_clearly(shared):
    for path in [*(shared / "corpus").glob("*.txt"), *(shared / "data/rncp_xml_v41").glob("*.xml")]:
        document = read(path)
        best, second = sorted((layout.marks(document) for layout in LAYOUTS), reverse=True)[:2]
        assert best >= 0.6, path.name
        assert best - second >= 0.3, path.name


def deformed(lines, chance):
    """The lines of a document as bad luck leaves them: lost, shuffled, cut out, without blanks, cut short."""
    cut = chance.randrange(len(lines))
    ways = (
        lambda: [line for line in lines if chance.random() > 0.1],
        lambda: chance.sample(lines, len(lines)),
        lambda: lines[cut : cut + 150],
        lambda: [line for line in lines if line.strip()],
        lambda: [line[: chance.randrange(len(line) + 1)] if chance.random() < 0.3 else line for line in lines],
    )
    return chance.choice(ways)()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_befell_a_document_it_is_read_and_every_quote_holds(shared, seed):
    chance = random.Random(seed)
    path = chance.choice(sorted((shared / "corpus").glob("*.txt")))
    lines = path.read_text(encoding="utf-8").split("\n")
    document = text_document("\n".join(deformed(lines, chance)))
    found = recognise(document)
    assert found
    assert not [quote for referential in found for quote in false_quotes(document, referential)]
    made = [p for referential in found for p in passages(referential, lambda text: len(text.split()), 60)]
    assert all(document.holds(quote) for p in made for quote in p.quotes)
