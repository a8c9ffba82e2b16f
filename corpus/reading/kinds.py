"""Which format a file is in, by its content; its name only decides between text formats that look alike."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.reading.refusals import Refused

READ = ("text", "pdf", "docx", "odt", "html", "xml")

# First bytes: https://en.wikipedia.org/wiki/List_of_file_signatures
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"ID3", "media"),
    (b"OggS", "media"),
)
_INSIDE = (  # a member's name, or the declared type of an OpenDocument or EPUB file
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "sheet"),
    ("xl/workbook.bin", "sheet"),
    ("ppt/presentation.xml", "slides"),
)
_DECLARED = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
    (b"application/epub+zip", "epub"),
)
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # an Office file with a password is an old container of a new one
# A byte order mark, declarations and comments may come before the first element, whose name decides.
_FIRST = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<([A-Za-z_][\w.:-]*)", re.IGNORECASE | re.DOTALL)
_DOCTYPE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*<!doctype\s+html", re.IGNORECASE | re.DOTALL)
_HTML = frozenset(b"html head body p div h1 h2 h3 h4 h5 h6 table ul ol section article main span".split())
_XML = re.compile(rb"\s*<(?:\?xml\s|!DOCTYPE\s|!--|[A-Za-z_][\w.:-]*[\s/>])")


def kind(name: str, data: bytes) -> str:
    """The format of a file: a key of `refusals.KINDS`.

    Raises:
        Refused: if the file is empty or a broken ZIP.
    """
    if not data.strip(b"\0 \t\r\n\f"):
        raise Refused("empty")
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(name, data)
    if head[:4] == b"RIFF":
        return "image" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "media"
    for magic, found in _MAGIC:
        if head.startswith(magic):
            if found == "office" and _LOCKED in data:
                raise Refused("encrypted", kind="docx")
            return found
    return _marked_up(name, head)


def _zipped(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused("broken", kind=_broken(name, data)) from None
    for member, found in _INSIDE:
        if member in names:
            return found
    for declared, found in _DECLARED:  # OpenDocument wants its type first in the file and stored as it is
        if declared in data[30:120]:
            return found
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= names else "zip"


def _broken(name: str, data: bytes) -> str:
    """What a ZIP without a readable directory was meant to be."""
    if b"word/" in data or name.lower().endswith(".docx"):
        return "docx"
    if _DECLARED[0][0] in data[:120] or name.lower().endswith(".odt"):
        return "odt"
    return "zip"


def _marked_up(name: str, head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    elif b"\0" in head:
        return "binary"
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not _XML.match(head):
        return "text"
    first = _FIRST.match(head)
    named = name.lower().endswith((".html", ".htm"))
    return "html" if _DOCTYPE.match(head) or named or (first and first[1].lower() in _HTML) else "xml"
