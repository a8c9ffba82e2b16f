"""Writes the CVs of `benchmarks/cvs/*.toml` to `benchmarks/cvs/files`: python -m benchmarks.cvs.make [NAME]…

Wants Chromium for the web layouts and LibreOffice for the printed ones. The files are kept with the source, so that
measuring and testing need neither.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cvs import office, pages, printed
from benchmarks.cvs.people import FILES, Person, people

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
OFFICE = ["soffice", "--headless", "--convert-to", "pdf", "--outdir"]


def write(person: Person) -> None:
    out = FILES / person.file
    if person.layout in printed.LAYOUTS:
        out.write_bytes(printed.file(person))
    elif person.layout not in office.LAYOUTS:
        _printed(CHROMIUM, pages.page(person), out)
    elif person.layout in office.PRINTED:
        _converted(office.file(person), out)
    else:
        out.write_bytes(office.file(person))


def _printed(command: list[str], html: str, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cv.html"
        source.write_text(html, "utf-8")
        subprocess.run([*command, f"--print-to-pdf={out}", source.as_uri()], check=True, capture_output=True)


def _converted(data: bytes, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{out.stem}.docx"
        source.write_bytes(data)
        subprocess.run([*OFFICE, str(out.parent), str(source)], check=True, capture_output=True)


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or ["people"]:
        for person in people(name):
            write(person)
            print(person.file)


if __name__ == "__main__":
    main()
