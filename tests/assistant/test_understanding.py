"""Which certification, block and facet a question is about."""

import pytest

from assistant.answer import Turn
from corpus.referential import Facet


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Quel est le niveau du RNCP38822 ?", ["RNCP38822"]),
        ("fiche n° 14506 : quel niveau ?", ["RNCP14506"]),
        ("rncp 26228 c koi", ["RNCP26228"]),
        ("le titre Responsable en ingénierie des logiciels", ["RNCP14506"]),
        ("niveau du titre responsable ingenierie logiciel", ["RNCP14506"]),
        ("combien de bloc dan la certif ingetis", ["RNCP38822"]),
        ("le titre de l'ESGI", ["RNCP26228"]),
        ("RNCP38822 ou RNCP 26228 ?", ["RNCP26228", "RNCP38822"]),
    ],
)
def test_certifications_are_named_in_any_spelling(assistant, question, codes):
    assert sorted(r.code for r in assistant.understand(question).referentials) == codes


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Quels sont les blocs du BTS SIO ?", "BTS SIO"),
        ("que dit la fiche RNCP99999 ?", "RNCP99999"),
        ("Combien de blocs a le titre professionnel Conducteur de bus ?", "titre professionnel Conducteur de bus"),
    ],
)
def test_a_certification_that_no_source_describes_is_named(assistant, question, name):
    query = assistant.understand(question)
    assert query.named.unknown == (name,)
    assert query.referentials == ()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("le bloc 2 du RNCP38822", 2),
        ("RNCP38822BC03", 3),
        ("le troisième bloc du RNCP38822", 3),
        ("the last block of RNCP38822", 4),
        ("l'avant-dernier bloc du RNCP38822", 3),
        ("the second block of RNCP38822", 2),
        ("le 1er bloc du RNCP38822", 1),
        ("la dernière activité du RNCP38822", 4),
        ("le 3e bloc du RNCP38822", 3),
        ("le bloc « Piloter l'équipe du projet » du RNCP38822", 4),
        ("bloc numéro deux de la fiche 38822", 2),
    ],
)
def test_blocks_are_pointed_to_by_number_code_rank_or_title(assistant, question, number):
    assert assistant.understand(question).block.number == number


def test_a_block_that_does_not_exist_is_missing(assistant):
    assert assistant.understand("Que contient le bloc 7 du RNCP38822 ?").pointed.missing == 7


def test_a_rank_is_read_whole(assistant):
    assert assistant.understand("Que contient le 13e bloc du RNCP38822 ?").block is None


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("Qui siège au jury du RNCP38822 ?", Facet.JURY),
        ("À quel niveau est le RNCP38822 ?", Facet.LEVEL),
        ("Jusqu'à quand le RNCP38822 est-il enregistré ?", Facet.VALIDITY),
        ("Which jobs does RNCP38822 lead to?", Facet.JOBS),
        ("adresse du site internet du RNCP38822", Facet.WEBSITE),
        ("Que faut-il pour entrer en formation au RNCP38822 ?", Facet.PREREQUISITES),
        ("Faut-il un bac pro pour RNCP38822 ?", Facet.PREREQUISITES),
        ("do I need a degree for RNCP38822?", Facet.PREREQUISITES),
    ],
)
def test_facets(assistant, question, facet):
    assert assistant.understand(question).facet is facet


def test_a_follow_up_inherits_certification_and_facet(assistant):
    history = [Turn("user", "Comment est évalué le bloc 4 de la fiche 14506 ?"), Turn("assistant", "Par un projet.")]
    query = assistant.understand("et pour le bloc 3 ?", history)
    assert [r.code for r in query.referentials] == ["RNCP14506"]
    assert query.block.number == 3
    assert query.facet is Facet.ASSESSMENT


def test_a_follow_up_with_its_own_certification_keeps_it(assistant):
    history = [Turn("user", "Quel est le niveau du RNCP14506 ?"), Turn("assistant", "6")]
    query = assistant.understand("et celui du RNCP38822 ?", history)
    assert [r.code for r in query.referentials] == ["RNCP38822"]
    assert query.facet is Facet.LEVEL


def test_a_conversation_can_be_limited(assistant):
    query = assistant.understand("Combien de blocs ?", certifications=["RNCP14506"])
    assert [r.code for r in query.referentials] == ["RNCP14506"]
