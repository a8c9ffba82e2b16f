"""Zipped documents, held to their limits before any parser sees them."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.reading.refusals import Refused

_INFLATED = 150_000_000  # bytes of all members together
_MEMBERS = 5_000
_CHUNK = 1 << 20
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def checked(kind: str, data: bytes) -> zipfile.ZipFile:
    """The archive of a DOCX or ODT, once each of its members has been inflated within the limit.

    Raises:
        Refused: if it is damaged or encrypted, would inflate beyond the limit, or declares entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if len(members) > _MEMBERS or sum(m.file_size for m in members) > _INFLATED:
            raise Refused("inflated", limit=_INFLATED // 1_000_000)
        if any(m.flag_bits & 1 for m in members):
            raise Refused("encrypted", kind=kind)
        left = _INFLATED
        for member in members:
            left = _inflate(archive, member, left, kind)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zipfile.zlib.error):
        raise Refused("broken", kind=kind) from None
    return archive


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, kind: str) -> int:
    """Inflate a member, checking it on the way; what is left of the limit afterwards."""
    first = True
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused("inflated", limit=_INFLATED // 1_000_000)
            if first and member.filename.endswith((".xml", ".rels")) and _DECLARATION.search(chunk):
                raise Refused("entities", kind=kind)
            first = False
    return left
