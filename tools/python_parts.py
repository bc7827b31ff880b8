"""The virtual environment and what is installed into it, each file checked against its locked digest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.place import PYTHON, ROOT, VENV, digest, is_current, make_current, progress, run, say, stop


def install(lock: str, sentence: str) -> None:
    """Bring the environment to what the lock file says; nothing is done when it is there already."""
    file = ROOT / lock
    stamp = VENV / f".{lock}.installed"
    _make_environment()
    wanted = digest(file, _version_of(PYTHON))
    if is_current(stamp, wanted):
        return
    with progress(sentence):
        run(
            [*_installer(), "--require-hashes", "-r", file],
            "The Python packages could not be installed. Check the connection to the package index "
            "(pip's own settings apply), then run make again.",
            PIP_DISABLE_PIP_VERSION_CHECK="1",
        )
    make_current(stamp, wanted)


def _make_environment() -> None:
    if PYTHON.exists() and _version_of(PYTHON):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    with progress(f"Making a virtual environment with Python {sys.version.split()[0]}"):
        if uv := shutil.which("uv"):
            run([uv, "venv", "--quiet", "--python", sys.executable, VENV], "uv could not make .venv.")
            return
        if _has_no_pip() and not _install_debian_venv():
            name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            stop(f"This Python cannot make virtual environments. Install {name} (apt install {name}) or uv.")
        run([sys.executable, "-m", "venv", VENV], f"A virtual environment could not be made in {VENV}.")


def _installer() -> list[str | Path]:
    """The command that installs: uv where it is, else the environment's pip."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", PYTHON]
    if not _runs(PYTHON, "import pip"):
        run([PYTHON, "-m", "ensurepip"], "The environment has no pip: delete .venv and run make again.")
    return [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]


def _has_no_pip() -> bool:
    return not _runs(Path(sys.executable), "import ensurepip, venv")


def _install_debian_venv() -> bool:
    """Debian keeps `venv` in a package of its own; root may fetch it."""
    from tools.debian import can_install, install_packages

    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not can_install():
        return False
    say(f"  Debian's package {name} is missing; installing it")
    return install_packages([name])


def _version_of(python: Path) -> str:
    """Version and platform of an interpreter; empty where it does not run (a moved or removed Python)."""
    code = "import sys, platform; print(sys.version_info >= (3, 11) and sys.version, platform.machine())"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    version = done.stdout.strip()
    return "" if done.returncode or version.startswith("False") else version


def _runs(python: Path, code: str) -> bool:
    return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0


def site_packages() -> Path:
    """The folder in which the environment keeps its packages."""
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return next((VENV / "lib").glob("python3.*/site-packages"))
