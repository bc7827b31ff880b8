"""Taking back what was just done: offered for actions that declare it, to whoever may do them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, g, request
from flask_babel import gettext as _
from flask_login import current_user

from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger.models import Event
from sandbox.ledger.perform import rights_of
from sandbox.ledger.registry import registry
from sandbox.ledger.undoing import undo
from sandbox.spaces import Colleague, current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.local_address import local_address
from sandbox.web.respond import see_other
from sandbox.web.unit_of_work import unit_of_work

Fellows = Callable[[Event], list[Event]]
_fellows: dict[str, Fellows] = {}


def taken_back_with(action: str, fellows: Fellows) -> None:
    """Say which events an event of an action is one of: they are taken back together, or not at all."""
    _fellows[action] = fellows


def undo_address(event: Event) -> str | None:
    """Where an event is taken back; None where its action does not offer it."""
    declared = registry.actions.get(event.action)
    return f"/s/{current_space().id}/events/{event.n}/undo" if declared and declared.undoable else None


@allow(in_space)
def take_back(space: int, n: int) -> Response:
    """Undo an event of an action that offers it, as one event of its own."""
    event = fetch(Event, n)
    declared = registry.actions.get(event.action)
    if declared is None or not declared.undoable or g.colleague is None:
        raise NotFound(f"an undo of event {n}")
    try:
        with unit_of_work():
            by = fetch(Colleague, g.colleague.n)
            declared.permit(by, rights_of(by))
            event = fetch(Event, n)
            whole = _fellows[event.action](event) if event.action in _fellows else [event]
            undo(whole or [event], by=by, at=current_space().now(), person_id=current_user.id)
    except Refused as refusal:
        flash(str(refusal.message), "bad")
    else:
        flash(_("Undone: everything is as it was before."), "ok")
    return see_other(local_address(request.form.get("return_to") or f"/s/{space}/events"))
