"""A mere heading answers nothing, however well its words fit the question."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from assistant.answer import Status
from assistant.answering.extract import extract
from assistant.answering.write import write
from assistant.knowledge import Knowledge
from assistant.statements import mere_heading
from assistant.understanding.facets import Topics
from assistant.understanding.query import understand
from corpus.document import Document
from corpus.layouts import recognise
from index.encoder import default_encoder

LINES = """Livret du jardinier de refuge

Présentation

Ce livret RNCP 99124 dit le travail d'un jardinier de refuge, de niveau 4.
La saison s'achève sur un mémoire d'hivernage.

3. Composition du jury

Membres du jury

Deux gardiens de refuge et un formateur siègent au jury.

Bloc 1 : Semer en altitude
C1.1 Choisir les graines qui supportent le gel
Modalités d'évaluation :
Un semis est observé pendant une matinée.
Bloc 2 : Arroser sans source
C2.1 Recueillir la pluie

4. Conditions d'admission

5. Voies d'accès

La validation des acquis est ouverte à tous.

6. Débouchés""".splitlines()
LIVRET = Document("livret.txt", tuple(LINES), hashlib.sha256("\n".join(LINES).encode()).hexdigest())


@pytest.fixture(scope="module")
def ask():
    encoder = default_encoder()
    knowledge, topics = Knowledge.of(recognise(LIVRET), encoder), Topics(encoder)

    def answer(question: str):
        query = understand(question, (), knowledge, topics)
        draft = extract(query, knowledge, knowledge.candidates, lambda *_: None, date(2026, 11, 22))
        return write(draft, lambda _: LIVRET, query.lang, date(2026, 11, 22))

    return answer


@pytest.mark.parametrize("question", ["Qui compose le jury ?", "composition du jury", "Who is on the jury?"])
def test_what_stands_below_a_heading_is_quoted_without_it(ask, question):
    quotes = [c.quote.text for c in ask(question).citations]
    assert quotes == ["Deux gardiens de refuge et un formateur siègent au jury."]


@pytest.mark.parametrize("question", ["Quelles sont les conditions d'admission ?", "Quels sont les débouchés ?"])
def test_a_heading_with_nothing_below_it_is_no_answer(ask, question):
    assert ask(question).status is Status.NOT_FOUND


def test_a_heading_is_left_out_of_what_a_block_says(ask):
    quotes = [c.quote.text for c in ask("Comment est évalué le bloc 1 ?").citations]
    assert quotes == ["Un semis est observé pendant une matinée."]


def test_headings_of_blocks_answer_who_asks_for_blocks(ask):
    assert "« Semer en altitude »" in ask("Quels sont les blocs ?").text
    assert "« Arroser sans source »" in ask("Dans quel bloc faut-il arroser ?").text


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Modalités d'évaluation :", True),
        ("IV. Conditions d'accès", True),
        ("4.2 Entry requirements", True),
        ("Ce bloc est certifié.", False),
        ("Non", False),
        ("Semer en altitude", False),
        ("Validité : 5 ans", False),
    ],
)
def test_headings_are_told_by_their_words(text, heading):
    assert mere_heading(text) is heading


def test_a_length_of_time_is_not_answered_without_one(ask):
    assert ask("Combien de temps le semis est-il observé ?").status is Status.ANSWERED
    assert ask("Combien de minutes faut-il pour recueillir la pluie ?").status is Status.NOT_FOUND


def test_a_number_of_which_the_source_gives_another_is_a_wrong_premise(ask):
    answer = ask("Pourquoi faut-il 3 gardiens dans le jury ?")
    assert answer.status is Status.FALSE_PREMISE
    assert "« 3 gardiens » ne figure pas" in answer.text
    assert ask("Dans le jury, que font les 2 gardiens ?").status is Status.ANSWERED


def test_an_assessment_that_is_named_is_found_wherever_it_stands(ask):
    quotes = [c.quote.text for c in ask("Faut-il rendre un mémoire ?").citations]
    assert any("mémoire d'hivernage" in quote for quote in quotes)
