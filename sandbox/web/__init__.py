"""What every view shares: access, the unit of work, answers, navigation, assets, languages."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind all that pages share to the application."""
    from sandbox.web import (
        access,
        addresses,
        assets,
        errors,
        formatting,
        gallery,
        headers,
        icons,
        languages,
        nav,
        respond,
    )

    for part in (
        addresses,
        access,
        headers,
        languages,
        respond,
        nav,
        assets,
        icons,
        formatting,
        errors,
        gallery,
    ):
        part.init_app(app)
