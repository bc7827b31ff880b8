"""A part that is missing and cannot be installed: a sentence, and in CI the end."""

from pathlib import Path

import pytest

from tools import browser, postgres
from tools.place import Stop


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program is found and none can be installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    for name in ("BROWSER", "PG_BIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(postgres, "PLACES", ())
    monkeypatch.setattr(browser, "MAC", ())


def test_a_missing_postgresql_is_said_by_name(
    bare_machine: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgres, "IN_CI", False)
    postgres.provide()
    assert "Install Debian's postgresql package" in capsys.readouterr().out


def test_in_ci_a_missing_postgresql_is_the_end(bare_machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "IN_CI", True)
    with pytest.raises(Stop, match="PostgreSQL's programs"):
        postgres.provide()


def test_a_bare_machine_has_no_browser(bare_machine: None) -> None:
    assert browser.find() is None


def test_a_browser_named_by_the_person_comes_first(
    bare_machine: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "my-chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    assert browser.find() == program


def test_the_desktops_browser_setting_is_no_chromium(
    bare_machine: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "firefox"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    assert browser.find() is None


def test_folders_without_the_server_are_no_postgresql(
    bare_machine: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "initdb").touch(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    assert postgres.find() is None
