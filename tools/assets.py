"""Lay out what the browser loads: own and allowed files with hashed names, each with a compressed sibling."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sandbox.web.assets import VENDOR  # noqa: E402 - the allow-list has one home

SOURCES, MODULES, BUILD = ROOT / "static", ROOT / "node_modules", ROOT / "build" / "static"
KEPT_SECONDS = 7 * 24 * 3600
TEXT = {".css", ".js", ".svg", ".json", ".txt"}
_CSS_IMPORT = re.compile(r'@import "(?P<file>[^"]+)" layer\((?P<layer>[\w-]+)\);')
_JS_IMPORT = re.compile(r'(?P<before>(?:from|import)\s*\(?\s*")\./(?P<file>[\w./-]+\.js)(?P<after>")')


def lay_out() -> dict[str, str]:
    """Bring build/static up to date; the manifest maps plain names to hashed ones."""
    missing = [source for source in VENDOR.values() if not (MODULES / source).is_file()]
    if missing:
        raise SystemExit(
            f"node_modules lacks {', '.join(missing)}: delete node_modules, then run make again."
        )
    files = {name: (MODULES / source).read_bytes() for name, source in VENDOR.items()}
    scripts: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*")):
        name = path.relative_to(SOURCES).as_posix()
        if not path.is_file():
            continue
        if path.suffix == ".css":
            if path.name == "app.css":
                files[name] = bundled(path).encode()
        elif path.suffix == ".js":
            scripts[name] = path.read_text("utf-8")
        else:
            files[name] = path.read_bytes()
    manifest: dict[str, str] = {}
    for name, content in files.items():
        manifest[name] = write(BUILD, name, content)
    for name in scripts:
        write_script(BUILD, name, scripts, manifest)
    fresh = BUILD / "manifest.json.new"
    fresh.write_text(json.dumps(manifest, indent=1, sort_keys=True), "utf-8")
    fresh.replace(BUILD / "manifest.json")
    remove_old(manifest)
    return manifest


def remove_old(manifest: dict[str, str]) -> None:
    """Take away what no manifest of the last days names; a running server still serves the names it knows."""
    before = time.time() - KEPT_SECONDS
    named = {"manifest.json", *manifest.values(), *(f"{name}.gz" for name in manifest.values())}
    for path in BUILD.rglob("*"):
        if (
            path.is_file()
            and path.relative_to(BUILD).as_posix() not in named
            and path.stat().st_mtime < before
        ):
            path.unlink()


def bundled(path: Path) -> str:
    """A style sheet with the sheets it imports put in, each inside its layer: one request instead of many."""

    def put_in(found: re.Match[str]) -> str:
        content = path.with_name(found["file"]).read_text("utf-8")
        return f"@layer {found['layer']} {{\n{content}}}"

    return _CSS_IMPORT.sub(put_in, path.read_text("utf-8"))


def write_script(
    folder: Path, name: str, scripts: dict[str, str], manifest: dict[str, str], above: tuple[str, ...] = ()
) -> str:
    """Write a module after those it imports, whose hashed names it then says."""
    if name in above:
        raise SystemExit(f"modules import each other in a circle: {' > '.join((*above, name))}")
    if name not in manifest:

        def hashed(found: re.Match[str]) -> str:
            imported = (Path(name).parent / found["file"]).as_posix()
            served = write_script(folder, imported, scripts, manifest, (*above, name))
            return f"{found['before']}./{Path(served).name}{found['after']}"

        manifest[name] = write(folder, name, _JS_IMPORT.sub(hashed, scripts[name]).encode())
    return manifest[name]


def write(folder: Path, name: str, content: bytes) -> str:
    """Write one file under its hashed name, and compressed beside it where that helps; return the name."""
    path = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    served = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
    target = folder / served
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if path.suffix in TEXT:
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return served


if __name__ == "__main__":
    manifest = lay_out()
    size = sum(path.stat().st_size for path in BUILD.rglob("*.gz"))
    print(f"{len(manifest)} files, {size // 1024} KB compressed")
