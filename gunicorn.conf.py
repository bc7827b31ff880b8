"""How gunicorn serves: threads in one process on SQLite, two processes on PostgreSQL (see the README)."""

import os

from sandbox.config import from_environment

_settings = from_environment()

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '5000'}"
worker_class = "sandbox.web.serving.Worker"
workers = _settings.web_processes
threads = _settings.web_threads
# A list remembers its filters in the address: the longest that gunicorn allows.
limit_request_line = 8190
# A browser holds its connection between two clicks; a thread is not bound by that under gthread.
keepalive = 15
timeout = 60
graceful_timeout = 10
wsgi_app = "app:app"
loglevel = os.environ.get("LOG_LEVEL") or "warning"
# Proxies are trusted by the application itself (TRUSTED_PROXIES), which says how many.
forwarded_allow_ips = ""
# A worker tells the arbiter that it lives through a file: in memory, so that a slow disk kills nobody.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (a RAM disk, no shared name)
control_socket_disable = True
