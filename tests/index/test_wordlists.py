"""The lists of words that ship can be read and say what they should."""

import tomllib

from index.wordlists import FOLDER, asking, glossary, lexicon, rarity, real, translated
from index.words import fold, stem


def test_common_words_are_less_rare_than_words_of_one_trade():
    assert rarity("gestion") + 1 < rarity("soudage")
    assert rarity("survaillance") is None
    assert lexicon()["gestion"].lang == "fr"
    assert lexicon()["ensure"].lang == "en"


def test_other_forms_of_a_word_are_real():
    assert real("soudaient")
    assert not real("survaillance")


def test_translations():
    assert translated("welding").keys() >= {stem("soudage")} or translated("welding").keys() >= {stem("souder")}
    assert stem("logiciel") in translated("software")
    assert all(0 < weight <= 1 for weight in translated("team").values())


def test_glossary_is_wide_and_well_formed():
    tables = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    assert sum(map(len, tables.values())) >= 1000
    assert all(term == fold(term) for table in tables.values() for term in table)
    assert all(len(w.split(", ")) <= 6 for wordings in glossary().values() for w in wordings)
    assert not asking() & {key[0] for key in glossary() if len(key) == 1 and len(key[0]) < 4}
