"""The files that run the service elsewhere, held against the program: what they name exists, and is spelt as it is."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from assistant.cli.arguments import COMMANDS
from assistant.settings import Settings
from index.opening import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
SECTIONS = [part for part in fields(Settings) if is_dataclass(part.default)]
VARIABLES = {f"ACQUIS_{part.name}_{key.name}".upper() for part in SECTIONS for key in fields(part.default)}
VARIABLES |= {"ACQUIS_HOME", "ACQUIS_CONFIG", VARIABLE}


def instructions() -> list[tuple[str, str]]:
    """(instruction, its arguments) of the Dockerfile, comments gone and lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.strip().split(None, 1)) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "acquis.service", "nginx.conf", "Caddyfile"])
def test_every_variable_and_key_that_is_named_exists(name):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\bACQUIS_[A-Z_]+[A-Z]", text)) <= VARIABLES
    assert "/work/" not in text
    if name in ("nginx.conf", "Caddyfile"):
        assert {"proxies", "path"} <= set(re.findall(r"(\w+) = ", text))


def test_the_image_copies_what_there_is_and_all_that_is_needed():
    copied = [words.split()[:-1] for what, words in instructions() if what == "COPY" and "--from" not in words]
    sources = {source for group in copied for source in group}
    assert all((ROOT / source).exists() for source in sources)
    packages = {p.removesuffix("*") for p in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages | {"app.py", "pyproject.toml", "constraints.txt"} <= sources
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert sources <= {line[1:] for line in ignored if line.startswith("!")}


def test_the_image_runs_a_command_of_ours_as_nobody_in_particular():
    said = dict(instructions())
    assert json.loads(said["CMD"]) == ["acquis", "serve"]
    assert "serve" in COMMANDS
    user, group = re.fullmatch(r"([1-9]\d+):([1-9]\d+)", said["USER"]).groups()
    assert f"useradd --system --uid {user} " in DOCKERFILE
    assert f"groupadd --system --gid {group} acquis" in DOCKERFILE
    assert f"user {user} " in (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
    whats = [what for what, _ in instructions()]
    assert whats.count("FROM") == 2
    assert whats.index("HEALTHCHECK") > whats.index("USER")
    probe = json.loads(said["HEALTHCHECK"].split("CMD", 1)[1])
    compile(probe[2], "probe", "exec")
    assert "/readyz" in probe[2]
    extras = set(re.search(r'"\.\[(.+)\]"', DOCKERFILE)[1].split(","))
    assert extras <= set(PROJECT["project"]["optional-dependencies"])
    assert re.search(r"FROM python:3\.11-slim", DOCKERFILE)


def test_compose_names_only_what_it_describes():
    keys = {
        *("build", "image", "restart", "ports", "environment", "volumes", "networks", "read_only", "tmpfs"),
        *("cap_drop", "security_opt", "mem_limit", "stop_grace_period", "profiles", "healthcheck"),
    }
    assert set(COMPOSE) == {"services", "volumes", "networks"}
    for service in COMPOSE["services"].values():
        assert set(service) <= keys
        assert {v.split(":")[0] for v in service["volumes"]} <= set(COMPOSE["volumes"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])
    app = COMPOSE["services"]["acquis"]
    build = (DEPLOY / app["build"]["context"]).resolve()
    assert build == ROOT
    assert (build / app["build"]["dockerfile"]).is_file()
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    gateway = COMPOSE["networks"]["inside"]["ipam"]["config"][0]["gateway"]
    assert gateway in app["environment"]["ACQUIS_SERVER_PROXIES"]


def test_compose_and_the_image_agree_on_place_and_port():
    said = " ".join(words for what, words in instructions() if what == "ENV")
    port = re.search(r"ACQUIS_SERVER_PORT=(\d+)", said)[1]
    assert f"127.0.0.1:{port}:{port}" in COMPOSE["services"]["acquis"]["ports"]
    home = re.search(r"ACQUIS_HOME=(\S+)", said)[1]
    assert f"home:{home}" in COMPOSE["services"]["acquis"]["volumes"]
    assert dict(instructions())["VOLUME"] == home


def test_the_unit_starts_the_service_hardened():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(DEPLOY / "acquis.service", encoding="utf-8")
    service = unit["Service"]
    assert service["ExecStart"].split()[1:] == ["serve"]
    assert service["User"] == service["StateDirectory"] == "acquis"
    hardened = ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "RestrictNamespaces")
    assert all(service[key] == "yes" for key in hardened)
    assert service["ProtectSystem"] == "strict"


def test_systemd_understands_the_unit():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "acquis.service")], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if "acquis.service" in line]
    assert all("is not executable" in line for line in told), done.stderr


@pytest.mark.parametrize("text", [NGINX, CADDY])
def test_proxies_hide_the_figures_and_let_uploads_and_streams_through(text):
    bare = re.sub(r"#.*", "", text)
    assert bare.count("{") == bare.count("}")
    largest = Settings(Path()).limits.upload_megabytes
    assert re.search(rf"{largest + 1}MB|client_max_body_size {largest + 1}m;", bare)
    assert "proxy_buffering off" in bare or "flush_interval -1" in bare
    assert bare.count("/metrics") == 2


def test_nginx_tells_who_asks_and_ends_each_directive():
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Host", "X-Request-ID"):
        assert len(re.findall(rf"proxy_set_header {header} ", NGINX)) == 2
    bare = [re.sub(r"#.*", "", line).strip() for line in NGINX.splitlines()]
    assert all(line.endswith((";", "{", "}")) for line in bare if line)
    assert "return 301 https://" in NGINX
    assert re.search(r"location /acquis/ \{[^}]*proxy_pass http://acquis/;", NGINX)
