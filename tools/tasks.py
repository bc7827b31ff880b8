"""The tasks behind the Makefile: what each needs is set up first, then the work begins."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from tools import browser, front_end, postgres, python_parts, words
from tools.place import BIN, PYTHON, ROOT, VAR, Stop, say, stop

MOST_WORKERS = 4
"""Each process of the tests has a program, a browser and two databases of its own."""


def ready() -> None:
    """Set up everything the program needs to run."""
    python_parts.install("requirements.txt", "Installing the Python packages")
    front_end.build()
    words.compile_catalogues()
    VAR.mkdir(exist_ok=True)


def ready_for_checks() -> None:
    """Set up what the checks and tests need besides; also the browser's parts, which pages name."""
    python_parts.install("requirements-dev.txt", "Installing the Python packages for checks and tests")
    front_end.build()
    words.compile_catalogues()


def run_house() -> NoReturn:
    """Set up, then serve until stopped."""
    from tools.serve import ask_for_port

    ask_for_port()
    ready()
    _become(PYTHON, "-m", "tools.serve")


def run_tests() -> NoReturn:
    """Set up browser and databases too, then run every test, on as many cores as there are up to four."""
    ready_for_checks()
    browser.provide()
    postgres.provide()
    asked = os.environ.get("ARGS", "").split()
    everything = ("-n", str(min(os.cpu_count() or 1, MOST_WORKERS)), "--dist", "worksteal")
    _become(PYTHON, "-m", "pytest", *(asked or everything))


def run_checks() -> None:
    """Run every check, also after one failed, and name the ones that did."""
    ready_for_checks()
    checks: dict[str, Sequence[object]] = {
        "ruff check": [BIN / "ruff", "check", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "mypy": [BIN / "mypy"],
        "import-linter": [BIN / "lint-imports", "--no-logo"],
        "djlint": [BIN / "djlint", "--lint", "--quiet", "templates"],
        "translations": [PYTHON, "-m", "tools.check_translations"],
    }
    failed = [name for name, command in checks.items() if not _passes(name, command)]
    if failed:
        stop(f"Failed: {', '.join(failed)}.")
    say("All checks passed.")


def check_translations() -> None:
    """Look for words without a translation."""
    ready_for_checks()
    if not _passes("translations", [PYTHON, "-m", "tools.check_translations"]):
        stop("Translations are missing.")


def update_words() -> None:
    """Bring the catalogues up to date for the translators."""
    python_parts.install("requirements-dev.txt", "Installing the Python packages for checks and tests")
    words.update_catalogues()


def run_flask() -> NoReturn:
    """Set up, then run a command of the program: `python3 -m tools flask seed …`."""
    ready()
    _become(BIN / "flask", "--app", "app", *sys.argv[2:])


def run_browser_script() -> NoReturn:
    """Set up with a browser, then run a command of the program that drives one."""
    ready_for_checks()
    browser.provide()
    _become(BIN / "flask", "--app", "app", *sys.argv[2:])


def lock() -> None:
    """Write the lock files anew from the `.in` files, with digests and without any address."""
    python_parts.install("requirements-dev.txt", "Installing the Python packages for checks and tests")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    for name in ("requirements", "requirements-dev", "requirements-node"):
        command = [BIN / "uv", "pip", "compile", "--quiet", *options, f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


TASKS: dict[str, Callable[[], None]] = {
    "ready": ready,
    "run": run_house,
    "test": run_tests,
    "check": run_checks,
    "check-translations": check_translations,
    "words": update_words,
    "flask": run_flask,
    "flask-browser": run_browser_script,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> None:
    """Do the task that is named first; end with a sentence and status 1 where it cannot be done."""
    task = TASKS.get(arguments[0] if arguments else "")
    if task is None:
        sys.exit(f"Which task? One of: {', '.join(TASKS)}.")
    try:
        task()
    except Stop as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)


def _passes(name: str, command: Sequence[object]) -> bool:
    say(f"• {name}")
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode == 0


def _become(*command: object) -> NoReturn:
    """Go on as another program: signals and exit status are then its own."""
    os.chdir(ROOT)
    sys.stdout.flush()
    words_of_command = [str(part) for part in command]
    os.execv(words_of_command[0], words_of_command)
