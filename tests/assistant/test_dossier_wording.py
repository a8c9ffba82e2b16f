"""What documents say in each language, and the characters that they can show."""

import re
import tomllib
from importlib.resources import files

import pytest
from dossiers import dossier

from assistant.dossier.dossier import Place
from assistant.dossier.glyphs import NO_GLYPH, PRIVATE, drawable
from assistant.dossier.wording import wording
from assistant.matching.evidence import State

TABLE = tomllib.loads(files("assistant.dossier").joinpath("wording.toml").read_text(encoding="utf-8"))
ONLY_ENGLISH = {"question.absent", "question.claimed", "question.partial"}  # French questions come with the match


def test_both_languages_say_the_same_things() -> None:
    assert set(TABLE["en"]) - set(TABLE["fr"]) == ONLY_ENGLISH
    assert not set(TABLE["fr"]) - set(TABLE["en"])
    for key, text in TABLE["fr"].items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", TABLE["en"][key])), key


@pytest.mark.parametrize(
    ("months", "french", "english"),
    [(None, "—", "—"), (0, "0 mois", "0 mo."), (12, "1 an", "1 year"), (27, "2 ans et 3 mois", "2 years and 3 mo.")],
)
def test_durations(months, french, english) -> None:
    assert (wording("fr").duration(months), wording("en").duration(months)) == (french, english)


def test_questions_are_asked_in_the_language_of_the_document() -> None:
    found = dossier()
    absent, partial = found[Place(0, 1, 1)], found[Place(0, 0, 1)]
    assert absent.state is State.ABSENT
    assert wording("fr").question(absent) == "Racontez\u00a0: Écrire le journal de bord\u202f?"
    assert wording("en").question(absent).startswith("What can you tell of “Écrire le journal de bord” in practice")
    assert wording("en").question(partial).startswith("Your CV says “Entretien de la lentille")
    assert wording("en").question(found[Place(0, 0, 0)]) == ""


def test_characters_without_a_glyph_are_marked_and_others_stay() -> None:
    assert drawable("Łódź → œuvre « 12 € » ☐…\n") == "Łódź → œuvre « 12 € » ☐…\n"
    assert drawable("a🙂b\ue000c\x00d漢") == "a\ufffdb\ufffdcd\ufffd"
    assert set(drawable("".join(map(chr, PRIVATE)))) == {NO_GLYPH}
