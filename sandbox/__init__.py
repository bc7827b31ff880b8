"""Rehearsal: a place where a company rehearses its CRM before go-live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application: settings from the environment, each of which `settings` may replace."""
    from sandbox import (
        api,
        cli,
        config,
        crm,
        extensions,
        health,
        ledger,
        people,
        readiness,
        training,
        web,
        wiring,
    )

    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping({**config.flask_settings(), **(settings or {})})

    extensions.init_app(app)
    web.init_app(app)
    health.init_app(app)
    people.init_app(app)
    ledger.init_app(app)
    crm.init_app(app)
    training.init_app(app)
    readiness.init_app(app)
    api.init_app(app)
    wiring.connect(app)
    cli.init_app(app)
    _trust_proxies(app)
    return app


def _trust_proxies(app: Flask) -> None:
    """Let as many proxies as stand in front say who the visitor is; without any, nobody is believed."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
