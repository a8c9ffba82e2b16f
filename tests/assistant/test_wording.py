"""Questions as people type them."""

from datetime import date

import pytest

from assistant.understanding.wording import dates, language, levels_named, measures, written, years


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("c koi le nivo", "c'est quoi le niveau"),
        ("kel diplom fo", "quel diplôme faut"),
        ("faut-il un jury", "faut il un jury"),
        ("y a-t-il un jury", "y a il un jury"),
        ("RNCP38822 et C++", "RNCP38822 et C++"),
        ("https://c.fr/pr", "https://c.fr/pr"),
        ("ladresse et lexamen", "l'adresse et l'examen"),
        ("jai dexperience", "j'ai d'experience"),
        ("les langues et la direction", "les langues et la direction"),
        ("lipsum", "lipsum"),
    ],
)
def test_everyday_spelling_is_put_right_and_the_rest_left_alone(typed, wanted):
    assert written(typed) == wanted


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quel est le niveau du titre ?", "fr"),
        ("What level is the title?", "en"),
        ("c koi le nivo", "fr"),
        ("RNCP38822", "fr"),
        ("Which blocks does the titre professionnel have?", "en"),
    ],
)
def test_language(question, lang):
    assert language(question) == lang


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 26 mai 2016", [date(2016, 5, 26)]),
        ("the order of 26 May 2016", [date(2016, 5, 26)]),
        ("until June 7th, 2019", [date(2019, 6, 7)]),
        ("1er mars 2000", [date(2000, 3, 1)]),
        ("27-03-2028 et 19/07/2022", [date(2028, 3, 27), date(2022, 7, 19)]),
        ("le 31 février 2020", []),
    ],
)
def test_dates_in_both_languages(text, found):
    assert list(dates(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("au moins trois mois", {(3, "month")}),
        ("une épreuve de trois heures", {(3, "hour")}),
        ("20 mn puis vingt minutes", {(20, "minute")}),
        ("60 % et 60 %", {(60, "percent")}),
        ("2 years of practice", {(2, "year")}),
        ("bloc 3", set()),
    ],
)
def test_quantities(text, found):
    assert set(measures(text)) == found


def test_years_are_not_codes_nor_parts_of_dates():
    assert years("en 2021, fiche 38822, le 27-03-2028") == (2021,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un titre de niveau 7", {7}),
        ("level 5 or level 6", {5, 6}),
        ("niveau de qualification 4", {4}),
        ("niveau 38", set()),
        ("sept niveaux", set()),
    ],
)
def test_levels_of_qualification(text, found):
    assert levels_named(text) == found
