"""A language model that copies honestly makes no answer worse."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.cli import records
from assistant.model.doubles import TruthfulModel

OWN = Path(__file__).with_name("questions.jsonl")


def answered(assistant, gold):
    found = {}
    for row in gold:
        history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
        found[row["id"]] = assistant.ask(row["question"], history)
    return found


def predictions(answers):
    return {key: {"id": key, **records.answer(answer)} for key, answer in answers.items()}


@pytest.mark.parametrize("name", ["dev", "own"])
def test_right_is_no_lower_with_a_truthful_model(name, expert, genuine, score, shared):
    gold = score.read_jsonl(shared / "eval" / "dev" / "ask.jsonl") if name == "dev" else score.read_jsonl(OWN)[::4]
    sources = score.Sources(shared / "corpus")
    plain = answered(expert, gold)
    arranged = answered(Assistant(genuine, TruthfulModel(), today=lambda: date(2026, 11, 22)), gold)
    without, _ = score.score_ask(gold, predictions(plain), sources)
    with_model, wrong = score.score_ask(gold, predictions(arranged), sources)
    assert with_model["right"] >= without["right"], wrong
    assert with_model["verbatim"] == 1.0
    for key, answer in arranged.items():
        asked = plain[key].status == "answered"
        assert answer.author == ("truthful double" if asked else "extractive"), key
        assert replace(answer, author="extractive") == plain[key], key
