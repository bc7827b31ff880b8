"""A headless Chromium for the browser tests: one that is there, Debian's, or Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.debian import can_install, install_packages
from tools.place import BIN, IN_CI, progress, say, stop

# The headless shell first: three times faster than the whole Chromium.
PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))
MISSING = (
    "No Chromium was found and none could be installed. Install Debian's chromium-headless-shell, "
    "Chromium or Chrome, or set BROWSER=/path/to/it."
)


def find() -> Path | None:
    """The browser the tests drive: the one named by BROWSER, one on the machine, Playwright's; or None."""
    if named := os.environ.get("BROWSER"):
        # BROWSER is also the desktop's variable for the browser to open links with: only a Chromium counts.
        path = shutil.which(named)
        if path and any(word in Path(path).name.lower() for word in ("chrom", "headless")):
            return Path(path)
    for program in PROGRAMS:
        if path := shutil.which(program):
            return Path(path)
    return next((Path(path) for path in MAC if Path(path).exists()), _downloaded())


def provide() -> None:
    """Install a browser where there is none; without one, say so, and in CI stop."""
    if find():
        return
    with progress("Installing a headless Chromium for the browser tests"):
        if can_install() and (
            install_packages(["chromium-headless-shell"]) or install_packages(["chromium"])
        ):
            return
        command = [str(BIN / "playwright"), "install", "chromium-headless-shell"]
        subprocess.run(command, capture_output=True, check=False)
    if find():
        return
    if IN_CI:
        stop(MISSING)
    say(f"{MISSING} The browser tests are left out.")


def _downloaded() -> Path | None:
    """The browser Playwright downloaded, newest first."""
    cache = {"darwin": "Library/Caches/ms-playwright"}.get(sys.platform, ".cache/ms-playwright")
    place = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / cache)
    names = ("headless_shell", "chrome-headless-shell", "chrome")
    found = [file for name in names for file in place.glob(f"chromium*/*/{name}")]
    return max(found, key=lambda file: file.stat().st_mtime, default=None)
