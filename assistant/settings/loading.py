"""From the command line, the environment and the file to a checked configuration; the first that says a key wins."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any, get_type_hints

from assistant.settings.sections import Settings
from corpus.errors import UsageError

FILE = "acquis.toml"
OLDER = {  # names that came before there was a file
    "ACQUIS_MODEL": "ACQUIS_MODEL_NAME",
    "ACQUIS_ENCODER": "ACQUIS_SEARCH_ENCODER",
}
KINDS = {
    int: "un nombre entier / a whole number",
    str: "un texte / a text",
    tuple[str, ...]: "une liste de textes / a list of texts",
}
Table = Mapping[str, Any]


def load(
    environment: Mapping[str, str], config: Path | None = None, home: Path | None = None, said: Table | None = None
) -> Settings:
    """The configuration in force.

    Args:
        environment: variables ACQUIS_<SECTION>_<KEY>, and those that OLDER names.
        config: the file, else that of ACQUIS_CONFIG, else acquis.toml in the home if it is there.
        home: the folder that the command line named.
        said: sections and keys that the command line set, None where it did not.

    Raises:
        UsageError: a file that is missing or no TOML; an unknown key, or a value that will not do, by its name.
    """
    named = config or (Path(environment["ACQUIS_CONFIG"]) if environment.get("ACQUIS_CONFIG") else None)
    table = read(named) if named else {}
    folder = Path(home or environment.get("ACQUIS_HOME") or table.get("home") or default_home(environment))
    if not named and (folder / FILE).is_file():
        named, table = folder / FILE, read(folder / FILE)
    unknown(table, [f.name for f in fields(Settings)], "", named)
    values = {**environment, **{new: environment[old] for old, new in OLDER.items() if environment.get(old)}}
    sections = {
        f.name: section(f.default.__class__, f.name, table.get(f.name, {}), values, (said or {}).get(f.name, {}))
        for f in fields(Settings)
        if is_dataclass(f.default)
    }
    settings = Settings(folder.expanduser(), **sections)
    agreeing(settings)
    return settings


def default_home(environment: Mapping[str, str]) -> Path:
    """The store's folder where nothing says otherwise."""
    data = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "acquis"


def read(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(
            f"cannot read {file}: {error}",
            f"Le fichier de configuration {file} ne peut pas être lu.",
            f"The configuration file {file} cannot be read.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise refusal(
            f"{file} is no TOML: {error}",
            f"Le fichier de configuration {file} n’est pas du TOML : {error}.",
            f"The configuration file {file} is not TOML: {error}.",
        ) from error


def refusal(message: str, hint: str, hint_en: str) -> UsageError:
    return UsageError(message, hint, hint_en)


def section(kind: type, name: str, table: Any, environment: Mapping[str, str], said: Table) -> Any:
    """A section out of its table, over which the environment and the command line stand."""
    if not isinstance(table, Mapping):
        raise wrong(name, table, "une section / a section")
    unknown(table, [f.name for f in fields(kind)], f"{name}.", None)
    hints = get_type_hints(kind)
    found = {}
    for key in fields(kind):
        variable = f"ACQUIS_{name}_{key.name}".upper()
        if said.get(key.name) is not None:
            found[key.name] = checked(said[key.name], hints[key.name], key, f"--{key.name}")
        elif environment.get(variable):
            found[key.name] = checked(typed(environment[variable], hints[key.name]), hints[key.name], key, variable)
        elif key.name in table:
            found[key.name] = checked(table[key.name], hints[key.name], key, f"{name}.{key.name}")
        elif key.default is MISSING:
            raise wrong(f"{name}.{key.name}", None, KINDS[hints[key.name]])
    return kind(**found)


def typed(text: str, kind: Any) -> Any:
    """The value that a variable's text stands for; the text itself where it stands for none."""
    if kind is int:
        return int(text) if text.strip().lstrip("-").isdecimal() else text
    return tuple(part.strip() for part in text.split(",") if part.strip()) if kind == tuple[str, ...] else text


def checked(value: Any, kind: Any, key: Field, name: str) -> Any:
    """The value if it is of its kind and between its bounds; a list as a tuple."""
    if kind == tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise wrong(name, value, KINDS[kind], key)
        return tuple(value)
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise wrong(name, value, KINDS[kind], key)
    among = key.metadata.get("among")
    if among and value not in among:
        raise wrong(name, value, f"{' ou '.join(among)} / {' or '.join(among)}", key)
    least, most = key.metadata.get("least"), key.metadata.get("most")
    if least is not None and not least <= value <= most:
        raise wrong(name, value, f"de {least} à {most} / {least} to {most}", key)
    return value


def wrong(name: str, value: Any, expected: str, key: Field | None = None) -> UsageError:
    """The refusal of a value, which is not repeated where it is a secret."""
    shown = "…" if key is not None and key.metadata.get("secret") else repr(value)
    french, _, english = expected.partition(" / ")
    return UsageError(
        f"{name} is {shown}, expected {english}",
        f"Configuration : {name} vaut {shown} ; il faut {french}.",
        f"Configuration: {name} is {shown}; it must be {english}.",
    )


def unknown(table: Table, known: list[str], prefix: str, file: Path | None) -> None:
    """Raise UsageError for a key that nothing reads: a misspelt limit is no limit."""
    for key in sorted(set(table) - set(known)):
        near = get_close_matches(key, known, 1)
        raise UsageError(
            f"unknown key {prefix}{key}, expected one of {', '.join(known)}",
            f"Configuration : {prefix}{key} n’existe pas"
            + (f" ; vouliez-vous dire {prefix}{near[0]} ?" if near else "."),
            f"Configuration: there is no {prefix}{key}" + (f"; did you mean {prefix}{near[0]}?" if near else "."),
        )


def agreeing(settings: Settings) -> None:
    """Raise UsageError where keys contradict each other."""
    oidc, path = settings.oidc, settings.server.path
    if oidc.issuer and not oidc.client_id:
        raise wrong("oidc.client_id", oidc.client_id, "l’identifiant donné par le fournisseur / what the provider gave")
    if oidc.issuer and not oidc.issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise wrong("oidc.issuer", oidc.issuer, "une adresse https:// / an address https://")
    if oidc.issuer and not (oidc.advisors or oidc.staff):
        expected = "au moins une valeur de la revendication qui donne un rôle / a value of the claim that gives a role"
        raise wrong("oidc.advisors", [], expected)
    for reader in settings.metrics.readers:
        if not network(reader):
            raise wrong("metrics.readers", reader, "des adresses ou réseaux IP / IP addresses or networks")
    if path and (not path.startswith("/") or path.endswith("/")):
        raise wrong("server.path", path, "comme /acquis, sans barre finale / like /acquis, with no slash at its end")


def network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True
