"""Settings, read once from the environment; each has a default that works on one machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("en", "ru")
QUEUES = ("sqlite:///", "postgresql://", "postgres://", "redis://", "rediss://")
COUNTERS = ("memory://", "redis://", "rediss://", "redis+unix://")
SHORTEST_SECRET = 32
MEGABYTE = 1024 * 1024


class SettingError(ValueError):
    """A setting that cannot be used: the sentence names it and says what it may be."""


@dataclass(frozen=True)
class Settings:
    """What the person who runs the program may choose; the environment variable has the name in capitals."""

    database_url: str
    """DATABASE_URL: SQLite in `var/` by default, or `postgresql://user:password@host/name`."""
    secret_key: str
    """SECRET_KEY: signs cookies and tokens; made once into `var/secret-key` when it is not given."""
    var: Path
    """VAR: the folder for the database, the queue and the key."""
    demo: bool
    """DEMO: 1 opens the demo accounts and shows them on the sign-in page."""
    locale: str
    """LOCALE: the language for those who have chosen none and whose browser names none: en or ru."""
    public_url: str
    """PUBLIC_URL: the address people use, when a proxy stands in front; https makes the cookies Secure."""
    trusted_proxies: int
    """TRUSTED_PROXIES: how many proxies in front may say who the visitor is (X-Forwarded-…)."""
    max_upload_megabytes: int
    """MAX_UPLOAD_MB: the largest request that is read."""
    queue_url: str
    """QUEUE_URL: where background work waits: a SQLite file apart from the CRM's, PostgreSQL or Redis."""
    rate_limit_url: str
    """RATE_LIMIT_URL: where sign-in attempts are counted: memory, or Redis for several processes."""
    retention_days: int
    """RETENTION_DAYS: how long the records of a finished attempt are kept; its evidence stays for good."""
    web_processes: int
    """WEB_PROCESSES: how many processes serve; one on SQLite, two on PostgreSQL unless told otherwise."""
    web_threads: int
    """WEB_THREADS: how many requests a process serves at a time."""

    @property
    def is_https(self) -> bool:
        """Whether people come by https; a Secure cookie over plain http would be dropped."""
        return self.public_url.startswith("https://")

    def as_flask(self) -> dict[str, Any]:
        """The same settings by the names Flask and its extensions know."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "DEMO": self.demo,
            "VAR": self.var,
            "QUEUE_URL": self.queue_url,
            "BABEL_DEFAULT_LOCALE": self.locale,
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "sandbox" / "translations"),
            "TRUSTED_PROXIES": self.trusted_proxies,
            "PREFERRED_URL_SCHEME": "https" if self.is_https else "http",
            "PUBLIC_URL": self.public_url,
            "MAX_CONTENT_LENGTH": self.max_upload_megabytes * MEGABYTE,
            "MAX_FORM_MEMORY_SIZE": MEGABYTE,
            "SESSION_COOKIE_NAME": "rehearsal",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_https,
            "REMEMBER_COOKIE_HTTPONLY": True,
            "REMEMBER_COOKIE_SAMESITE": "Lax",
            "REMEMBER_COOKIE_SECURE": self.is_https,
            # A form left open over lunch must still be accepted: the token lives as long as the session.
            "WTF_CSRF_TIME_LIMIT": None,
            "RATELIMIT_STORAGE_URI": self.rate_limit_url,
            "RETENTION_DAYS": self.retention_days,
        }


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; `SettingError` names the one that cannot be used."""
    given = os.environ if environment is None else environment
    var = _folder(Path(given.get("VAR") or ROOT / "var").resolve())
    database_url = _database_url(given.get("DATABASE_URL", ""), var)
    return Settings(
        database_url=database_url,
        secret_key=_secret(given.get("SECRET_KEY", ""), var),
        var=var,
        demo=_switch("DEMO", given.get("DEMO", "0")),
        locale=_one_of("LOCALE", given.get("LOCALE") or "en", LOCALES),
        public_url=given.get("PUBLIC_URL", "").rstrip("/"),
        trusted_proxies=_whole("TRUSTED_PROXIES", given.get("TRUSTED_PROXIES") or "0"),
        max_upload_megabytes=_whole("MAX_UPLOAD_MB", given.get("MAX_UPLOAD_MB") or "16", least=1),
        queue_url=_address("QUEUE_URL", given.get("QUEUE_URL") or f"sqlite:///{var / 'queue.db'}", QUEUES),
        rate_limit_url=_address("RATE_LIMIT_URL", given.get("RATE_LIMIT_URL") or "memory://", COUNTERS),
        retention_days=_whole("RETENTION_DAYS", given.get("RETENTION_DAYS") or "30"),
        web_processes=_whole(
            "WEB_PROCESSES",
            given.get("WEB_PROCESSES") or ("1" if database_url.startswith("sqlite") else "2"),
            least=1,
        ),
        web_threads=_whole("WEB_THREADS", given.get("WEB_THREADS") or "8", least=1),
    )


def flask_settings(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The settings of the environment as Flask's configuration."""
    return from_environment(environment).as_flask()


def kept_secret(file: Path) -> str:
    """The secret in `file`, readable by its owner only; made at the first call."""
    try:
        return _read_secret(file)
    except FileNotFoundError:
        pass
    _folder(file.parent)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(48))
    try:
        # A link fails where a file is there already: of two processes starting at once, one key stays.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _read_secret(file)


def _read_secret(file: Path) -> str:
    secret = file.read_text(encoding="ascii").strip()
    if len(secret) < SHORTEST_SECRET:
        raise SettingError(f"{file} is too short to sign anything with: delete it, and a new one is made.")
    return secret


def _secret(given: str, var: Path) -> str:
    if given and len(given) < SHORTEST_SECRET:
        raise SettingError(
            f"SECRET_KEY is too short to sign anything with: give {SHORTEST_SECRET} characters or more, "
            "or leave it out, and one is made."
        )
    return given or kept_secret(var / "secret-key")


def _folder(var: Path) -> Path:
    """The folder for what the program keeps, made where it is missing."""
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SettingError(
            f"VAR is {str(var)!r}, and no folder can be made there: {fault.strerror}."
        ) from fault
    if not os.access(var, os.W_OK):
        raise SettingError(f"VAR is {str(var)!r}, and nothing can be written there.")
    return var


def _database_url(url: str, var: Path) -> str:
    """The address with the driver this program uses."""
    if not url:
        return f"sqlite:///{var / 'rehearsal.sqlite'}"
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    if url.startswith(("postgresql+psycopg://", "sqlite:///")):
        return url
    scheme = url.partition(":")[0]
    raise SettingError(f"DATABASE_URL begins with {scheme!r}: it may be postgresql://… or sqlite:///….")


def _address(name: str, url: str, choices: tuple[str, ...]) -> str:
    if not url.startswith(choices):
        scheme = url.partition(":")[0]
        raise SettingError(
            f"{name} begins with {scheme!r}: it may be {' or '.join(f'{one}…' for one in choices)}."
        )
    return url


def _switch(name: str, value: str) -> bool:
    match value.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off" | "":
            return False
    raise SettingError(f"{name} is {value!r}: it may be 1 or 0.")


def _whole(name: str, value: str, *, least: int = 0) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) < least:
        raise SettingError(f"{name} is {value!r}: it may be a whole number from {least} on.")
    return int(value)


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise SettingError(f"{name} is {value!r}: it may be {' or '.join(choices)}.")
    return value
