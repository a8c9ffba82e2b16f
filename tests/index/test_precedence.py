"""An official source hides the notice of the same certification, and gives it back when it leaves."""

import pytest
from invented import BAKER, JOINER, Invented, fill

from index.cards import Card
from index.encoder import HashingEncoder
from index.library import Library
from index.precedence import hidden, same_certification

TITLES = ("Pétrir et façonner", "Cuire", "Vendre en boutique")


def notice(**changed):
    usual = {"source": "n.md", "layout": "notice", "title": "Boulanger", "code": "RNCP1", "blocks": TITLES}
    return Card(**usual | changed)


def official(**changed):
    return Card(**{"source": "o.txt", "layout": "columns", "title": "Référentiel", "blocks": ()} | changed)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (notice(), official(code="RNCP1"), True),
        (notice(), official(code="RNCP2", title="Boulanger"), False),
        (notice(), official(title="BOULANGER"), True),
        (notice(code=None), official(code="RNCP7", title="boulanger"), True),
        (notice(), official(blocks=("pétrir et façonner", "Cuire.", "Gérer")), True),
        (notice(), official(blocks=("Cuire", "Gérer", "Encadrer")), False),
        (notice(blocks=()), official(), False),
        (notice(blocks=("Bloc 1", "Bloc 2")), official(blocks=("Bloc 1", "Bloc 2")), False),
    ],
)
def test_same_certification(one, other, expected):
    assert same_certification(one, other) is expected


def test_two_notices_do_not_hide_each_other():
    assert hidden([notice(), notice(source="m.md")]) == set()
    assert hidden([notice(), official(code="RNCP1"), notice(code="RNCP3", title="X", blocks=())]) == {0}


def test_a_notice_hides_and_comes_back(tmp_path):
    library = Library.open(tmp_path, HashingEncoder(), create=True)
    fill(library, Invented("n.md", "Boulanger", BAKER, "RNCP1", layout="notice"))
    assert [r.source for r in library.referentials()] == ["n.md"]
    fill(library, Invented("o.txt", "Boulanger", BAKER, "RNCP1"), Invented("j.txt", "Menuisier", JOINER))
    assert [r.source for r in library.referentials()] == ["j.txt", "o.txt"]
    assert {h.passage.source for h in library.search("pain")} == {"j.txt", "o.txt"}
    assert library.document("n.md").lines == BAKER
    library.remove(["o.txt"])
    assert [r.source for r in library.referentials()] == ["j.txt", "n.md"]
