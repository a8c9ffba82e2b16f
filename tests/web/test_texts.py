"""The page's phrases: the same in both languages, all there, set as each language sets them."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import assistant.web
from assistant.answer import Status
from assistant.comparison.comparison import Kind
from assistant.dossier.dossier import Official
from assistant.feedback.opinions import REASONS, Verdict
from assistant.matching.evidence import State
from assistant.typography import french
from assistant.web.page import PAGES
from assistant.web.texts import texts
from corpus.referential import Facet

FR, EN = texts("fr"), texts("en")
CODE = "\n".join(p.read_text(encoding="utf-8") for p in Path(assistant.web.__file__).parent.rglob("*.py"))


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_phrases_with_the_same_holes():
    assert FR.phrases.keys() == EN.phrases.keys()
    assert [k for k in FR.phrases if holes(FR.phrases[k]) != holes(EN.phrases[k])] == []


def used() -> set[str]:
    named = {m[1] for m in re.finditer(r"""\b(?:t|self)\(\s*["']([a-z_.]+)["']""", CODE)}
    named |= {m[1] for m in re.finditer(r"""["']((?:access|refused)\.[a-z_.]+)["']""", CODE)}
    counted = {m[1] for m in re.finditer(r"""\bcount\(\s*["']([a-z_.]+)["']""", CODE)}
    made = {f"facet.{f}" for f in Facet} | {f"answer.{s}" for s in Status}
    made |= {f"state.{s}{end}" for s in State for end in ("", ".many", ".help")}
    made |= {f"compare.{k}{end}" for k in Kind for end in ("", ".many")} | {f"compare.block.{k}" for k in Kind}
    made |= {f"compare.{side}{end}" for side in ("before", "after") for end in ("", ".placeholder")}
    made |= {"compare.same.yes", "compare.same.no", "compare.same.unsaid"}
    made |= {f"tab.{page.name}" for page in PAGES}
    made |= {f"opinion.{v}" for v in Verdict} | {f"opinion.reason.{r}" for v in Verdict for r in REASONS[v]}
    made |= {"question.announced", "answer.copied", "opinion.thanks"}
    made |= {f"official.{o.name.lower()}" for o in Official}
    return named | {f"{key}.{n}" for key in counted for n in ("one", "other")} | made


def test_every_phrase_that_the_code_asks_for_is_there():
    assert used() - FR.phrases.keys() == set()


def test_no_phrase_is_left_over():
    composed = re.compile(
        r"(question\.example|cv\.alternative|dossier\.(lang|losing))\.|"
        r"sources\.(title|certification|level|blocks|validity|source|actions)$"
    )
    assert {k for k in FR.phrases.keys() - used() if not composed.match(k)} == set()


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Oui ! Non ; si", "Oui\u202f! Non\u202f; si"),
        ("Niveau : 6", "Niveau\u00a0: 6"),
        ("« bloc »", "«\u00a0bloc\u00a0»"),
        ("50 %", "50\u00a0%"),
        ("http://x:80 12:30", "http://x:80 12:30"),
    ],
)
def test_french(typed, set_):
    assert french(typed) == set_
    assert french(set_) == set_


def test_english_is_left_alone():
    assert EN.spaced("What ? « x »") == "What ? « x »"


def test_numbers_of_things():
    assert FR.count("search.count", 1) == "1 certification"
    assert FR.count("search.count", 3) == "3 certifications"
