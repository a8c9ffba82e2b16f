"""The three kinds of people."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What a person may do; each may do what those before may."""

    PUBLIC = 0  # ask, search, compare
    ADVISOR = 1  # read CVs, write dossiers
    STAFF = 2  # add and remove sources, read feedback
