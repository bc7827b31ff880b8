"""Numbers in addresses: as long as a number of the database may be; a longer one is no address of ours."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class NumberConverter(IntegerConverter):
    """A whole number that fits into 64 bits, whatever somebody writes into the address bar."""

    regex = r"\d{1,18}"


def init_app(app: Flask) -> None:
    """Read every `<int:…>` so; to be called before the first route is added."""
    app.url_map.converters["int"] = NumberConverter
