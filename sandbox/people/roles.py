"""What an account is for: the four roles and where each begins the day."""

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

TRAINEE = "trainee"
TRAINER = "trainer"
BOARD = "board"
ADMINISTRATOR = "administrator"

TITLES = {
    TRAINEE: _l("Trainee"),
    TRAINER: _l("Trainer"),
    BOARD: lazy_pgettext("role", "Board"),
    ADMINISTRATOR: _l("Administrator"),
}
ROLES = tuple(TITLES)

HOMES = {
    TRAINEE: "training.home",
    TRAINER: "training.desk",
    BOARD: "readiness.board",
    ADMINISTRATOR: "people.index",
}


def home_of(role: str) -> str:
    """The address where a person of this role starts."""
    endpoint = HOMES.get(role, "")
    return url_for(endpoint if endpoint in current_app.view_functions else "people.settings")
