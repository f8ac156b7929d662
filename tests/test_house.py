"""The house keeps its own rules: arrows one way, every module says what it is for, the map is true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("extract", "normalize", "chosa")
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))


def test_imports_go_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))), module


def test_the_readme_maps_every_package_part() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text[text.index("## The map") :]
    for package in PACKAGES:
        for part in sorted((ROOT / package).iterdir()):
            if part.is_dir() and (part / "__init__.py").exists():
                assert re.search(rf"\b{part.name}/", block), f"{package}/{part.name} is not on the map"


def test_the_locks_name_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^  "([A-Za-z0-9_.-]+)[>=]', project, re.MULTILINE)
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").lower()
    missing = [name for name in wanted if f"{name.lower()}==" not in lock]
    assert wanted
    assert not missing
