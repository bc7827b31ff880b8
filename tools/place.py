"""Where things lie, what is said while they are made, and how a made thing is known to be current."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
BUILD = ROOT / "build"
VAR = ROOT / "var"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


class Stop(Exception):
    """The task cannot go on; the message is the sentence shown."""


def stop(sentence: str) -> NoReturn:
    """End the task with a sentence that says what is wrong and what to do."""
    raise Stop(sentence)


def say(sentence: str) -> None:
    """Tell the person at the terminal how far the work is."""
    print(sentence, flush=True)


@contextmanager
def progress(sentence: str) -> Iterator[None]:
    """Say what is being done, and how long it took when it is more than a moment."""
    started = time.monotonic()
    say(f"• {sentence} …")
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        say(f"  done in {seconds:.0f} s")


def run(command: Sequence[str | Path], what_failed: str, **environment: str) -> None:
    """Run a program quietly; when it fails, show the end of what it said and stop with `what_failed`."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-25:]), file=sys.stderr)
        stop(what_failed)


def digest(*inputs: Path | str) -> str:
    """A digest of words and of files; a folder stands for every file below it."""
    total = hashlib.sha256()
    for piece in inputs:
        if isinstance(piece, str):
            total.update(piece.encode())
            continue
        for file in _files(piece):
            total.update(str(file.relative_to(ROOT)).encode())
            total.update(file.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, inputs: str) -> bool:
    """Whether the thing the stamp stands for was made from these inputs."""
    return stamp.is_file() and stamp.read_text() == inputs


def make_current(stamp: Path, inputs: str) -> None:
    """Remember what the thing was made from; called only after it is complete."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)


def _files(piece: Path) -> Iterable[Path]:
    if piece.is_dir():
        return sorted(file for file in piece.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return [piece] if piece.is_file() else []
