"""An export of many fiches: a source each, counted, embedded once, resumed after a kill, seen in one generation."""

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from invented import BAKER, JOINER, Invented, fill, texts

from corpus.errors import StoreBusy
from index import importing, staging, store
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


def fiche(number: int, trade: str) -> str:
    block = f"<CODE>RNCP{number}BC01</CODE><LIBELLE>Atelier</LIBELLE><LISTE_COMPETENCES>- Tenir un atelier de {trade}"
    return (
        f"<FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE>\n<INTITULE>Artisan {trade}</INTITULE>\n<BLOCS_COMPETENCES>"
        f"<BLOC_COMPETENCES>{block}</LISTE_COMPETENCES></BLOC_COMPETENCES></BLOCS_COMPETENCES></FICHE>\n"
    )


def export(path: Path, trades=TRADES, end: str = "</FICHES>", first: int = 100) -> Path:
    """A ZIP, so that it is read fiche by fiche however small."""
    body = "".join(fiche(number, trade) for number, trade in enumerate(trades, first))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.xml", f"<FICHES>{body}{end}")
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
