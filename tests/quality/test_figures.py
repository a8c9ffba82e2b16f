"""Floors under the figures that the project holds itself to, on the genuine documents.

The floors of the development sets are the project's figures; those of the independent sets are what was measured, less
what noise may take.
"""

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.cli import records
from corpus.reading import read_bytes
from index.contract import Filters

HERE = Path(__file__).parent
SETS = {
    "dev": "eval/dev/{kind}.jsonl",  # in the shared folder
    "own": "questions.jsonl",
    "independent 1": "independent/questions_1.jsonl",
    "independent 2": "independent/questions_2.jsonl",
    "independent 3": "independent/questions_3.jsonl",
    "independent 4": "independent/questions_4.jsonl",
    "independent 5": "independent/questions_5.jsonl",
    "independent 6": "independent/questions_6.jsonl",
    "independent": "independent/{kind}.jsonl",
}


def gold_of(name, kind, score, shared):
    root = shared if name == "dev" else HERE
    return score.read_jsonl(root / SETS[name].format(kind=kind))


@pytest.mark.parametrize(
    ("name", "right", "refused"),
    [
        ("dev", 0.86, 0.9),
        ("own", 0.86, 0.9),
        ("independent 1", 0.9, 0.9),
        ("independent 2", 0.84, 0.84),
        ("independent 3", 0.82, 0.82),
        ("independent 4", 0.78, 0.78),
        ("independent 5", 0.87, 0.8),
        ("independent 6", 0.7, 0.6),
    ],
)
def test_answers(name, right, refused, expert, score, shared):
    gold = gold_of(name, "ask", score, shared)
    predictions = {}
    for row in gold:
        history = [Turn(t["role"], t["content"]) for t in row.get("history", [])]
        predictions[row["id"]] = records.answer(expert.ask(row["question"], history))
    figures, wrong = score.score_ask(gold, predictions, score.Sources(shared / "corpus"))
    assert figures["right"] >= right, wrong
    assert figures["refused, unanswerable"] >= refused, wrong
    assert figures["verbatim"] == 1.0


@pytest.mark.parametrize(("name", "kind", "floor"), [("dev", "search", 0.82), ("independent", "searches", 0.82)])
def test_search(name, kind, floor, expert, score, shared):
    library, gold = expert.library, gold_of(name, kind, score, shared)
    found = {}
    for row in gold:
        hits = library.search(row["query"], Filters(), 20)
        found[row["id"]] = {"hits": [records.hit(h, library.document) for h in hits]}
    figures = score.score_search(gold, found, score.Sources(shared / "corpus"))
    assert figures["ndcg@10"] >= floor
    assert figures["verbatim"] == 1.0


@pytest.mark.parametrize(("name", "kind", "floor"), [("dev", "match", 0.88), ("independent", "matches", 0.88)])
def test_matches(name, kind, floor, expert, score, shared):
    gold = gold_of(name, kind, score, shared)
    found = {}
    for row in gold:
        matches = expert.match(read_bytes("cv.txt", row["experience"].encode()))
        found[row["id"]] = {"matches": [records.block_match(m) for m in matches]}
    figures, wrong = score.score_match(gold, found, score.Sources(shared / "corpus"))
    assert figures["mean of both"] >= floor, wrong
    assert figures["verbatim"] == 1.0


@pytest.mark.parametrize("name", ["own", *(f"independent {n}" for n in range(1, 7))])
def test_our_questions_are_well_formed(name):
    rows = [json.loads(line) for line in (HERE / SETS[name]).read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 20
    assert len({r["id"] for r in rows}) == len(rows)
    assert all(r["answerable"] == bool(r["answer_all"]) for r in rows)
