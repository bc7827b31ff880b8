"""Settings: what is read from the environment, and what is said about one that cannot be used."""

import stat
from pathlib import Path

import pytest

from sandbox.config import SettingError, from_environment, kept_secret

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
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=name):
        from_environment({**KEY, "VAR": str(tmp_path), name: value})


def test_cookies_are_secure_where_people_come_by_https(tmp_path: Path) -> None:
    plain = from_environment({**KEY, "VAR": str(tmp_path)}).as_flask()
    https = from_environment({**KEY, "VAR": str(tmp_path), "PUBLIC_URL": "https://crm.example"}).as_flask()
    assert not plain["SESSION_COOKIE_SECURE"]
    assert https["SESSION_COOKIE_SECURE"]
    assert https["REMEMBER_COOKIE_SECURE"]
    for settings in (plain, https):
        assert settings["SESSION_COOKIE_HTTPONLY"]
        assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"
