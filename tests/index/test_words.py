"""What the lexical index takes for a word."""

import pytest

from index.words import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'article", ["articl"]),
        ("d’œuvre qu'il", ["oeuvr"]),
        ("RNCP38822BC02, RNCP 38822 ; M1805 (326t) BC02", ["rncp38822bc02", "rncp38822", "m1805", "326t", "bc02"]),
        ("C++ et C#, .NET", ["c++", "c#", ".net"]),
        ("chaîne CI/CD", ["chain", "ci/cd", "ci", "cd"]),
        ("le/la chef/fe et/ou les employeurs/euses", ["chef", "employeur"]),
        ("front-end", ["front", "end", "frontend"]),
        ("puis-je", []),
        ("2,5 ans 2019", ["2,5", "an", "2019"]),
        ("user's manual", ["user", "manual"]),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_accents_case_and_endings_do_not_matter():
    assert terms("DÉVELOPPÉ") == terms("développer") == terms("developpement")
