"""A checksum on every row: SQLite has none on its pages, so a disk that turns a byte round would go unnoticed."""

from __future__ import annotations

import sqlite3
import zlib

SUM = 4  # bytes


class RowDamaged(sqlite3.DatabaseError):
    """What a row holds is not what was written; told to users as any damage of the file is."""


def seal(data: bytes) -> bytes:
    """The data behind its CRC-32."""
    return checksum(data) + data


def unseal(data: object) -> bytes:
    """What `seal` was given; raises RowDamaged where any bit of it differs."""
    if not isinstance(data, bytes) or data[:SUM] != checksum(data[SUM:]):
        raise RowDamaged("a row differs from its checksum")
    return data[SUM:]


def pack(data: bytes) -> bytes:
    """The data compressed, sealed."""
    return seal(zlib.compress(data, 6))


def unpack(data: object) -> bytes:
    """What `pack` was given; raises RowDamaged where any bit of it differs."""
    return zlib.decompress(unseal(data))


def checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(SUM, "little")
