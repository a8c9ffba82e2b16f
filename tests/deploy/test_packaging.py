"""What is installed holds every file of the packages: data that a wheel leaves out is missed only elsewhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from setuptools import Distribution
from setuptools.config.pyprojecttoml import apply_configuration

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("assistant", "corpus", "index", "prompts", "tiktoken_ext")


@pytest.fixture
def installed(monkeypatch) -> set[str]:
    """The files that a wheel takes from the working tree, by the project's own configuration."""
    monkeypatch.chdir(ROOT)
    project = apply_configuration(Distribution({"script_name": "setup.py"}), ROOT / "pyproject.toml")
    project.include_package_data = False  # or what an older installation noted here would be taken as well
    command = project.get_command_obj("build_py")
    command.ensure_finalized()
    return {os.path.relpath(taken, command.build_lib) for taken in command.get_outputs(include_bytecode=False)}


def test_every_file_of_the_packages_is_installed(installed):
    command = ["git", "ls-files", *PACKAGES, "app.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    tracked = set(done.stdout.split("\n")) - {""}
    if not tracked:
        pytest.skip("no git repository: which files belong to the packages is not known")
    assert tracked <= installed, sorted(tracked - installed)
    assert {"app.py", "index/model/model.safetensors"} <= tracked
