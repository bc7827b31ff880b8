"""What is installed is locked by digest, and no file says where it comes from."""

import json
import re
from pathlib import Path

import pytest

from tools.place import ROOT

LOCKS = sorted(ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_its_digest(lock: Path) -> None:
    text = lock.read_text()
    entries = re.findall(r"^[a-z][\w.\[\],-]*.*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert entries
    for entry in entries:
        assert re.match(r"[\w.\[\],-]+==", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_a_registry(lock: Path) -> None:
    assert "://" not in lock.read_text()
    assert "index-url" not in lock.read_text().replace("--no-emit-index-url", "")


def test_the_lock_of_the_browsers_parts_names_no_registry_and_holds_digests() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name:
            assert "resolved" not in package, name
            assert package["integrity"].startswith("sha512-"), name


def test_the_browsers_parts_are_named_by_exact_version() -> None:
    declared = json.loads((ROOT / "package.json").read_text())
    versions = {**declared["dependencies"], **declared["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values()), versions
