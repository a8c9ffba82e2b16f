"""Which file of a data.gouv.fr dataset is the newest export."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.errors import FetchError
from corpus.feed.web import opened, persistently

DATASET = (
    "https://www.data.gouv.fr/api/1/datasets/"
    "repertoire-national-des-certifications-professionnelles-et-repertoire-specifique/"
)
EXPORT = r"export[-_ ]?fiches[-_ ]{register}[-_ ]v4[-_.]1"
DAY = re.compile(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)")
LARGEST = 20_000_000  # bytes of a dataset's description
SAFE = re.compile(r"[^\w.-]+")
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Resource:
    """A file to download.

    Attributes:
        name: for the file on disk; holds no folder.
        size: in bytes, None where nobody says it.
        checksum: the name of its algorithm ("sha1") and the digest in hexadecimal; None where nobody says it.
    """

    url: str
    name: str
    size: int | None = None
    checksum: tuple[str, str] | None = None
    modified: str = ""


def newest(address: str = DATASET, register: str = "rncp", wait: Callable[[float], None] = time.sleep) -> Resource:
    """The newest export of a register ("rncp" or "rs") that a dataset lists, or the file itself of a direct address.

    Raises:
        FetchError: the address cannot be read, or lists no such export.
    """
    if urlsplit(address).path.lower().endswith((".zip", ".xml")):
        return Resource(address, _named(address))
    try:
        listed = json.loads(persistently(lambda: _description(address), address, wait=wait))["resources"]
        found = [_resource(r) for r in listed if _is_export(r, register)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_dataset(address) from error
    if not found:
        raise _no_export(address, register)
    return max(found, key=lambda r: (_day(r), r.modified))


def _description(address: str) -> bytes:
    with opened(address, SECONDS, {"Accept": "application/json"}) as answer:
        return answer.read(LARGEST)


def _is_export(row: Mapping[str, Any], register: str) -> bool:
    told = f"{row.get('title') or ''} {basename(urlsplit(row['url']).path)}".lower()
    return ".zip" in told and re.search(EXPORT.format(register=register), told) is not None


def _resource(row: Mapping[str, Any]) -> Resource:
    checksum, size = row.get("checksum") or {}, row.get("filesize")
    known = (str(checksum["type"]).lower().replace("-", ""), str(checksum["value"]).lower()) if checksum else None
    modified = str(row.get("last_modified") or "")
    return Resource(str(row["url"]), _named(row["url"]), int(size) if size else None, known, modified)


def _day(resource: Resource) -> str:
    """The day that its name bears, else that of its last change, as yyyymmdd."""
    found = DAY.search(resource.name) or DAY.search(resource.modified)
    return "".join(found.groups()) if found else ""


def _named(address: str) -> str:
    return SAFE.sub("_", unquote(basename(urlsplit(address).path))).lstrip(".")[-120:] or "export.zip"


def _no_dataset(address: str) -> FetchError:
    return FetchError(
        f"{address} is no description of a dataset, expected JSON with resources",
        f"L'adresse {address} ne donne ni un export (.zip, .xml) ni la description d'un jeu de données de "
        "data.gouv.fr. Vérifiez-la.",
        f"The address {address} gives neither an export (.zip, .xml) nor the description of a dataset of "
        "data.gouv.fr. Check it.",
    )


def _no_export(address: str, register: str) -> FetchError:
    return FetchError(
        f"{address} lists no export of fiches {register} in format V4.1",
        f"Le jeu de données {address} ne contient aucun export de fiches {register.upper()} au format V4.1 : son nom "
        "a peut-être changé. Téléchargez le fichier à la main et ajoutez-le par « acquis add FICHIER ».",
        f"The dataset {address} lists no export of {register.upper()} fiches in format V4.1: its name may have "
        "changed. Download the file by hand and add it with “acquis add FILE”.",
    )
