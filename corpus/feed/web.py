"""The one door to the network for files: addresses opened with time-outs, and what goes wrong said in plain words."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit

from corpus.errors import FetchError

AGENT = "Acquis (https://pypi.org/project/acquis)"
SCHEMES = ("http", "https")
RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
Broken = (OSError, http.client.HTTPException)  # what a connection that breaks off raises, time-outs included


T = TypeVar("T")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections, but neither out of the web nor from a secured address to an open one."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in SCHEMES or (before, after) == ("https", "http"):
            raise FetchError(
                f"{req.full_url} redirects to {newurl}",
                f"L'adresse {req.full_url} renvoie vers une adresse qui n'est pas sûre : téléchargement refusé.",
                f"The address {req.full_url} leads on to one that is not safe: the download is refused.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@contextmanager
def opened(
    address: str, seconds: float, headers: Mapping[str, str] | None = None
) -> Iterator[http.client.HTTPResponse]:
    """The answer of an address: its `status`, `headers` and bytes.

    Args:
        seconds: without a byte after which the connection counts as broken.

    Raises:
        FetchError: the address is none, or its server refuses; `retryable` tells whether a later try may succeed.
        OSError, HTTPException: the connection failed or broke off.
    """
    if urlsplit(address).scheme not in SCHEMES or not urlsplit(address).hostname:
        raise FetchError(
            f"{address!r} is no web address",
            f"« {address} » n'est pas une adresse web : elle doit commencer par https://.",
            f"“{address}” is no web address: it must begin with https://.",
        )
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, **(headers or {})})
    try:
        answer = urllib.request.build_opener(_Redirects).open(request, timeout=seconds)
    except urllib.error.HTTPError as error:
        with error:
            raise refused(address, error.code) from None
    with answer:
        yield answer


def persistently(
    ask: Callable[[], T], address: str, tries: int = 4, pause: float = 1.0, wait: Callable[[float], None] = time.sleep
) -> T:
    """What a short question to a server is answered, after as many tries as it takes.

    Raises:
        FetchError: the server refuses, or failed each time.
    """
    for left in range(tries - 1, -1, -1):
        try:
            return ask()
        except FetchError as error:
            if not error.retryable or not left:
                raise
        except Broken as error:
            if not left:
                raise unreachable(address, error) from error
        wait(pause * 2 ** (tries - 1 - left))
    raise ValueError(f"{tries} tries, expected at least 1")


def refused(address: str, status: int) -> FetchError:
    retryable = status in RETRYABLE
    if status in (404, 410):
        told = "n'existe pas ou plus (404)", "does not exist, or no longer (404)"
    else:
        told = f"répond par l'erreur {status}", f"answers with error {status}"
    doing = (
        ("Réessayez dans quelques minutes.", "Try again in some minutes.")
        if retryable
        else (
            "Vérifiez-la, ou téléchargez le fichier à la main et ajoutez-le par « acquis add FICHIER ».",
            "Check it, or download the file by hand and add it with “acquis add FILE”.",
        )
    )
    return FetchError(
        f"{address} answers {status}",
        f"L'adresse {address} {told[0]}. {doing[0]}",
        f"The address {address} {told[1]}. {doing[1]}",
        retryable,
    )


def unreachable(address: str, error: BaseException) -> FetchError:
    """The word that a server could not be reached, or broke off too often."""
    host = urlsplit(address).hostname
    reason = getattr(error, "reason", error)
    return FetchError(
        f"{address}: {error!r}",
        f"Le serveur {host} ne répond pas, ou coupe la connexion ({reason}). Vérifiez l'accès à Internet et relancez : "
        "le téléchargement reprendra où il s'est arrêté.",
        f"The server {host} does not answer, or breaks the connection ({reason}). Check the network and try again: "
        "the download will go on where it stopped.",
        retryable=True,
    )
