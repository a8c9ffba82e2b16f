"""Which certification stands above which blocks, where one source holds several."""

import re
from dataclasses import replace
from datetime import date

from web_double import DoubleAssistant, DoubleLibrary

from assistant.web.markup.match import matches
from assistant.web.texts import texts
from corpus.document import Document


def test_certifications_of_one_source_keep_their_own_dates():
    double, cv = DoubleLibrary(), Document("cv.txt", ("Composter les déchets verts",), "0")
    blocks = [replace(b, source="export.xml") for b in DoubleAssistant(double).match(cv)]
    known = [replace(r, source="export.xml") for r in double.referentials()]
    shown = matches(blocks, known, cv, date(2026, 1, 15), texts("fr"))
    heads = re.findall(r'<span class="code">(RNCP\d+)</span><span class="validity[^>]*>.*?(\d\d/\d\d/\d{4})', shown)
    assert heads == [("RNCP90001", "31/12/2030"), ("RNCP90002", "01/09/2022")]
