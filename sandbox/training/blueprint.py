"""The blueprint that all pages of training are on."""

from flask import Blueprint

blueprint = Blueprint("training", __name__)
