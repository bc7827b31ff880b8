"""What import-linter cannot say: views and forms are the business of their own package."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.place import ROOT

SOURCES = sorted((ROOT / "sandbox").rglob("*.py"))
PRIVATE = ("views", "forms")
# The engine of action forms is a part of the ledger that areas build on; its own pages have none.
SHARED = {"sandbox.ledger.forms"}


def imported(file: Path) -> Iterator[str]:
    """The full names of the modules of the house that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("sandbox"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sandbox"):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def package_of(module: str) -> str:
    """The package a module belongs to: `sandbox.people`; an area of the CRM is one of its own."""
    parts = module.split(".")
    is_area = parts[1:2] == ["crm"] and (ROOT / Path(*parts[:3])).is_dir()
    return ".".join(parts[: 3 if is_area else 2])


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nobody_imports_views_or_forms_of_another_package(file: Path) -> None:
    here = package_of(".".join(file.relative_to(ROOT).with_suffix("").parts))
    foreign = {
        module
        for module in imported(file)
        if any(part in PRIVATE for part in module.split(".")[2:])
        and not f"{package_of(module)}.".startswith(f"{here}.")
        and not any(module == shared or module.startswith(f"{shared}.") for shared in SHARED)
    }
    assert not foreign


def test_imports_stay_relative_free() -> None:
    relative = [
        str(file.relative_to(ROOT))
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative, "imports name the whole path"
