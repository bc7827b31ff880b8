"""Settings: what is read from the environment, and what is said about one that cannot be used."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.config import ROOT, SettingError, from_environment, kept_secret

KEY = {"SECRET_KEY": "k" * 40}


def test_without_settings_the_house_runs_on_sqlite_in_var(tmp_path: Path) -> None:
    settings = from_environment({"VAR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/rehearsal.sqlite"
    assert settings.queue_url == f"sqlite:///{tmp_path}/queue.db"
    assert settings.locale == "en"
    assert not settings.demo


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    first = kept_secret(file)
    assert kept_secret(file) == first
    assert len(first) > 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_cut_off_secret_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    file.write_text("short")
    with pytest.raises(SettingError, match="delete it"):
        kept_secret(file)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_our_driver(scheme: str, tmp_path: Path) -> None:
    settings = from_environment({**KEY, "VAR": str(tmp_path), "DATABASE_URL": f"{scheme}://u:p@host/name"})
    assert settings.database_url == "postgresql+psycopg://u:p@host/name"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DEMO", "perhaps"),
        ("LOCALE", "de"),
        ("TRUSTED_PROXIES", "-1"),
        ("MAX_UPLOAD_MB", "much"),
        ("MAX_UPLOAD_MB", "0"),
        ("RETENTION_DAYS", "a month"),
        ("QUEUE_URL", "amqp://host"),
        ("RATE_LIMIT_URL", "nowhere"),
        ("SECRET_KEY", "short"),
        ("WEB_PROCESSES", "0"),
        ("WEB_THREADS", "1e3"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=name):
        from_environment({**KEY, "VAR": str(tmp_path), name: value})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match="VAR is .*file/var', and no folder can be made there"):
        from_environment({**KEY, "VAR": str(tmp_path / "file" / "var")})


@pytest.mark.parametrize(("url", "processes"), [("", 1), ("postgresql://host/name", 2)])
def test_several_processes_serve_on_postgresql_alone(url: str, processes: int, tmp_path: Path) -> None:
    given = {**KEY, "VAR": str(tmp_path), "DATABASE_URL": url}
    assert from_environment(given).web_processes == processes
    assert from_environment({**given, "WEB_PROCESSES": "3"}).web_processes == 3


def test_the_readme_names_every_setting() -> None:
    source = (ROOT / "sandbox" / "config.py").read_text("utf-8")
    settings = set(re.findall(r'given\.get\("([A-Z_]+)"', source))
    assert len(settings) > 10
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {name for name in settings if f"`{name}`" not in readme} == set()


def test_at_the_terminal_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "prepare"]
    wrong = {**os.environ, "VAR": str(tmp_path), "DEMO": "2"}
    done = subprocess.run(command, cwd=ROOT, env=wrong, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == "DEMO is '2': it may be 1 or 0.\n"


def test_cookies_are_secure_where_people_come_by_https(tmp_path: Path) -> None:
    plain = from_environment({**KEY, "VAR": str(tmp_path)}).as_flask()
    https = from_environment({**KEY, "VAR": str(tmp_path), "PUBLIC_URL": "https://crm.example"}).as_flask()
    assert not plain["SESSION_COOKIE_SECURE"]
    assert https["SESSION_COOKIE_SECURE"]
    assert https["REMEMBER_COOKIE_SECURE"]
    for settings in (plain, https):
        assert settings["SESSION_COOKIE_HTTPONLY"]
        assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"
