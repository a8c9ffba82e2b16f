"""Floors under the figures that the project holds itself to, on the genuine documents."""

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.cli import records
from corpus.reading import read_bytes
from index.contract import Filters

OWN = Path(__file__).with_name("questions.jsonl")


def asked(expert, gold):
    for row in gold:
        history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
        yield {"id": row["id"], **records.answer(expert.ask(row["question"], history))}


@pytest.mark.parametrize(("name", "floor"), [("dev", 0.86), ("own", 0.86)])
def test_answers(name, floor, expert, score, shared):
    gold = score.read_jsonl(shared / "eval" / "dev" / "ask.jsonl" if name == "dev" else OWN)
    predictions = {p["id"]: p for p in asked(expert, gold)}
    figures, wrong = score.score_ask(gold, predictions, score.Sources(shared / "corpus"))
    assert figures["right"] >= floor, wrong
    assert figures["refused, unanswerable"] >= 0.9, wrong
    assert figures["verbatim"] == 1.0


def test_search(expert, score, shared):
    gold = score.read_jsonl(shared / "eval" / "dev" / "search.jsonl")
    found = {
        g["id"]: {
            "hits": [records.hit(h, expert.library.document) for h in expert.library.search(g["query"], Filters(), 20)]
        }
        for g in gold
    }
    figures = score.score_search(gold, found, score.Sources(shared / "corpus"))
    assert figures["ndcg@10"] >= 0.82
    assert figures["verbatim"] == 1.0


def test_matches(expert, score, shared):
    gold = score.read_jsonl(shared / "eval" / "dev" / "match.jsonl")
    found = {}
    for row in gold:
        matches = expert.match(read_bytes("cv.txt", row["experience"].encode()))
        found[row["id"]] = {"matches": [records.block_match(m) for m in matches]}
    figures, wrong = score.score_match(gold, found, score.Sources(shared / "corpus"))
    assert figures["mean of both"] >= 0.8, wrong
    assert figures["verbatim"] == 1.0


def test_our_own_questions_are_well_formed():
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60
    assert len({r["id"] for r in rows}) == len(rows)
    assert all(r["answerable"] == bool(r["answer_all"]) for r in rows)
