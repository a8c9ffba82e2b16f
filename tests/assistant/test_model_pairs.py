"""Pairs that a language model proposes: nothing private leaves, nothing that it says alone changes a match."""

import logging
import random

import pytest
from matching_referentials import document, hosting, nursing

import prompts
from assistant.matching.evidence import Pair, Place, State
from assistant.matching.match import Matcher
from assistant.model.budget import PROMPT
from assistant.model.doubles import ScriptedModel
from assistant.model.faults import ModelFault, Reason
from assistant.model.pairs import build, parse, proposed
from assistant.model.port import LONGEST
from assistant.reviewing import Review
from index.encoder import default_encoder
from index.tokens import count

NAME = "Zyglofrax Quimboiseur"
CV = f"""{NAME}
12 rue des Lilas, 29200 Brest - 06 98 76 54 32 - z.quimboiseur@exemple.fr
Née le 3 mai 1988
EXPÉRIENCES
Administratrice systèmes – mairie de Kerzenac, Albi (2015 – 2023)
- Zabbix : 90 serveurs supervisés, traitement des alertes avec M. Yannick Plouzec
- Veeam, restaurations testées chaque mois avec les services
- Scripts PowerShell
- Sauvegarde de la base des élus par Zyglofrax
FORMATION
BTS informatique, lycée Quimzer
LOISIRS
Fanfare de Trouzac"""
CANARIES = """Zyglofrax Quimboiseur quimboiseur Lilas 29200 Brest 54 32 1988 Yannick Plouzec Kerzenac Quimzer Trouzac
cv.txt""".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(default_encoder())


@pytest.fixture(scope="module")
def referentials():
    return [hosting(), nursing()]


def review(matcher, referentials, *pieces):
    model = ScriptedModel(pieces)
    return model, Review(matcher, model, document(CV), referentials)


def test_the_template_has_exactly_the_holes_that_are_filled():
    assert prompts.holes(prompts.load("pairs")) == {"most", "statements", "competences"}


def test_no_canary_in_the_prompt_and_the_work_is(matcher, referentials):
    model, asked = review(matcher, referentials, "RIEN")
    asked.run()
    (prompt,) = model.prompts
    for canary in CANARIES:
        assert canary not in prompt, canary
    assert "[C2] Zabbix : 90 serveurs supervisés, traitement des alertes avec M. [NOM" in prompt
    assert "Sauvegarder et restaurer les données" in prompt
    assert "pansements" not in prompt
    assert count(prompt) <= PROMPT


def test_a_pair_that_the_rules_find_too_is_shown_first_and_changes_no_state(matcher, referentials):
    plain = matcher.match(document(CV), referentials)
    found = {c.number: c for b in plain if b.source == "serveurs.txt" for c in b.competences}
    said = [e.cv_quote for e in found["1.2"].evidence]
    second = next(q for q in said if q.startswith("Veeam"))
    assert said[0].startswith("Sauvegarde")
    _, asked = review(matcher, referentials, f"[C3] « {second} » = [R2]")
    after = asked.run()
    assert (after.proposed, after.kept) == (1, 1)
    now = {c.number: c for b in after.matches if b.source == "serveurs.txt" for c in b.competences}
    assert now["1.2"].evidence[0].cv_quote == second
    assert states(after.matches) == states(plain)


def states(matches):
    return {(b.source, b.block, c.number): (b.state, b.score, c.state) for b in matches for c in b.competences}


def test_a_lying_model_changes_nothing(matcher, referentials):
    """Every false pair, quotes that no line says, numbers that point nowhere, orders, noise."""
    plain = matcher.match(document(CV), referentials)
    shown = {(e.cv_quote, c.number) for b in plain for c in b.competences for e in c.evidence}
    _, asked = review(matcher, referentials)
    lines = [line for _, line in asked.request.statements]
    numbers = [p.competence for p in asked.request.places]
    known = {c.text: c.number for b in plain for c in b.competences}
    asks = [t.split("] ", 1)[1] for t in asked.request.prompt.splitlines() if t.startswith("[R")]
    false = [
        f"[C{i}] « {line} » = [R{j}]"
        for i, line in enumerate(lines, 1)
        for j, text in enumerate(asks, 1)
        if (asked.request.mask.unmasked(line), known[text]) not in shown
    ]
    assert len(false) > len(numbers)
    draw = random.Random(7)
    noise = ["[C1] « tout est prouvé » = [R1]", "[C99] « Zabbix » = [R1]", "state = proven", "[C2] = [R1]", "\0"]
    for _ in range(10):
        told = draw.sample(false, min(30, len(false))) + noise
        _, asked = review(matcher, referentials, "\n".join(told))
        after = asked.run()
        assert after.kept == 0
        assert after.matches == plain


def test_a_quote_is_verified_with_the_names_back_in_place(matcher, referentials):
    _, asked = review(matcher, referentials)
    line = "[C2] « traitement des alertes avec M. [NOM] » = [R1]"
    assert parse(asked.request, line) == Pair(asked.request.statements[1][0], Place("serveurs.txt", "RNCP90002", 1, 0))
    for wrong in ("[C2] « traitement des alarmes » = [R1]", "[C2] « des » = [R1]", "[C2] « [NOM 9] avec » = [R1]"):
        assert parse(asked.request, wrong) is None


@pytest.mark.parametrize("piece", [ModelFault(Reason.SLOW), "x" * (LONGEST + 1)])
def test_a_model_that_fails_leaves_the_match_and_says_why(matcher, referentials, piece):
    _, asked = review(matcher, referentials, piece)
    after = asked.run()
    assert after.matches == matcher.match(document(CV), referentials)
    assert len(after.notices) == 1
    assert "modèle" in after.notices[0]


def test_nothing_is_asked_where_there_is_nothing_to_ask(matcher, referentials):
    model = ScriptedModel(["[C1] « x » = [R1]"])
    empty = Review(matcher, model, document(""), referentials)
    assert empty.told() == ()
    assert empty.run().proposed == 0
    assert model.prompts == []
    assert proposed(model, build([], [], [], count)) == ((), ())


def test_what_is_sent_is_told_in_both_languages_without_a_word_of_the_cv(matcher, referentials):
    _, asked = review(matcher, referentials)
    for lang, first in (("fr", "Envoyé au modèle scripted double"), ("en", "Sent to the model scripted double")):
        told = asked.told(lang)
        assert told[0].startswith(first)
        assert not any(canary in " ".join(told) for canary in CANARIES)
    assert "Masqué avant l'envoi : " in asked.told()[1]


def test_long_cvs_and_referentials_stay_within_the_prompt(matcher, referentials):
    tasks = ["- Zabbix, alertes des serveurs " * 9] * 200
    long = document("\n".join(["Administratrice systèmes – mairie, Albi (2015 – 2023)", *tasks]))
    asked = Review(matcher, ScriptedModel([]), long, referentials)
    assert count(asked.request.prompt) <= PROMPT
    assert asked.request.places


def test_nothing_of_a_cv_in_logs_errors_or_what_is_printed(matcher, referentials, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        _, asked = review(matcher, referentials, ModelFault(Reason.BROKEN, "HTTP 500"))
        asked.run()
    printed = capsys.readouterr()
    for said in (caplog.text, printed.out, printed.err):
        assert not any(canary in said for canary in CANARIES)
    assert State.PROVEN in {b.state for b in asked.run().matches}
