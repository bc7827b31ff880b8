"""Databases for tests: a migrated template made once a session, and a fresh copy of it for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tools import postgres

SECONDS_TO_START = 30
EMPTY = "empty"
# Tests need speed, not what survives a power cut; nobody reaches the cluster but through the socket.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
Fill = Callable[[str], None]
"""Makes the tables in the empty database at an address."""


class Databases(Protocol):
    """A kind of database that hands out fresh copies of one migrated template."""

    url: str

    def renew(self, state: str = EMPTY) -> None:
        """Put a kept state in the place of whatever the last test left; no connection may be open."""

    def keep(self, state: str) -> None:
        """Keep what the database holds now under a name; no connection may be open."""

    def close(self) -> None:
        """Take everything away."""


class SqliteDatabases:
    """One file, copied over from the template for each test."""

    def __init__(self, fill: Fill) -> None:
        # A RAM disk spares every commit its wait for the real one; the engine is the same.
        ram = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  (mkdtemp makes the name)
        self.folder = Path(tempfile.mkdtemp(prefix="rehearsal-tests-", dir=ram))
        self.file = self.folder / "test.sqlite"
        self.url = f"sqlite:///{self.file}"
        try:
            fill(self.url)
            self.keep(EMPTY)
        except BaseException:
            self.close()
            raise

    def renew(self, state: str = EMPTY) -> None:
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self._kept(state), self.file)

    def keep(self, state: str) -> None:
        if Path(f"{self.file}-wal").exists():
            raise RuntimeError("a connection to the test database is still open: its log is not written back")
        shutil.copyfile(self.file, self._kept(state))

    def _kept(self, state: str) -> Path:
        return self.folder / f"kept-{state}.sqlite"

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresDatabases:
    """A cluster of the tests' own in a temporary folder, reached by a socket there; no other is touched."""

    def __init__(self, fill: Fill, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rehearsal-pg-", dir="/tmp"))
        self.account = _account()
        self.url = self._url("test", "rehearsal")
        self.programs = programs
        try:
            self._start()
            # The program's own role is nobody special: a superuser would walk through row-level security.
            self._as_superuser("CREATE ROLE rehearsal LOGIN CREATEDB")
            self._as_superuser("CREATE DATABASE test OWNER rehearsal")
            fill(self.url)
            self.keep(EMPTY)
        except BaseException:
            self.close()
            raise

    def renew(self, state: str = EMPTY) -> None:
        self._copy(f"kept_{state}", "test")

    def keep(self, state: str) -> None:
        self._copy("test", f"kept_{state}")

    def _copy(self, source: str, target: str) -> None:
        self._as_superuser(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        self._as_superuser(f"CREATE DATABASE {target} TEMPLATE {source} OWNER rehearsal")

    def close(self) -> None:
        self._control("stop", "-m", "immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        data = self.folder / "data"
        if self.account:
            shutil.chown(self.folder, *self.account)
        make: list[str | Path] = [
            self.programs / "initdb",
            "--no-sync",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
        ]
        make.append("--locale=C.UTF-8")
        done = subprocess.run(make, cwd=self.folder, capture_output=True, text=True, **self._as_account())
        if done.returncode:
            raise RuntimeError(f"initdb: {done.stderr.strip()}")
        settings = (*SETTINGS, f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in settings)
        self._control("start", "-l", self.folder / "log", "-t", str(SECONDS_TO_START), "-o", options)

    def _control(self, what: str, *options: str | Path) -> None:
        """Start or stop the server, and wait until it is done."""
        command: list[str | Path] = [
            self.programs / "pg_ctl",
            what,
            "-w",
            "-D",
            self.folder / "data",
            *options,
        ]
        nowhere = subprocess.DEVNULL  # the server would keep a pipe open
        done = subprocess.run(command, cwd=self.folder, stdout=nowhere, stderr=nowhere, **self._as_account())
        if done.returncode and what == "start":
            log = self.folder / "log"
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text() if log.exists() else ''}")

    def _as_superuser(self, statement: str) -> None:
        place = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _as_account(self) -> dict[str, Any]:
        if not self.account:
            return {}
        user, group = self.account
        return {"user": user, "group": group, "extra_groups": []}

    def _url(self, name: str, role: str) -> str:
        return f"postgresql+psycopg://{role}@/{name}?host={self.folder}"


def _account() -> tuple[str, int] | None:
    """PostgreSQL refuses to run as root: then an account without rights runs it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return name, pwd.getpwnam(name).pw_gid
        except KeyError:
            continue
    raise RuntimeError("no account to run PostgreSQL as: there is neither 'postgres' nor 'nobody'")


def open_databases(kind: str, fill: Fill) -> Databases | None:
    """The databases of a kind (`sqlite`, `postgresql`); None where PostgreSQL's programs are missing."""
    if kind == "sqlite":
        return SqliteDatabases(fill)
    programs = postgres.find()
    return PostgresDatabases(fill, programs) if programs else None
