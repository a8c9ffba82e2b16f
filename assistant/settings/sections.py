"""What can be configured: a section a class, a key a field, with its default and its bounds.

To add a key, add a field; to add a section, add a class and a field of Settings. Loading, checking, the environment
variable (ACQUIS_<SECTION>_<KEY>) and `acquis config` follow; docs/configuration.md is held to it by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

NAMES_OF_HERE = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})


def number(default: float, least: float, most: float) -> Any:
    """A field for a number between two bounds, both included."""
    return field(default=default, metadata={"least": least, "most": most})


def secret(default: str = "") -> Any:
    """A field that is never shown."""
    return field(default=default, metadata={"secret": True})


def choice(default: str, *values: str) -> Any:
    """A field for one of some words."""
    return field(default=default, metadata={"among": (default, *values)})


@dataclass(frozen=True, slots=True)
class Server:
    """Where the service listens.

    Attributes:
        path: the subpath that a reverse proxy serves it under, without "/" at its end; "" for none.
        proxies: addresses of reverse proxies whose X-Forwarded headers are believed; of nobody else they are.
    """

    host: str = "127.0.0.1"
    port: int = number(7860, 1, 65535)
    path: str = ""
    proxies: tuple[str, ...] = ()

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return self.host in NAMES_OF_HERE or ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Sessions:
    """How long signing in lasts, and how wrong passwords are met."""

    idle_minutes: int = number(60, 1, 24 * 60)
    absolute_hours: int = number(12, 1, 24 * 30)
    lock_after: int = number(5, 1, 100)  # wrong passwords in a row, before each further one doubles the wait


@dataclass(frozen=True, slots=True)
class Oidc:
    """Single sign-on by OpenID Connect; off where there is no issuer.

    Attributes:
        issuer: its address, below which /.well-known/openid-configuration is.
        name: what the button says: "Se connecter avec …".
        role_claim: the claim that tells the role; dots lead into claims within claims.
        advisors, staff: values of that claim, any of which gives the role.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: str = secret()
    name: str = "OpenID Connect"
    scopes: tuple[str, ...] = ("openid", "email")
    role_claim: str = "roles"
    advisors: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken from whom: per minute, and at once."""

    requests_per_address: int = number(600, 1, 1_000_000)
    requests_per_session: int = number(240, 1, 1_000_000)
    uploads_per_address: int = number(60, 1, 1_000_000)
    sign_ins_per_address: int = number(20, 1, 1_000_000)
    upload_megabytes: int = number(100, 1, 100)  # what reading takes at most; larger exports go by `acquis add`
    body_megabytes: int = number(8, 1, 1_000)  # of what is not an upload
    waiting: int = number(64, 1, 100_000)  # requests of one page that wait, before more are refused
    at_once: int = number(8, 1, 1_000)  # requests of one kind that are worked on at once


@dataclass(frozen=True, slots=True)
class Model:
    """The language model, where there is one: see the README."""

    url: str = ""
    name: str = ""
    key: str = secret()


@dataclass(frozen=True, slots=True)
class Search:
    """The model that searches: a folder or a name, "" for the one that ships."""

    encoder: str = ""


@dataclass(frozen=True, slots=True)
class Logs:
    """What the service writes on standard output of what it does; never what anybody wrote.

    Attributes:
        format: "text" for people, "json" for programs, a line each.
        level: from "info" on, each request by its route.
        addresses: whether a request's address is written: not at all, or without its last part.
    """

    format: str = choice("text", "json")
    level: str = choice("warning", "info", "error")
    addresses: str = choice("none", "truncated")


@dataclass(frozen=True, slots=True)
class Metrics:
    """Who may read /metrics: addresses and networks; none closes it."""

    readers: tuple[str, ...] = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Privacy:
    """How long files are kept, and who answers for what is: the page /confidentialite says it.

    Attributes:
        uploads_hours: files given to a page, where the page did not erase them itself; 0 for ten minutes.
        responsible: who runs the service; contact: their address, mail or web.
    """

    uploads_hours: int = number(0, 0, 7 * 24)
    responsible: str = ""
    contact: str = ""

    @property
    def uploads_seconds(self) -> int:
        return self.uploads_hours * 3600 or 600


@dataclass(frozen=True, slots=True)
class Feedback:
    """Readers' opinions on answers."""

    keep_hours: int = number(90 * 24, 1, 10 * 366 * 24)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration.

    Attributes:
        home: the folder of the store and of the accounts.
    """

    home: Path
    server: Server = Server()
    sessions: Sessions = Sessions()
    oidc: Oidc = Oidc()
    limits: Limits = Limits()
    model: Model = Model()
    search: Search = Search()
    feedback: Feedback = Feedback()
    logs: Logs = Logs()
    metrics: Metrics = Metrics()
    privacy: Privacy = Privacy()

    @property
    def accounts(self) -> Path:
        """The folder of the accounts: the home, or where it would be if it is the address of a database."""
        shared = str(self.home).startswith(("postgres:", "postgresql:"))
        return Path.home() / ".local" / "share" / "acquis" if shared else self.home

    @property
    def environment(self) -> Mapping[str, str]:
        """What the parts that read the environment by themselves are to find there."""
        named = {
            "ACQUIS_MODEL": self.model.name,
            "ACQUIS_MODEL_URL": self.model.url,
            "ACQUIS_MODEL_KEY": self.model.key,
            "ACQUIS_ENCODER": self.search.encoder,
        }
        return {name: value for name, value in named.items() if value}
