"""Prompts are files with holes and no logic."""

from __future__ import annotations

from pathlib import Path
from string import Formatter


def load(name: str) -> str:
    """The text of a prompt, holes and all ("answer_fr")."""
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")


def holes(template: str) -> set[str]:
    """The names of a template's holes."""
    return {field for _, field, _, _ in Formatter().parse(template) if field}
