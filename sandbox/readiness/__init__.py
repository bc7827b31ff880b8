"""The board's answer to "may we go live?": which clearances hold, what is missing, and the evidence."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from sandbox.people import roles
from sandbox.web import nav

READERS = (roles.BOARD, roles.TRAINER, roles.ADMINISTRATOR)


def init_app(app: Flask) -> None:
    """Serve the pages of readiness and put them into the rail of those who read them."""
    from sandbox.readiness.views import blueprint

    app.register_blueprint(blueprint)
    nav.register(
        app,
        nav.NavItem(
            "readiness",
            _l("Readiness"),
            "shield-check",
            "readiness.board",
            frozenset(READERS),
            group=0,
            order=30,
        ),
    )
