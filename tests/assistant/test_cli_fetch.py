"""`acquis fetch` against a local server: downloaded, checked, imported, remembered; errors that say what to do."""

import hashlib
import io
import json
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.cli import main
from assistant.cli.statuses import BAD_USAGE, DONE
from index.library import Library

FICHE = (
    "<FICHE><NUMERO_FICHE>RNCP{n}</NUMERO_FICHE><INTITULE>Artisan {n}</INTITULE><ACTIF>{active}</ACTIF>"
    "<BLOCS_COMPETENCES><BLOC_COMPETENCES><CODE>RNCP{n}BC01</CODE><LIBELLE>Atelier</LIBELLE>"
    "<LISTE_COMPETENCES>- Tenir un atelier</LISTE_COMPETENCES></BLOC_COMPETENCES></BLOCS_COMPETENCES></FICHE>"
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "served"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def publish(folder, address, count: int, checksum: str | None = None) -> str:
    """Put an export and its dataset there; the dataset's address."""
    data = io.BytesIO()
    fiches = "".join(FICHE.format(n=n, active="Non" if n == 100 else "Oui") for n in range(100, 100 + count))
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("export.xml", f"<FICHES>{fiches}</FICHES>")
    name = f"export-fiches-rncp-v4-1-2026-11-{count:02}.zip"
    (folder / name).write_bytes(data.getvalue())
    digest = checksum or hashlib.sha1(data.getvalue()).hexdigest()
    row = {"title": name, "url": f"{address}/{name}", "filesize": len(data.getvalue()), "last_modified": ""}
    (folder / "dataset").write_text(json.dumps({"resources": [row | {"checksum": {"type": "sha1", "value": digest}}]}))
    return f"{address}/dataset"


def run(home, *words: str) -> int:
    return main(["fetch", "--home", str(home), *words])


def test_the_export_is_fetched_imported_and_not_fetched_twice(served, tmp_path, capsys):
    url = publish(*served, 3)
    home = tmp_path / "home"
    assert run(home, url) == DONE
    assert "3 fiches lues, 3 ajoutées" in capsys.readouterr().err
    assert [c.code for c in Library.open(home).cards()] == ["RNCP100", "RNCP101", "RNCP102"]
    assert sorted(p.name for p in (home / "fetched").iterdir()) == ["last.json"]
    assert run(home, url) == DONE
    assert "déjà importé" in capsys.readouterr().err
    assert run(home, url, "--active-only", "--keep") == DONE
    assert "1 inactives, gardées sans leurs passages" in capsys.readouterr().err
    assert len(list((home / "fetched").glob("*.zip"))) == 1
    assert run(home, publish(*served, 4)) == DONE
    assert "4 fiches lues, 2 ajoutées ou modifiées, 2 inchangées" in capsys.readouterr().err


def test_a_wrong_checksum_imports_nothing(served, tmp_path, capsys):
    assert run(tmp_path / "home", publish(*served, 3, "0" * 40)) == BAD_USAGE
    assert "rien n'a été importé" in capsys.readouterr().err
    assert not (tmp_path / "home" / "acquis.sqlite").exists()


def test_an_address_that_is_gone(served, tmp_path, capsys):
    assert run(tmp_path / "home", f"{served[1]}/nothing") == BAD_USAGE
    assert "acquis add FICHIER" in capsys.readouterr().err
