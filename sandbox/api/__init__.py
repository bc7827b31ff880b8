"""The JSON interface, version 1: records to read, and every declared action to perform, by personal token."""

from flask import Blueprint, Flask

from sandbox.api.access import by_token
from sandbox.extensions import csrf

__all__ = ["by_token", "init_app"]


def init_app(app: Flask) -> None:
    """Serve `/api/v1`; it takes no cookie, so it needs no guard against forged forms."""
    from sandbox.api import actions, description, records

    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
    for part in (actions, records, description):
        part.register(blueprint)
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
    app.register_blueprint(description.pages)
