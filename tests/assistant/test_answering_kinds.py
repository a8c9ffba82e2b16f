"""Each kind of answer by itself: sums, comparisons, surveys, premises, over invented certifications."""

from datetime import date

import pytest

from assistant.answer import Status
from assistant.answering.comparing import compared
from assistant.answering.extract import extract
from assistant.answering.joining import joined
from assistant.answering.write import write
from assistant.knowledge import Knowledge
from assistant.searching.finding import Findings
from assistant.understanding.clauses import asked, clauses
from assistant.understanding.facets import Topics
from assistant.understanding.query import understand
from corpus.document import Document
from corpus.referential import Block, Competence, Facet, Fact, Part, Referential
from index.contract import Filters
from index.encoder import default_encoder

GREENHOUSE = """Opérateur de serre
RNCP50001
Niveau 4
Bloc 1 : Conduire une culture sous serre
Régler la ventilation de la serre.
Repérer les maladies des plants.
Bloc 2 : Récolter et conditionner
Trier les légumes.
Recettes : 2021
12
2022
31
2023
9
Organisme : Maraîchers réunis
Jusqu'au 31/08/2030
A1414 : Horticulture et maraîchage
A1416 : Polyculture, élevage""".splitlines()
BOAT = """Charpentier de marine
RNCP50002
Niveau 6
Bloc 1 : Tracer une coque
Relever les formes d'une coque.
Jusqu'au 01/02/2029
F1501 : Montage de structures bois""".splitlines()


def source(name: str, lines: list[str]) -> Document:
    return Document(name, tuple(lines), "0" * 64)


SERRE, MARINE = source("serre.txt", GREENHOUSE), source("marine.txt", BOAT)


def part(document: Document, line: int) -> Part:
    return Part((document.quote(line, line),))


def competence(document: Document, line: int, number: str) -> Competence:
    return Competence((document.quote(line, line),), number=number)


def fact(document: Document, facet: Facet, label: str, value: str, line: int) -> Fact:
    return Fact(facet, label, value, document.quote(line, line))


def graduates(year: int, count: str, line: int) -> Fact:
    return fact(SERRE, Facet.STATISTICS, f"{year} · Nombre de certifiés", count, line)


OPERATOR = Referential(
    source="serre.txt",
    layout="plain",
    title="Opérateur de serre",
    code="RNCP50001",
    level=4,
    until=date(2030, 8, 31),
    blocks=(
        Block(
            1,
            "Conduire une culture sous serre",
            part(SERRE, 4),
            competences=(competence(SERRE, 5, "1.1"), competence(SERRE, 6, "1.2")),
        ),
        Block(2, "Récolter et conditionner", part(SERRE, 7), competences=(competence(SERRE, 8, "2.1"),)),
    ),
    facts=(
        fact(SERRE, Facet.TITLE, "", "Opérateur de serre", 1),
        fact(SERRE, Facet.LEVEL, "Niveau", "4", 3),
        graduates(2021, "12", 10),
        graduates(2022, "31", 12),
        graduates(2023, "9", 14),
        fact(SERRE, Facet.VALIDITY, "Échéance", "31/08/2030", 16),
        fact(SERRE, Facet.ROME, "Horticulture et maraîchage", "A1414", 17),
        fact(SERRE, Facet.ROME, "Polyculture, élevage", "A1416", 18),
    ),
)
CARPENTER = Referential(
    source="marine.txt",
    layout="plain",
    title="Charpentier de marine",
    code="RNCP50002",
    level=6,
    until=date(2029, 2, 1),
    blocks=(Block(1, "Tracer une coque", part(MARINE, 4), competences=(competence(MARINE, 5, "1.1"),)),),
    facts=(
        fact(MARINE, Facet.TITLE, "", "Charpentier de marine", 1),
        fact(MARINE, Facet.LEVEL, "Niveau", "6", 3),
        fact(MARINE, Facet.VALIDITY, "Échéance", "01/02/2029", 6),
        fact(MARINE, Facet.ROME, "Montage de structures bois", "F1501", 7),
    ),
)
DOCUMENTS = {d.name: d for d in (SERRE, MARINE)}


def nothing(words: str, filters: Filters) -> Findings:
    raise AssertionError("two certifications are gone through, not searched")


@pytest.fixture(scope="module")
def ask_on():
    encoder = default_encoder()
    knowledge, topics = Knowledge.of((OPERATOR, CARPENTER), encoder), Topics(encoder)

    def answer_on(question: str, today: date):
        query = understand(question, (), knowledge, topics)
        parts = asked(query, (), knowledge, topics, query.referentials)
        draft = joined(parts, [extract(q, knowledge, knowledge.candidates, nothing, today) for q in parts])
        return write(draft, DOCUMENTS.__getitem__, query.lang, today)

    return answer_on


@pytest.fixture(scope="module")
def ask(ask_on):
    return lambda question: ask_on(question, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien de certifiés au total pour le RNCP50001 ?", "Total : 12 + 31 + 9 = 52."),
        ("Combien de certifiés en tout en 2021 et 2023 au RNCP50001 ?", "Total : 12 + 9 = 21."),
        ("De combien les certifiés du RNCP50001 ont-ils augmenté entre 2021 et 2022 ?", "31 − 12 = 19."),
        ("Quel écart de certifiés au RNCP50001 entre 2022 et 2023 ?", "31 − 9 = 22, en baisse."),
        ("What is the total number of certifiés of RNCP50001?", "Total: 12 + 31 + 9 = 52."),
    ],
)
def test_sums_and_differences_show_their_terms(ask, question, words):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.text.endswith(words)
    shown = "\n".join(answer.text.splitlines()[:-1])
    assert all(f" : {term} " in shown for term in words.split(":")[-1].split("=")[0].split() if term.isdigit())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Qui a le niveau le plus bas, RNCP50001 ou RNCP50002 ?", "Le moins élevé : RNCP50001"),
        ("Lequel a le plus de blocs, RNCP50001 ou RNCP50002 ?", "Le plus : RNCP50001, Opérateur de serre (2 blocs)"),
        ("Lequel expire en premier, RNCP50001 ou RNCP50002 ?", "La première échéance : RNCP50002"),
        ("RNCP50001 et RNCP50002 ont-ils le même niveau ?", "Non, les réponses diffèrent : niveau 4, niveau 6."),
    ],
)
def test_verdicts_are_worded_by_what_is_compared(ask, question, words):
    assert words in ask(question).text.splitlines()[0]


def test_no_verdict_where_none_is_asked_for(ask):
    text = ask("Quels sont les niveaux du RNCP50001 et du RNCP50002 ?").text
    assert "niveau 4" in text
    assert "niveau 6" in text
    assert "Le plus élevé" not in text


def test_a_comparison_by_nothing_in_particular_sets_level_blocks_and_end_side_by_side(ask):
    text = ask("Quelle est la différence entre RNCP50001 et RNCP50002 ?").text
    for value in ("niveau 4", "niveau 6", "2 blocs.", "1 bloc.", "31/08/2030", "01/02/2029"):
        assert value in text


@pytest.mark.parametrize(
    ("question", "first", "count"),
    [
        ("Quels titres sont encore actifs ?", "En vigueur le 01/01/2030 : 1 sur 2.", 2),
        ("Quelles certifications ont expiré ?", "Échues le 01/01/2030 : 1 sur 2.", 2),
        ("Which certifications are still valid?", "In force on 01/01/2030: 1 of 2.", 2),
        ("Le RNCP50002 est-il toujours actif ?", "Charpentier de marine : échue, enregistrée jusqu'au 01/02/2029.", 1),
        ("Is RNCP50001 still valid?", "in force until 31/08/2030.", 1),
    ],
)
def test_what_is_in_force_is_told_by_the_day(ask_on, question, first, count):
    answer = ask_on(question, date(2030, 1, 1))
    assert first in answer.text.splitlines()[0]
    assert len(answer.citations) == count


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quel est le niveau du RNCP50001 et jusqu'à quand est-il enregistré ?", ("Niveau 4", "31/08/2030")),
        ("Combien de blocs a le RNCP50001 ? Et quels sont ses codes ROME ?", ("2 blocs", "A1414", "A1416")),
        ("What level is RNCP50002 and what are its blocks?", ("Niveau 6", "Tracer une coque")),
        ("Quels sont les codes ROME du RNCP50002 et combien coûte-t-il ?", ("F1501", "le prix")),
        ("Donne-moi le niveau, l'échéance et le code ROME du RNCP50002", ("Niveau 6", "01/02/2029", "F1501")),
        ("What are the level and the ROME codes of RNCP50001?", ("Niveau 4", "A1414", "A1416")),
    ],
)
def test_several_questions_in_one_are_each_answered(ask, question, words):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert all(w in answer.text for w in words)


def test_a_wrong_premise_in_one_of_two_questions_is_told_and_the_other_answered(ask):
    answer = ask("Pourquoi le RNCP50001 est-il de niveau 7 et quels sont ses blocs ?")
    assert answer.status is Status.FALSE_PREMISE
    assert "n'est pas de niveau 7" in answer.text
    assert "Récolter et conditionner" in answer.text


def test_the_rank_that_points_to_a_block_is_no_word_to_look_for(ask):
    assert "Trier les légumes." in ask("Quel est le dernier bloc du RNCP50001 ?").text


@pytest.mark.parametrize(
    "question",
    ["Quelles compétences dans les blocs 1 et 2 du RNCP50001 ?", "Que contiennent RNCP50001BC01 et RNCP50001BC02 ?"],
)
def test_several_blocks_of_one_certification_are_each_answered(ask, question):
    text = ask(question).text
    assert "Repérer les maladies des plants." in text
    assert "Trier les légumes." in text


def test_a_block_that_is_missing_among_several_is_told(ask):
    answer = ask("Que contiennent les blocs 2 et 5 du RNCP50001 ?")
    assert answer.status is Status.FALSE_PREMISE
    assert "n'a pas de bloc 5" in answer.text
    assert "Trier les légumes." in answer.text


def test_a_question_about_two_certifications_named_each_in_its_way_is_about_both(ask):
    answer = ask("Quels sont les codes ROME du titre Opérateur de serre et de celui de charpentier de marine ?")
    assert all(code in answer.text for code in ("A1414", "F1501"))


def test_a_greeting_is_no_subject(ask):
    assert "Niveau 6" in ask("Bonjour, quel est le niveau du RNCP50002 ?").text
    assert ask("Bonjour !").status is Status.NOT_FOUND


def test_a_number_of_things_that_the_source_does_not_list_is_a_wrong_premise(ask):
    answer = ask("À quoi correspondent les cinq codes ROME du RNCP50001 ?")
    assert answer.status is Status.FALSE_PREMISE
    assert "« cinq codes » ne figure pas" in answer.text
    assert ask("À quoi correspondent les deux codes ROME du RNCP50001 ?").status is Status.ANSWERED


def test_things_joined_within_one_question_are_not_cut_apart():
    assert len(clauses("Quels sont les modalités et les critères d'évaluation du bloc 1 ?")) == 1
    assert len(clauses("Entre le RNCP50001 et le RNCP50002, lequel a le plus de blocs ?")) == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Until when is RNCP50002 registered, and at which level?", ["01/02/2029", "Niveau 6"]),
        ("Le RNCP50002 est-il encore valable et il est de quel niveau ?", ["01/02/2029", "Niveau 6"]),
        ("Is RNCP50002 still valid and does it cost much?", ["01/02/2029", "do not give the price"]),
        ("À quel niveau est le RNCP50002, et quel est le salaire ensuite ?", ["Niveau 6", "ne donnent pas le salaire"]),
        ("le niveau et le prix du RNCP50002", ["Niveau 6", "ne donnent pas le prix"]),
        ("Le RNCP50002, le code ROME, le niveau ?", ["F1501", "Niveau 6"]),
        (
            "À quel niveau est le RNCP50002, et quel est le SIRET de l'école ?",
            ["Niveau 6", "Je n'ai rien trouvé sur « quel est le SIRET de l'école »."],
        ),
    ],
)
def test_no_half_of_a_double_question_is_passed_over(ask, question, words):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert [w for w in words if w not in answer.text] == []


def test_halves_that_are_both_unanswered_are_refused_each_in_its_words(ask):
    answer = ask("Quel est le prix du RNCP50002 et quel est le salaire ensuite ?")
    assert answer.status is Status.NOT_FOUND
    assert all(topic in answer.text for topic in ("le prix", "le salaire"))


def test_a_clause_that_says_who_is_meant_is_no_question_of_its_own(ask):
    asked = "Un candidat qui vient d'un autre secteur et qui n'a pas le niveau du RNCP50002 peut-il entrer ?"
    assert "rien trouvé" not in ask(asked).text


def test_all_codes_of_each_certification_are_given(ask):
    text = ask("Quels sont les codes ROME du RNCP50001 et du RNCP50002 ?").text
    assert all(code in text for code in ("A1414", "A1416", "F1501"))


@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("Quelles certifications sont de niveau 6 ?", Status.ANSWERED, "De niveau 6 dans les sources : 1."),
        ("Which certifications are level 3?", Status.NOT_FOUND, "No certification of the sources is at level 3."),
        ("Quelles sont toutes les certifications ?", Status.ANSWERED, "décrivent 2 certifications"),
        ("Quelles certifications parlent de coque ?", Status.ANSWERED, "RNCP50002"),
    ],
)
def test_surveys(ask, question, status, words):
    answer = ask(question)
    assert answer.status is status
    assert words in answer.text


def test_a_survey_names_no_certification_that_does_not_belong(ask):
    assert "RNCP50001" not in ask("Quelles certifications sont de niveau 6 ?").text
    assert "RNCP50001" not in ask("Quelles certifications parlent de coque ?").text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Que contient le bloc 5 du RNCP50001 ?", "n'a pas de bloc 5 : elle en compte 2"),
        ("Que dit la compétence 1.7 du RNCP50001 ?", "n'a pas de compétence 1.7"),
        ("pourquoi ya 3 bloc au RNCP50001", "compte 2 blocs"),
        ("Les 4 blocs du RNCP50001 sont-ils obligatoires ?", "compte 2 blocs"),
        ("Pourquoi le RNCP50002 est-il de niveau 5 ?", "n'est pas de niveau 5"),
        ("L'épreuve de trois heures du RNCP50001 est-elle écrite ?", "« trois heures » ne figure pas"),
        ("Le bloc « Vendre au marché bio » du RNCP50001 est-il évalué ?", "ne figure pas"),
    ],
)
def test_each_kind_of_false_premise_is_told(ask, question, words):
    answer = ask(question)
    assert answer.status is Status.FALSE_PREMISE
    assert words in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Que contient le bloc 2 du RNCP50001 ?",
        "Que dit la compétence 1.2 du RNCP50001 ?",
        "Quels sont les 2 blocs du RNCP50001 ?",
        "Pourquoi le RNCP50002 est-il de niveau 6 ?",
    ],
)
def test_a_true_premise_is_not_refused(ask, question):
    assert ask(question).status is not Status.FALSE_PREMISE


def test_a_count_is_followed_by_as_many_lines(ask):
    lines = ask("Combien de compétences dans le bloc 1 du RNCP50001 ?").text.splitlines()
    assert "compte 2 compétences" in lines[0]
    assert len(lines) == 3


def test_a_count_of_one_is_in_the_singular(ask):
    text = ask("Combien de compétences en tout dans le RNCP50002 ?").text
    assert "compte 1 compétence en 1 bloc :" in text


def test_one_certification_is_compared_to_nothing():
    encoder = default_encoder()
    knowledge = Knowledge.of((OPERATOR,), encoder)
    query = understand("Quel est le niveau du RNCP50001 ?", (), knowledge, Topics(encoder))
    assert compared(query, knowledge) is None
