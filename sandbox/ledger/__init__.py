"""What may be done in a space and what was done: declared actions, events with facts, undo, the feed."""

from flask import Flask

from sandbox.ledger.acting import acting, tell
from sandbox.ledger.forms import ActionForm
from sandbox.ledger.models import Event
from sandbox.ledger.perform import perform
from sandbox.ledger.questions import Question, after, during
from sandbox.ledger.registry import Action, action, registry
from sandbox.ledger.undoing import undo, undone

__all__ = [
    "Action",
    "ActionForm",
    "Event",
    "Question",
    "acting",
    "action",
    "after",
    "during",
    "perform",
    "register_pages",
    "registry",
    "tell",
    "undo",
    "undone",
]


def init_app(app: Flask) -> None:
    """Give templates the buttons and the sentences; the routes follow once all actions are declared."""
    from sandbox.ledger import feed, offers

    app.add_template_global(offers.offers_for)
    app.add_template_global(offers.offer_to_create)
    app.add_template_filter(feed.sentence, "sentence")


def register_pages(app: Flask) -> None:
    """Give every action that is declared by now its form as a page, a dialog and a route."""
    from sandbox.ledger import views

    views.register(app)
