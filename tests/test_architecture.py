"""The architecture, as a test: who may import whom, one door per dependency, nothing circular."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("corpus", "index", "prompts", "assistant")
MAY_USE = {
    "corpus": {"corpus"},
    "index": {"corpus", "index", "tiktoken_ext"},
    "prompts": {"prompts"},
    "assistant": {"corpus", "index", "prompts", "assistant"},
}
DOORS = {  # each dependency enters through one file, Gradio through one folder
    "faiss": "index/dense.py",
    "bm25s": "index/lexical.py",
    "scipy": "index/lexical.py",
    "psycopg": "index/postgres/database.py",
    "sentence_transformers": "index/encoder.py",
    "tiktoken": "index/tokens.py",
    "langchain": "assistant/model/chat.py",
    "langchain_core": ("assistant/model/chat.py", "assistant/api/retriever.py"),
    "langchain_openai": "assistant/model/chat.py",
    "openai": "assistant/model/wire.py",
    "gradio": "assistant/web/",
    "argon2": "assistant/access/accounts.py",
    "prometheus_client": "assistant/running/figures.py",
    "authlib": "assistant/access/oidc.py",
    "joserfc": "assistant/access/oidc.py",
    "mcp": "assistant/api/tools.py",
    "docx": ("corpus/reading/docx.py", "assistant/dossier/docx.py", "assistant/web/transcript/docx.py"),
    "odf": "corpus/reading/odt.py",
    "pypdfium2": "corpus/reading/pdfium/",
    "lxml": "corpus/reading/html.py",
    "typst": "assistant/dossier/typesetting.py",
    "openpyxl": "assistant/dossier/xlsx.py",
}
FORBIDDEN = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from parts
            if not all(_is_module(p) for p in parts):
                yield node.module


def _is_module(dotted: str) -> bool:
    path = ROOT / dotted.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


MODULES = dict(modules())


@pytest.mark.parametrize("name", MODULES)
def test_arrows_go_one_way(name):
    room = name.split("/")[0]
    ours = {i.split(".")[0] for i in imported(MODULES[name])} & {*ROOMS, "app", "tests", "training", "benchmarks"}
    assert ours <= MAY_USE[room]


@pytest.mark.parametrize("name", MODULES)
def test_dependencies_enter_through_their_door(name):
    for package in {i.split(".")[0] for i in imported(MODULES[name])}:
        assert name.startswith(DOORS.get(package, name)), f"{package} enters through {DOORS[package]}"


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_pickled(name):
    assert not {i.split(".")[0] for i in imported(MODULES[name])} & FORBIDDEN


def _declared() -> set[str]:
    """The names of the distributions that pyproject.toml asks for, extras included, as PEP 503 spells them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return {_spelling(re.match(r"[\w.-]+", line).group()) for line in asked}


def _spelling(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize("folder", [*ROOMS, "tests", "benchmarks", "training", "docs"])
def test_what_is_imported_is_declared(folder):
    """A package that is here only because another brings it is missing from the next fresh machine."""
    ours = {*ROOMS, "app", "benchmarks", "tests", "tiktoken_ext", "training"}
    helpers = {path.stem for path in (ROOT / "tests").rglob("*.py")} if folder == "tests" else set()
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    known = packages_distributions()
    wanted = {name.split(".")[0] for tree in trees for name in imported(tree)}
    for package in wanted - ours - helpers - set(sys.stdlib_module_names):
        names = {_spelling(name) for name in known.get(package, [package])}
        assert names & _declared(), f"{package} ({', '.join(names)}) is imported and not in pyproject.toml"


def test_no_import_goes_round_in_a_circle():
    names = {name.removesuffix("/__init__.py").removesuffix(".py").replace("/", "."): name for name in MODULES}
    edges = {
        module: {i for i in imported(MODULES[name]) if i in names and i != module} for module, name in names.items()
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path, module])
        if module not in done:
            for target in edges[module]:
                visit(target, (*path, module))
            done.add(module)

    for module in edges:
        visit(module, ())


def test_functions_can_be_held_in_the_head():
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 50
    ]
    assert not long
