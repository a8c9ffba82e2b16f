"""An export of many fiches: a source each, counted, embedded once, resumed after a kill, seen in one generation."""

import os
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from invented import BAKER, JOINER, Invented, fill, texts

from corpus.errors import StoreBusy
from corpus.reading.fiches import fiches
from index import importing, staging, store
from index.checking import check
from index.encoder import HashingEncoder
from index.library import Library

ROOT = Path(__file__).resolve().parents[2]
TRADES = ("luthier", "vannier", "doreur", "relieur", "fondeur", "tonnelier", "sellier", "verrier")
KILLED = """
import sys
from pathlib import Path
from index import importing
from index.encoder import HashingEncoder
from index.library import Library
importing.BATCH, importing.TOLD = 1, 0.0
for step in Library.open(Path(sys.argv[1]), HashingEncoder(), create=True).add([Path(sys.argv[2])]):
    print(step.tally.added if step.tally else 0, flush=True)
    sys.stdin.readline()
"""


class Counting(HashingEncoder):
    seen = 0

    def encode_passages(self, texts):
        self.seen += len(texts)
        return super().encode_passages(texts)


@pytest.fixture
def library(tmp_path):
    return Library.open(tmp_path / "home", Counting(), create=True)


def fiche(number: int, trade: str, active: str = "Oui") -> str:
    block = f"<CODE>RNCP{number}BC01</CODE><LIBELLE>Atelier</LIBELLE><LISTE_COMPETENCES>- Tenir un atelier de {trade}"
    return (
        f"<FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>\n<INTITULE>Artisan {trade}</INTITULE>\n<BLOCS_COMPETENCES>"
        f"<BLOC_COMPETENCES>{block}</LISTE_COMPETENCES></BLOC_COMPETENCES></BLOCS_COMPETENCES>"
        f"<DATE_FIN_ENREGISTREMENT>31/12/2020</DATE_FIN_ENREGISTREMENT><ACTIF>{active}</ACTIF></FICHE>\n"
    )


def export(path: Path, trades=TRADES, end: str = "</FICHES>", first: int = 100, inactive=()) -> Path:
    """A ZIP, so that it is read fiche by fiche however small."""
    fiches = (fiche(number, t, "Non" if t in inactive else "Oui") for number, t in enumerate(trades, first))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.xml", f"<FICHES>{''.join(fiches)}{end}")
    return path


def added(library, *paths):
    *_, last = library.add(paths)
    return last.report


def counts(tally):
    return (tally.read, tally.added, tally.unchanged, tally.refused)


def test_each_fiche_is_a_source_that_opens_alone(library, tmp_path):
    report = added(library, export(tmp_path / "monday.zip"))
    assert counts(report.imports[0]) == (8, 8, 0, 0)
    assert (report.added, report.failed) == (("monday.zip",), ())
    assert [r.title for r in library.referentials()] == [f"Artisan {t}" for t in TRADES]
    hit = library.search("atelier de tonnelier")[0]
    assert hit.passage.source == "RNCP105.xml"
    assert library.document("RNCP105.xml").holds(hit.passage.quotes[0])
    assert len(library.document("RNCP105.xml").lines) == 3
    assert not (library._store.home / staging.FILE).exists()


def test_a_new_day_costs_what_has_changed(library, tmp_path):
    added(library, export(tmp_path / "monday.zip"))
    generation, seen = library.generation, library.encoder.seen
    report = added(library, export(tmp_path / "tuesday.zip"))
    assert counts(report.imports[0]) == (8, 0, 8, 0)
    assert (report.unchanged, library.generation, library.encoder.seen) == (("tuesday.zip",), generation, seen)
    report = added(library, export(tmp_path / "wednesday.zip", (*TRADES[:7], "potier", "tisseur")))
    assert counts(report.imports[0]) == (9, 2, 7, 0)
    assert (library.generation, len(library.referentials())) == (generation + 1, 9)
    assert library.encoder.seen - seen <= 6
    assert not any("verrier" in text for text in texts(library, "atelier"))


@pytest.fixture
def read(monkeypatch):
    """The fiches of which an import sees more than the mark."""
    seen: list[str] = []

    def watched(path, known):
        for found in fiches(path, known=known):
            if found.body:
                seen.append(found.name)
            yield found

    monkeypatch.setattr(importing, "fiches", watched)
    return seen


def test_only_what_is_new_or_changed_is_read(library, tmp_path, read):
    added(library, export(tmp_path / "monday.zip"))
    assert len(read) == 8
    read.clear()
    tuesday = export(tmp_path / "tuesday.zip", (*TRADES[:7], "potier", "tisseur"))
    assert counts(added(library, tuesday).imports[0]) == (9, 2, 7, 0)
    assert read == ["RNCP107.xml", "RNCP108.xml"]
    library.remove(["RNCP103.xml"])
    fill(library, Invented("RNCP104.xml", "Boulanger", BAKER, "RNCP104"))
    read.clear()
    assert counts(added(library, tuesday).imports[0]) == (9, 2, 7, 0)
    assert read == ["RNCP103.xml", "RNCP104.xml"]
    assert texts(library, "atelier de fondeur")[0].endswith("fondeur")


def test_what_a_killed_import_has_prepared_is_not_read_again(library, tmp_path, read, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    monkeypatch.setattr(importing, "TOLD", 0.0)
    steps = library.add([export(tmp_path / "a.zip")])
    while not ((step := next(steps)).tally and step.tally.added > 3):
        pass
    steps.close()
    begun = read.copy()
    assert counts(added(library, tmp_path / "a.zip").imports[0]) == (8, 8, 0, 0)
    assert 8 <= len(read) <= 9
    assert read[len(begun) :][-1] == "RNCP107.xml"
    assert len(library.referentials()) == 8
    read.clear()
    assert counts(added(library, tmp_path / "a.zip").imports[0]) == (8, 0, 8, 0)
    assert read == []


@pytest.mark.parametrize("harm", ["DROP TABLE readings", "UPDATE readings SET reading = zeroblob(68)"])
def test_a_store_without_sound_readings_reads_all_once(library, tmp_path, read, harm):
    path = export(tmp_path / "a.zip")
    added(library, path)
    with library._store.writing() as connection:
        connection.execute(harm)
    assert [fault.source for fault in check(library._store.home)] == sorted(read if "UPDATE" in harm else [])
    read.clear()
    for expected in (8, 0):
        generation = library.generation
        assert counts(added(library, path).imports[0]) == (8, 0, 8, 0)
        assert (len(read), library.generation) == (expected, generation)
        assert list(check(library._store.home)) == []
        read.clear()


def test_refused_fiches_are_counted_with_their_reason(library, tmp_path):
    twice = fiche(100, "autre") + "<FICHE><INTITULE>sans code</INTITULE></FICHE></FICHES>"
    report = added(library, export(tmp_path / "a.zip", end=twice))
    assert counts(report.imports[0]) == (10, 8, 0, 2)
    assert [name for name, _ in report.failed] == ["RNCP100.xml", "a.zip"]
    assert "deux fois" in report.failed[0][1].hint
    assert library.referentials()[0].title == "Artisan luthier"


def test_what_came_before_a_break_is_kept_and_the_break_is_said(library, tmp_path):
    report = added(library, export(tmp_path / "a.zip", end="<FICHE><NUMERO"))
    assert counts(report.imports[0]) == (8, 8, 0, 0)
    assert "mal formé" in report.failed[0][1].hint
    assert len(library.referentials()) == 8


def test_with_other_files_and_sources(library, tmp_path):
    fill(library, Invented("bread.txt", "Boulanger", BAKER, "RNCP1"))
    (tmp_path / "wood.txt").write_text("\n".join(JOINER), encoding="utf-8")
    report = added(library, export(tmp_path / "a.zip"), tmp_path / "wood.txt", tmp_path / "absent.txt")
    assert report.added == ("wood.txt", "a.zip")
    assert [name for name, _ in report.failed] == ["absent.txt"]
    again = Library.open(library._store.home, HashingEncoder())
    for query in ("pain", "raboter le bois", "atelier de sellier"):
        assert texts(library, query) == texts(again, query)
    assert texts(again, "cuire du pain")[0] == BAKER[1]
    assert library.remove(["RNCP103.xml"]) == 1
    assert len(library.referentials()) == 9


def test_readers_see_nothing_before_the_one_commit_and_a_second_import_waits(library, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    monkeypatch.setattr(importing, "TOLD", 0.0)
    monkeypatch.setattr(staging, "PATIENCE", 0.1)
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    path = export(tmp_path / "a.zip")
    steps = library.add([path])
    while not ((step := next(steps)).tally and step.tally.added > 3):
        pass
    other = Library.open(library._store.home, HashingEncoder())
    assert (other.generation, other.referentials()) == (0, ())
    with pytest.raises(StoreBusy):
        added(other, path)
    assert 0 < step.tally.share <= 1
    assert step.tally.rate > 0
    steps.close()
    seen = library.encoder.seen
    assert counts(added(library, path).imports[0]) == (8, 8, 0, 0)
    assert 0 < library.encoder.seen - seen < seen * 8 / 3
    assert library.generation == 1


@pytest.mark.parametrize("steps", [2, 5, 9])
def test_a_killed_import_goes_on_where_it_was(tmp_path, steps):
    home, path = tmp_path / "home", export(tmp_path / "a.zip")
    command = [sys.executable, "-c", KILLED, str(home), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as child:
        for _ in range(steps):
            child.stdout.readline()
            child.stdin.write(b"\n")
            child.stdin.flush()
        os.kill(child.pid, signal.SIGKILL)
    library = Library.open(home, Counting())
    held = len(library.referentials())
    assert held in (0, 8)
    report = added(library, path)
    assert report.imports[0].read == 8
    assert len(library.referentials()) == 8
    assert len({h.passage.source for h in library.search("atelier", top=50)}) == 8


def test_what_another_encoder_or_a_fault_left_is_thrown_away(library, tmp_path):
    (library._store.home / staging.FILE).write_bytes(b"no database" * 1000)
    assert counts(added(library, export(tmp_path / "a.zip")).imports[0]) == (8, 8, 0, 0)
    assert library.search("atelier de doreur")[0].passage.source == "RNCP102.xml"


def test_inactive_fiches_may_be_kept_as_facts_alone(library, tmp_path):
    path = export(tmp_path / "monday.zip", inactive=TRADES[5:])

    def add(active_only: bool):
        *_, last = library.add([path], active_only)
        return last.report.imports[0]

    tally = add(True)
    assert (*counts(tally), tally.facts) == (8, 8, 0, 0, 3)
    assert len(library.cards()) == 8
    found = library.referential("RNCP107")
    assert (found.active, found.until, len(found.blocks)) == (False, date(2020, 12, 31), 1)
    assert library.document("RNCP107.xml").holds(found.facts[0].quote)
    assert {h.passage.certification for h in library.search("tenir un atelier", top=100)} == {
        f"RNCP{n}" for n in range(100, 105)
    }
    tally = add(True)
    assert (*counts(tally), tally.facts) == (8, 0, 8, 0, 3)
    assert counts(add(False)) == (8, 3, 5, 0)
    assert texts(library, "atelier de verrier")[0].endswith("verrier")
    assert counts(add(True)) == (8, 3, 5, 0)
    assert not any("verrier" in text for text in texts(library, "atelier de verrier"))


MANY = tuple(f"métier n° {n}" for n in range(30))


def test_what_a_whole_export_no_longer_has_is_withdrawn_and_said(library, tmp_path):
    added(library, export(tmp_path / "monday.zip", MANY))
    fill(library, Invented("bread.txt", "Boulanger", BAKER, "RNCP1"))
    report = added(library, export(tmp_path / "tuesday.zip", MANY[:28]))
    assert counts(report.imports[0]) == (28, 0, 28, 0)
    assert (report.vanished, report.imports[0].vanished) == (("RNCP128.xml", "RNCP129.xml"), 2)
    assert report.added == ("tuesday.zip",)
    assert len(library.cards()) == 29
    assert library.referentials(["RNCP129"]) == ()


@pytest.mark.parametrize(
    ("trades", "end"),
    [
        (MANY[:20], "</FICHES>"),  # too many are missing: an extract
        (MANY[:29], "<FICHE><NUMERO"),  # broken off
        (MANY[:29], "<FICHE><INTITULE>sans code</INTITULE></FICHE></FICHES>"),  # one that cannot be told
    ],
)
def test_an_export_that_is_no_proof_withdraws_nothing(library, tmp_path, trades, end):
    added(library, export(tmp_path / "monday.zip", MANY))
    report = added(library, export(tmp_path / "tuesday.zip", trades, end))
    assert report.vanished == ()
    assert report.imports[0].absent == (0 if end.startswith("<FICHE><NUMERO") else 30 - len(trades))
    assert len(library.cards()) == 30


def test_the_other_register_is_another_export(library, tmp_path):
    added(library, export(tmp_path / "rncp.zip", MANY))
    body = "".join(fiche(n, "sauveteur").replace("RNCP", "RS") for n in range(5))
    with zipfile.ZipFile(tmp_path / "rs.zip", "w") as archive:
        archive.writestr("rs.xml", f"<FICHES>{body}</FICHES>")
    report = added(library, tmp_path / "rs.zip")
    assert (report.vanished, len(library.cards())) == ((), 35)
