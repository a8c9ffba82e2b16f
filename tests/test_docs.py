"""The documentation says what is so: links, pictures, commands, keys, words of the pages, and code that runs."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.cli.arguments import parser
from assistant.settings import Settings
from assistant.settings.loading import OLDER

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
HISTORY = {"decisions.md"}  # says what was once so
PAGES = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in sorted(DOCS.rglob("*.md"))}
PAGES |= {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")}
PRESENT = {name: text for name, text in PAGES.items() if Path(name).name not in HISTORY}
GUIDE = PAGES["docs/developing.md"]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
SECTIONS = {f.name: {k.name for k in fields(f.default)} for f in fields(Settings) if is_dataclass(f.default)}
HEAVIEST = 1_500_000  # bytes of all pictures


def fenced(text: str, *languages: str) -> list[str]:
    """The blocks of code of some languages, "" for those that name none."""
    return [code for language, code in FENCED.findall(text) if language in languages]


def inline(text: str) -> list[str]:
    return INLINE.findall(FENCED.sub("", text))


def headings(text: str) -> set[str]:
    """The anchors of a page: its headings without accents and marks, in small letters, blanks as hyphens."""
    plain = (unicodedata.normalize("NFKD", h) for h in re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE))
    words = (re.sub(r"[^\w\s-]", "", p.encode("ascii", "ignore").decode()).strip().lower() for p in plain)
    return {re.sub(r"[\s-]+", "-", w) for w in words}


def shown() -> Iterator[tuple[str, str, bool]]:
    """(page, command, whole): whole where it stands as a line to be typed, else only named in a sentence."""
    for name, text in PRESENT.items():
        lines = [line for code in fenced(text, "", "console", "sh", "bash") for line in code.splitlines()]
        for pieces, whole in ((lines, True), (inline(text), False)):
            for piece in pieces:
                if found := re.match(r"(?:\$ )?(?:[\w./-]*/)?acquis (?!(?:COMMAND|:))(.+)", piece):
                    yield name, found[1], whole


COMMANDS = sorted(set(shown()))


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_somewhere(page):
    here = ROOT / page
    for target, anchor in LINK.findall(FENCED.sub("", PAGES[page])):
        found = (here.parent / target).resolve() if target else here
        assert found.exists(), f"{page} leads to {target}"
        assert found.is_relative_to(ROOT)
        if anchor:
            assert anchor in headings(found.read_text(encoding="utf-8")), f"{page} leads to {target}#{anchor}"


def test_every_page_is_in_the_navigation():
    listed = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(f"docs/{name}" for name in listed) == [name for name in PAGES if name.startswith("docs/")]


def test_every_picture_is_used_and_all_are_light():
    pictures = sorted((DOCS / "images").glob("*.png"))
    used = {Path(target).name for text in PAGES.values() for target, _ in LINK.findall(text)}
    assert [p.name for p in pictures if p.name not in used] == []
    assert sum(p.stat().st_size for p in pictures) < HEAVIEST


def test_every_picture_is_made_by_the_script():
    tree = ast.parse((DOCS / "screenshot.py").read_text(encoding="utf-8"))
    [table] = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "SCENES"]
    assert {key.value for key in table.keys} == {p.stem for p in (DOCS / "images").glob("*.png")}


@pytest.mark.parametrize(("page", "command", "whole"), COMMANDS)
def test_a_command_is_one_that_can_be_typed(page, command, whole, capsys):
    status = 0
    try:
        parser().parse_args(shlex.split(command, comments=True))
    except SystemExit as stopped:
        status = stopped.code
    told = capsys.readouterr().err
    named = not whole and ("arguments are required" in told or "expected one argument" in told)
    assert status == 0 or named, f"{page}: acquis {command}\n{told}"


def test_there_are_commands_and_most_are_whole():
    assert sum(whole for _, _, whole in COMMANDS) >= 30


@pytest.mark.parametrize("page", PRESENT)
def test_scripts_and_targets_exist(page):
    code = "\n".join([*inline(PRESENT[page]), *fenced(PRESENT[page], "", "sh", "bash")])
    for script in re.findall(r"python3? ([\w/]+\.py)", code):
        assert (ROOT / script).is_file(), f"{page} runs {script}"
    for module in re.findall(r"python3? -m ((?:benchmarks|training|assistant)[\w.]*)", code):
        path = ROOT / module.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), f"{page} runs -m {module}"
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"^make (\w+)", code, re.MULTILINE)) <= set(targets)


@pytest.mark.parametrize("page", PRESENT)
def test_keys_and_variables_are_read_by_somebody(page):
    variables = {f"ACQUIS_{s}_{k}".upper() for s, keys in SECTIONS.items() for k in keys} | set(OLDER)
    for name in set(re.findall(r"ACQUIS_[A-Z_]*[A-Z](?![A-Z_<])", PRESENT[page])) - variables:
        assert name in literals(), f"{page} names {name}"
    for section, key in re.findall(r"`([a-z]+)\.(?!(?:py|md|js|css|csv|json|toml|xml|txt)`)([a-z_]+)`", PRESENT[page]):
        assert key in SECTIONS.get(section, {key}), f"{page} names {section}.{key}"
    for code in fenced(PRESENT[page], "toml"):
        for section, table in tomllib.loads(code).items():
            assert section in {"home", *SECTIONS}
            assert set(table if isinstance(table, dict) else ()) <= SECTIONS.get(section, set())


@cache
def literals() -> str:
    """The code that may read the environment, as one text."""
    rooms = ("assistant", "corpus", "index", "training", "tests/conftest.py")
    files = [p for room in rooms for p in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))]
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


@pytest.mark.parametrize("name", sorted(p.name for p in (DOCS / "guide").glob("*.md")))
def test_words_in_bold_are_those_of_the_pages(name):
    table = tomllib.loads((ROOT / "assistant/web/texts.toml").read_text(encoding="utf-8"))
    words = {*table["fr"].values(), table["fr"]["lang.other"]}
    bold = set(re.findall(r"\*\*(.+?)\*\*", PAGES[f"docs/guide/{name}"]))
    assert bold
    assert {b for b in bold if not any(typed(b) == typed(w) for w in words)} == set()


def typed(text: str) -> str:
    """A phrase with the apostrophes and blanks of a keyboard."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


def test_paths_of_the_developers_guide_exist():
    for path in inline(GUIDE):
        if re.fullmatch(r"[\w*]+(?:/[\w.*-]*)+", path) and not path.startswith("build/"):
            assert any(ROOT.glob(path.rstrip("/"))), f"the guide names {path}"


def test_the_developers_guide_names_every_room():
    rooms = [p.parent for room in ("corpus", "index", "assistant") for p in (ROOT / room).glob("*/__init__.py")]
    assert [r.name for r in rooms if f"`{r.relative_to(ROOT).as_posix()}/`" not in GUIDE] == []


def test_the_code_of_the_developers_guide_runs():
    code = "\n".join(fenced(GUIDE, "python"))
    assert code.count("assert ") >= 6
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ACQUIS_")}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr


def test_the_site_is_built_and_asks_nobody_else(tmp_path):
    pytest.importorskip("material", reason="`make docs` installs what builds the site")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    pages = {p.relative_to(tmp_path / "site").as_posix(): p.read_text("utf-8") for p in tmp_path.rglob("*.html")}
    for name, page in pages.items():
        assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=.?https?:", page) == [], name
    assert "suffit\u00a0:" in pages["index.html"]
    assert '<html lang="fr"' in pages["guide/candidat.html"]
    assert '<html lang="en"' in pages["en/candidate.html"]
