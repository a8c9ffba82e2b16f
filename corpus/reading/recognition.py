"""The one door to Tesseract: the words of a page's picture and where they stand, where the program is installed."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import cache

from corpus.reading.pdfium import Pdf, Pixels
from corpus.reading.refusals import Refused
from corpus.reading.words import Piece, spelled

_PLACES = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"  # a reader's process has no PATH of the user's
_LANGUAGES = ("fra", "eng")
_SCALE = 300 / 72  # pixels a point: Tesseract is made for 300 dots an inch
_PIXELS = 12_000_000  # of a page at most: A4 has 8.7 million
_PAGES = 20  # of a file at most
_SECONDS = 80  # for a file, less than its reader has
_SURE = 35  # of 100: words recognised with less confidence are specks
_LEGIBLE, _FEWEST = 60, 3  # mean confidence of a page, and words of it, from which it holds text


@cache
def program() -> str | None:
    return shutil.which("tesseract", path=_PLACES)


class Recogniser:
    """Reads the pictures of one file, within its limits of pages and time."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = 0
        self._end = time.monotonic() + _SECONDS

    def pieces(self, number: int, width: float, height: float) -> list[Piece]:
        """The words of a page, from 1, in the order in which Tesseract reads them; none where it is no text.

        Args:
            width, height: of the page, in points.

        Raises:
            Refused: beyond the limits, or if Tesseract cannot work.
        """
        self._pages += 1
        left = self._end - time.monotonic()
        if self._pages > _PAGES:
            raise Refused("scanned_pages", limit=_PAGES)
        if left <= 0:
            raise Refused("time", seconds=_SECONDS)
        scale = min(_SCALE, (_PIXELS / max(width * height, 1)) ** 0.5)
        found = list(_words(_recognised(self._pdf.pixels(number, scale), left), scale))
        sure = [confidence for confidence, _ in found]
        if len(found) < _FEWEST or sum(sure) / len(sure) < _LEGIBLE:
            return []
        return [piece for _, piece in found]


def _recognised(picture: Pixels, seconds: float) -> str:
    """Tesseract's table (TSV) of what it reads: https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html"""
    rows = (picture.grey[y * picture.stride : y * picture.stride + picture.width] for y in range(picture.height))
    pgm = f"P5 {picture.width} {picture.height} 255\n".encode() + b"".join(rows)
    command = [program() or "tesseract", "stdin", "stdout", "-l", _languages(), "--dpi", "300", "--psm", "3", "tsv"]
    environment = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, input=pgm, capture_output=True, timeout=seconds, env=environment, check=True)
    except subprocess.TimeoutExpired:
        raise Refused("time", seconds=_SECONDS) from None
    except (OSError, subprocess.CalledProcessError):
        raise Refused("recogniser") from None
    return done.stdout.decode("utf-8", "replace")


@cache
def _languages() -> str:
    """French and English, as far as Tesseract has them."""
    try:
        listed = subprocess.run([program() or "tesseract", "--list-langs"], capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        raise Refused("recogniser") from None
    there = set(listed.stdout.decode("utf-8", "replace").split())
    found = [language for language in _LANGUAGES if language in there]
    if not found:
        raise Refused("recogniser")
    return "+".join(found)


def _words(table: str, scale: float) -> Iterator[tuple[float, Piece]]:
    """Each word with its confidence; the words of a line stand on one baseline, in letters of one height."""
    line: list[list[str]] = []
    place = 0
    for row in [*(r.split("\t") for r in table.splitlines()[1:]), []]:
        if line and (len(row) < 12 or row[1:5] != line[0][1:5]):
            yield from _line(line, scale, place)
            place, line = place + len(line), []
        if len(row) >= 12 and row[0] == "5" and float(row[10]) >= _SURE and spelled(row[11]):
            line.append(row)


def _line(rows: list[list[str]], scale: float, place: int) -> Iterator[tuple[float, Piece]]:
    boxes = [[float(value) / scale for value in row[6:10]] for row in rows]
    bottoms = sorted(top + height for _, top, _, height in boxes)
    baseline = bottoms[len(bottoms) // 3]  # words without letters that hang below the line
    size = max(height for *_, height in boxes)
    for i, (row, (left, _, width, _)) in enumerate(zip(rows, boxes, strict=True)):
        top, bottom = baseline - 0.75 * size, baseline + 0.2 * size
        text = (spelled(row[11]),)
        yield float(row[10]), Piece(left, top, left + width, bottom, baseline, size, place + i, text)
