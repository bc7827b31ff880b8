"""The blueprint that all of `/api/v1` is on."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
