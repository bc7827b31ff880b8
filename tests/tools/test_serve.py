"""What is said before serving where it cannot be done, and how the programs stand and fall together."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import serve
from tools.place import BIN, ROOT, Stop

SECONDS_TO_BE_READY = 240  # an empty house proves its scenarios first


def test_a_taken_port_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(Stop, match="is in use already"):
            serve.ask_for_port()


@pytest.mark.parametrize("port", ["many", "0", "70000"])
def test_a_port_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Stop, match="1 to 65535"):
        serve.ask_for_port()


def test_an_address_of_another_machine_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "192.0.2.1")
    monkeypatch.setenv("PORT", "5999")
    with pytest.raises(Stop, match="Nothing can be served at 192.0.2.1"):
        serve.ask_for_port()


def test_when_one_program_falls_the_others_are_stopped(tmp_path: Path) -> None:
    script = (
        "import sys; from tools.serve import House\n"
        "house = House()\n"
        "house.start('long one', sys.executable, '-c', 'import signal; signal.pause()')\n"
        "house.start('short one', sys.executable, '-c', 'raise SystemExit(3)')\n"
        "status = house.watch(); house.stop()\n"
        "print(house.programs['long one'].poll() is not None)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert "The short one ended by itself (status 3)" in done.stdout
    assert done.stdout.endswith("True\n")


@pytest.fixture
def web_server(tmp_path: Path) -> Iterator[int]:
    """The port of a web server without the rest of the house."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    wanted = {"VAR": str(tmp_path), "PORT": str(port), "HOST": "127.0.0.1", "LOG_LEVEL": "info"}
    server = subprocess.Popen(
        [BIN / "gunicorn", "-c", "gunicorn.conf.py"],
        cwd=ROOT,
        env={**os.environ, **wanted},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    said = ""
    for line in server.stderr:
        said += line
        if "Listening at" in line:
            break
    else:
        pytest.fail(said)
    yield port
    server.terminate()
    server.communicate(timeout=20)


@pytest.mark.parametrize(
    ("asked", "status"), [("GET /" + "a" * 9000 + " HTTP/1.1", 414), ("no request", 400)]
)
def test_what_the_server_answers_by_itself_is_under_the_policy(
    web_server: int, asked: str, status: int
) -> None:
    told = _answer(web_server, asked)
    assert told.startswith(f"HTTP/1.1 {status} "), told
    assert "\r\nContent-Security-Policy: default-src 'self'" in told, told


def _answer(port: int, first_line: str) -> str:
    """What comes back for a first line that never reaches the application."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"{first_line}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_the_whole_house_starts_answers_and_stops(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "VAR": str(tmp_path), "PORT": str(port), "HOST": "127.0.0.1", "DEMO": "0"}
    house = subprocess.Popen(
        [sys.executable, "-m", "tools.serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert house.stdout is not None
    too_long = threading.Timer(SECONDS_TO_BE_READY, house.kill)  # the pipe then ends, and so does the wait
    too_long.start()
    said = ""
    for line in house.stdout:
        said += line
        if "is ready" in line:
            break
    too_long.cancel()
    assert "is ready" in said, said
    house.terminate()
    said += house.communicate(timeout=20)[0]
    assert house.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said
