"""The commands that the README shows do what it says."""

import re
import shlex
from pathlib import Path

import pytest

from assistant.cli import main
from corpus.notices import folder

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ acquis (.+)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("readme")
    main(["add", "--home", str(home), *(str(p) for p in sorted(Path(folder()).glob("*.txt")))])
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_succeeds(command, home, capsys):
    assert main([*shlex.split(command), "--home", str(home)]) == 0
    assert capsys.readouterr().out.strip()


def test_there_are_commands_to_run():
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("name", ["README.md", "README.en.md", "CHANGELOG.md", "docs/decisions.md", "docs/figures.md"])
def test_no_link_of_ours_leads_nowhere(name):
    page = ROOT / name
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{name} links to {target}"
