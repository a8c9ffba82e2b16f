"""What is written is what is read, to the last field."""

from dataclasses import fields
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Quote
from corpus.passages import Passage
from corpus.referential import Referential
from index import serial
from index.cards import card_of, dump_card, load_card

quick = settings(max_examples=40, deadline=None)


@quick
@given(st.builds(Referential))
def test_referential(referential):
    assert serial.load_referential(serial.dump_referential(referential)) == referential


@quick
@given(st.builds(Document))
def test_document(document):
    assert serial.load_document(serial.dump_document(document)) == document


@quick
@given(st.builds(Passage))
def test_passage(passage):
    again = serial.load_passage(serial.dump_passage(passage))
    assert again == passage
    assert all(type(q) is Quote for q in again.quotes)


CODES = ("rome", "nsf", "formacodes", "blocks")  # of which a card keeps codes or titles alone


def test_card_holds_what_filters_need():
    referential = Referential("a.txt", "plain", "Boulanger", level=3, until=date(2030, 1, 1), vae=True)
    card = card_of(referential)
    assert load_card(dump_card(card)) == card
    kept = [f.name for f in fields(card) if hasattr(referential, f.name) and f.name not in CODES]
    assert all(getattr(card, name) == getattr(referential, name) for name in kept)
