"""Words typed as they sound."""

from __future__ import annotations

import pytest

from assistant.understanding.hearing import mended, misheard
from assistant.understanding.wording import written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le nivo du blok", "le niveau du bloc"),
        ("un jurry de prézidents", "un jury de president"),
        ("la validassion du diplaume", "la validation du diplome"),
        ("kel sertification", "kel certification"),
        ("les prérekis", "les prerequis"),
    ],
)
def test_a_word_that_is_none_is_read_as_it_sounds(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["le titre du CESI", "chez Ingetis", "SharePoint et VLAN", "quel SIRET", "RNCP38822BC02", "mail@blok.fr"],
)
def test_names_codes_and_real_words_stay(text):
    assert mended(text) == text


def test_an_abbreviation_may_end_in_an_apostrophe():
    assert written("le certif' du soir") == "le certification' du soir"


def test_english_is_not_heard_in_french():
    assert written("What is the blok about?") == "What is the blok about?"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("cest koi les bloque du RNCP38822", "blocks"),
        ("RNCP38822 : les épreuv ?", "assessment"),
        ("RNCP38822 : les débouchets ?", "jobs"),
    ],
)
def test_a_question_without_a_topic_is_heard(assistant, question, topic):
    assert assistant.understand(question).topics[0].topic.name == topic


def test_a_question_with_a_topic_is_not_guessed_at(assistant):
    text = "Quel jury voit comment le candidat bloque une roue ?"
    assert misheard("bloque") == "bloc"
    assert "bloque" in assistant.understand(text).text
