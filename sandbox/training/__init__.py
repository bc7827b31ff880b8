"""People meet scenarios: their runs, what the runs prove, and the clearances that follow."""

import logging
import secrets
from importlib import import_module
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.people import roles
from sandbox.scenarios import ScenarioFaults
from sandbox.seeding.recipes import UnknownCompany
from sandbox.spaces.company_faults import CompanyFaults
from sandbox.web import nav
from sandbox.web.errors import draw

log = logging.getLogger(__name__)

# Modules that put their pages on the blueprint when they are imported.
PAGES = ("coach_views", "practice_views", "home_views", "desk_views", "debrief_views")


def init_app(app: Flask) -> None:
    """Serve the pages of training, and draw the coach wherever an attempt runs."""
    from sandbox.training import coach
    from sandbox.training.blueprint import blueprint

    for page in PAGES:
        import_module(f"sandbox.training.{page}")
    app.register_blueprint(blueprint)
    for fault in (ScenarioFaults, CompanyFaults, UnknownCompany):
        app.register_error_handler(fault, _file_is_broken)
    _put_in_rail(app)

    @app.context_processor
    def _coach() -> dict[str, Any]:
        return {"coach": coach.panel()}


def _file_is_broken(fault: Exception) -> ResponseReturnValue:
    """Say which file of the house has the fault, and where: whoever changed it mends it there."""
    log.error("%s", fault)
    told = _("A file of the program has a fault, and this page needs it: %(fault)s", fault=fault)
    return draw(503, secrets.token_hex(4), told)


def _put_in_rail(app: Flask) -> None:
    """A trainee begins with what is next, a trainer at the desk."""
    trainers = frozenset({roles.TRAINER, roles.ADMINISTRATOR})
    nav.register(
        app,
        nav.NavItem(
            "home",
            _l("What next"),
            "target-arrow",
            "training.home",
            frozenset({roles.TRAINEE}),
            group=0,
            order=10,
        ),
        nav.NavItem(
            "desk", _l("Desk"), "presentation-analytics", "training.desk", trainers, group=0, order=10
        ),
    )
