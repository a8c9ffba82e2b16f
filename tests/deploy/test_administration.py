"""The administrator's guide names commands, options, keys and figures that exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from assistant.cli.arguments import parser
from assistant.running.figures import Figures
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^(?:docker compose .* exec acquis )?acquis (.+?)(?:\s+#.*)?$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_of_the_guide_is_understood(command):
    assert parser().parse_args(shlex.split(command)).run


def test_commands_named_in_the_text_exist():
    named = set(re.findall(r"`acquis (\w+)", GUIDE))
    assert {"backup", "restore", "upgrade", "privacy"} & set(" ".join(SHOWN).split())
    for name in named:
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([name, "--help"])
        assert ended.value.code == 0


def test_keys_of_the_guide_exist():
    parts = [part for part in fields(Settings) if is_dataclass(part.default)]
    sections = {part.name: {key.name for key in fields(part.default)} for part in parts}
    for block in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL):
        for name, table in tomllib.loads(block).items():
            assert set(table) <= sections[name]
    for section, key in re.findall(r"`(server|limits|logs|metrics|privacy|feedback)\.(\w+)", GUIDE):
        assert key in sections[section]


def test_figures_of_the_guide_are_told():
    figures = Figures()
    told = figures.text().decode()
    late = {"acquis_store_generation", "acquis_store_certifications", "acquis_waiting"}  # read off a whole service
    late |= {"acquis_model_failures", "acquis_model_resting_seconds"}
    for name in set(re.findall(r"`(acquis_[a-z_]+)", GUIDE)) - late:
        assert f"# HELP {name}" in told, name


def test_what_the_guide_points_to_is_there():
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", GUIDE):
        assert (ROOT / "docs" / target).exists()
    for path in re.findall(r"`((?:deploy|assistant)/[\w./-]+)`", GUIDE):
        assert (ROOT / path).exists(), path
