"""Answers: right, cited, or withheld."""

import pytest

from assistant.answer import Status, Turn
from corpus.errors import UsageError


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien de blocs compte le RNCP38822 ?", "compte 4 blocs"),
        ("How many blocks does RNCP38822 have?", "has 4 blocks"),
        ("Quel est le niveau du RNCP14506 ?", "6"),
        ("Jusqu'à quand le RNCP38822 est-il enregistré ?", "27 mars 2028"),
        ("c koi le siret d'ingetis", "79349617500035"),
        ("Quelles sont les compétences du bloc 4 du RNCP38822 ?", "Répartir les tâches"),
        ("Entre le RNCP38822 et le RNCP14506, lequel a le niveau le plus élevé ?", "Le plus élevé : RNCP38822"),
        ("Do RNCP14506 and RNCP26228 have the same number of blocks?", "Yes, the answer is the same"),
    ],
)
def test_what_the_sources_say_is_answered(assistant, question, words):
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert words in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("Combien coûte le titre RNCP38822 ?", Status.NOT_FOUND, "le prix"),
        ("Quel temps fera-t-il demain ?", Status.NOT_FOUND, "référentiels de certification"),
        ("Quels sont les blocs du BTS SIO ?", Status.NOT_FOUND, "« BTS SIO » n'est pas dans les sources"),
        ("Que contient le bloc 7 du RNCP38822 ?", Status.FALSE_PREMISE, "n'a pas de bloc 7 : elle en compte 4"),
        ("Pourquoi le RNCP14506 est-il de niveau 7 ?", Status.FALSE_PREMISE, "n'est pas de niveau 7"),
        ("Pourquoi est-ce le CESI qui délivre le RNCP38822 ?", Status.FALSE_PREMISE, "n'est pas délivrée par CESI"),
        ("Où est le campus de Ouagadougou du RNCP38822 ?", Status.NOT_FOUND, "« Ouagadougou » ne figure pas"),
        ("Why does RNCP38822 need a TOEIC score?", Status.NOT_FOUND, "« TOEIC » does not occur"),
    ],
)
def test_what_they_do_not_say_is_withheld(assistant, question, status, words):
    answer = assistant.ask(question)
    assert answer.status is status
    assert words in answer.text


def test_every_quote_stands_at_its_lines(assistant):
    for question in ("Quelles sont les compétences du bloc 2 du RNCP38822 ?", "Que contient le bloc 9 du RNCP26228 ?"):
        answer = assistant.ask(question)
        assert answer.citations
        for cited in answer.citations:
            assert assistant.library.document(cited.source).holds(cited.quote)
            assert f"« {cited.quote.text} »" in answer.text + answer.more


def test_numbers_in_the_text_point_to_citations(assistant):
    answer = assistant.ask("Quels sont les blocs du RNCP38822 ?")
    for number in range(1, len(answer.citations) + 1):
        assert f"[{number}]" in answer.text + answer.more


def test_an_expired_certification_says_so(assistant):
    answer = assistant.ask("Quel est le niveau du RNCP14506 ?")
    assert "échu depuis le 19/07/2022" in answer.certifications[0]


def test_history_is_followed(assistant):
    history = [Turn("user", "Quel est le niveau du RNCP38822 ?"), Turn("assistant", "Niveau 7.")]
    answer = assistant.ask("et son site internet ?", history)
    assert "https://ingetis.com" in answer.text


@pytest.mark.parametrize("question", ["", "   ", "a" * 5000])
def test_an_impossible_question_is_refused_with_a_hint(assistant, question):
    with pytest.raises(UsageError, match="expected 1 to 4000") as error:
        assistant.ask(question)
    assert "Écrivez une question" in error.value.hint


@pytest.mark.parametrize(
    "question", ["Quel est le niveau du RNCP38822 ?", "What are the competences of block 2 of RNCP14506?"]
)
def test_every_suggestion_has_an_answer(assistant, question):
    suggestions = assistant.ask(question).suggestions
    assert suggestions
    for suggestion in suggestions:
        answer = assistant.ask(suggestion)
        assert answer.status is Status.ANSWERED, suggestion
        assert answer.citations


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quelles certifications sont disponibles ?", "décrivent 5 certifications"),
        ("Quelles certifications parlent de DevOps ?", "RNCP38822"),
        ("Quels sont les niveaux des cinq certifications ?", "niveau 7"),
    ],
)
def test_questions_about_all_certifications(assistant, question, words):
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert words in answer.text
