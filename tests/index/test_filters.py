"""Filters decide before anything is ranked; what a source does not say satisfies none of them."""

from datetime import date

import pytest
from invented import BAKER, JOINER, Invented, fill, texts

from index.cards import Card
from index.contract import Filters
from index.encoder import HashingEncoder
from index.filters import admitted
from index.library import Library

CARD = Card(
    "a.txt",
    "plain",
    "A",
    "RNCP1",
    6,
    issuers=("École supérieure des Fictions (ESF)",),
    rome=("M1805",),
    nsf=("326t",),
    until=date(2025, 1, 1),
    active=None,
    vae=True,
    formacodes=("31054",),
    kind="LP",
)
BARE = Card("b.txt", "plain", "B")
UNSAID = [
    Filters(level=6),
    Filters(rome="M1805"),
    Filters(nsf="3"),
    Filters(vae=True),
    Filters(formacode="3"),
    Filters(issuer="e"),
    Filters(kind="LP"),
    Filters(register="RNCP"),
    Filters(ends_from=date(2020, 1, 1)),
    Filters(ends_to=date(2040, 1, 1)),
]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), True),
        (Filters(level=6), True),
        (Filters(level=5), False),
        (Filters(rome="m1805"), True),
        (Filters(rome="M18"), False),
        (Filters(nsf="326"), True),
        (Filters(nsf="326t"), True),
        (Filters(nsf="326n"), False),
        (Filters(certifications=("rncp 1",)), True),
        (Filters(certifications=("RNCP2", "a.txt")), True),
        (Filters(certifications=("RNCP2",)), False),
        (Filters(active=True, today=date(2025, 1, 1)), True),
        (Filters(active=True, today=date(2025, 1, 2)), False),
        (Filters(vae=True), True),
        (Filters(formacode="31054"), True),
        (Filters(formacode="31055"), False),
        (Filters(issuer="ecole fictions"), True),
        (Filters(issuer="esf"), True),
        (Filters(issuer="école du bois"), False),
        (Filters(kind="LP"), True),
        (Filters(kind="LICENCE"), True),
        (Filters(kind="MASTER"), False),
        (Filters(register="rncp"), True),
        (Filters(register="RS"), False),
        (Filters(ends_from=date(2025, 1, 1), ends_to=date(2025, 1, 1)), True),
        (Filters(ends_from=date(2025, 1, 2)), False),
        (Filters(ends_to=date(2024, 12, 31)), False),
        (Filters(level=6, kind="MASTER"), False),
    ],
)
def test_admits(filters, expected):
    assert admitted((CARD,), filters).tolist() == [expected]


@pytest.mark.parametrize("filters", UNSAID)
def test_the_unsaid_satisfies_no_filter(filters):
    assert not admitted((BARE,), filters).any()
    assert admitted((BARE,), Filters(active=True)).all()


def test_the_best_passage_elsewhere_does_not_take_a_place(tmp_path):
    library = Library.open(tmp_path, HashingEncoder(), create=True)
    crowd = [Invented(f"{n}.txt", "Boulanger", BAKER, f"RNCP{n}", level=3) for n in range(30)]
    fill(library, *crowd, Invented("z.txt", "Menuisier", JOINER, "RNCP99", level=4))
    found = texts(library, "pétrir la pâte à pain", filters=Filters(level=4), top=3)
    assert sorted(found) == sorted(JOINER)
    assert texts(library, "pain", filters=Filters(level=8)) == []
