"""Serves the house: the web server and the background worker, side by side until one of them ends."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from tools.place import BIN, ROOT, Stop, say, stop

SECONDS_TO_START = 60
SECONDS_TO_STOP = 12


def host() -> str:
    """The address to listen at (HOST); this machine only, unless told otherwise."""
    return os.environ.get("HOST") or "127.0.0.1"


def port() -> int:
    """The port to listen at (PORT)."""
    given = os.environ.get("PORT") or "5000"
    if not (given.isascii() and given.isdecimal()) or not 0 < int(given) < 65536:
        stop(f"PORT is {given!r}: it may be a number from 1 to 65535.")
    return int(given)


def address() -> str:
    """What a person types into the browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host(), host())  # noqa: S104  (asked for by HOST=)
    return f"http://{name}:{port()}"


def ask_for_port() -> None:
    """Stop before any work where the address cannot be listened at."""
    try:
        family = socket.getaddrinfo(host(), port(), type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host(), port()))
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            stop(f"Port {port()} is in use already. Stop what runs there, or choose another: PORT=5001")
        if fault.errno in (errno.EACCES, errno.EPERM):
            stop(f"Port {port()} is not open to you. Choose one above 1023: make run PORT=5000")
        stop(f"Nothing can be served at {host()}: {fault.strerror}. Leave HOST out, or name another.")


class House:
    """The programs that serve, started together and stopped together."""

    def __init__(self) -> None:
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self.is_leaving = False
        signal.signal(signal.SIGINT, self._leave)
        signal.signal(signal.SIGTERM, self._leave)
        signal.signal(signal.SIGHUP, self._leave)

    def start(self, name: str, *command: str) -> None:
        """Start one program; it shares this terminal, but not its Ctrl-C: this one passes it on."""
        self.programs[name] = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, process_group=0)

    def wait_until_served(self) -> None:
        """Wait for the first answer."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.is_leaving and self.fallen() is None:
            if _answers():
                return
            if time.monotonic() > deadline:
                stop(f"The server did not answer within {SECONDS_TO_START} seconds; its messages are above.")
            time.sleep(0.1)

    def watch(self) -> int:
        """Wait until asked to leave or until a program ends by itself; the exit status."""
        while not self.is_leaving:
            if name := self.fallen():
                status = self.programs[name].returncode
                say(f"The {name} ended by itself (status {status}); see above. Stopping the rest.")
                return 1
            time.sleep(0.2)
        return 0

    def fallen(self) -> str | None:
        """The program that has ended, if one has."""
        return next((name for name, program in self.programs.items() if program.poll() is not None), None)

    def stop(self) -> None:
        """End what still runs: politely, and after a while for good."""
        for program in self.programs.values():
            if program.poll() is None:
                program.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for program in self.programs.values():
            try:
                program.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def _leave(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_leaving = True


def serve() -> int:
    """Prepare the data, serve, and stay until Ctrl-C; the exit status."""
    os.environ.setdefault("DEMO", "1")
    flask = [str(BIN / "flask"), "--app", "app"]
    if subprocess.run([*flask, "prepare"], cwd=ROOT, check=False).returncode:
        stop("Nothing is served yet; what is wrong stands above.")
    house = House()
    try:
        house.start("web server", str(BIN / "gunicorn"), "-c", "gunicorn.conf.py")
        house.start("background worker", *flask, "worker")
        house.wait_until_served()
        if not house.is_leaving and house.fallen() is None:
            _greet()
        return house.watch()
    finally:
        house.stop()
        say("Stopped.")


def _greet() -> None:
    lines = [f"\n  Rehearsal is ready: {address()}"]
    if host() in ("0.0.0.0", "::"):  # noqa: S104  (asked for by HOST=)
        lines.append(f"  On the local network: http://{socket.gethostname()}:{port()}")
    command = [str(BIN / "flask"), "--app", "app", "people", "sign-ins"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if shown.returncode == 0 and shown.stdout.strip():
        lines += ["", "  Demo accounts (e-mail, password, role):", shown.stdout.rstrip()]
    say("\n".join([*lines, "\n  Ctrl-C stops it.\n"]))


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"{address()}/healthz", timeout=5) as answer:  # noqa: S310  (our own address)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    try:
        ask_for_port()
        sys.exit(serve())
    except Stop as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
