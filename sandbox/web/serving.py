"""The worker of gunicorn: what it answers by itself carries the headers of every other answer."""

from __future__ import annotations

from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from sandbox.web.headers import ALWAYS

_HEADERS = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS.items()).encode("ascii")


class Worker(ThreadWorker):
    """Threads; a request that never reaches the application is refused under the same policy."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Answer what is no request (400), too long (414, 431) or broke the worker (500)."""
        super().handle_error(req, _Headed(client), addr, exc)


class _Headed:
    """A connection on which the one answer written gets our headers after its first line."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, answer: bytes) -> None:
        """Send the answer with our headers in it."""
        first, end, rest = answer.partition(b"\r\n")
        self._connection.sendall(first + end + _HEADERS + rest)
