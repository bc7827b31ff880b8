"""PostgreSQL's programs for the tests; the tests start a cluster of their own with them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.debian import can_install, install_packages
from tools.place import IN_CI, progress, say, stop

OLDEST = 14
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/local/pgsql", "/usr/pgsql-*")
MISSING = (
    f"PostgreSQL's programs (initdb, postgres; {OLDEST} or newer) were not found and could not be installed. "
    "Install Debian's postgresql package, or set PG_BIN=/folder/with/initdb."
)
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/rehearsal-tests.conf")


def find() -> Path | None:
    """The folder that holds `initdb` and `postgres`, of the newest version there is; or None."""
    folders = [Path(folder) for folder in (os.environ.get("PG_BIN"),) if folder]
    folders += sorted(_versioned(), key=_version, reverse=True)
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    return next((folder for folder in folders if _is_whole(folder)), None)


def provide() -> None:
    """Install the programs where there are none; without them, say so, and in CI stop."""
    if find():
        return
    if can_install():
        with progress("Installing PostgreSQL's programs for the tests on both databases"), _no_new_cluster():
            install_packages(["postgresql"])
    if find():
        return
    if IN_CI:
        stop(MISSING)
    say(f"{MISSING} The tests on PostgreSQL are left out.")


def _versioned() -> Iterator[Path]:
    for place in PLACES:
        for pattern in ("*/bin", "bin"):
            yield from Path("/").glob(f"{place.lstrip('/')}/{pattern}")


def _version(folder: Path) -> int:
    numbers = re.findall(r"\d+", folder.parent.name)
    return int(numbers[-1]) if numbers else 0


def _is_whole(folder: Path) -> bool:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return False
    return _version(folder) == 0 or _version(folder) >= OLDEST


@contextmanager
def _no_new_cluster() -> Iterator[None]:
    """Keep Debian from making a cluster at installation: the tests want the programs, not a service."""
    NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        NO_CLUSTER.unlink(missing_ok=True)
