"""What the page of every record shows: its actions, what happened and what is next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask_babel import gettext as _

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import next_of, timeline_of
from sandbox.ledger.offers import Offer, offers_for
from sandbox.web.respond import page

# Areas that lie above a record's own say here what of theirs stands beside it: title, icon and records.
Beside = tuple[str, str, list[Any]]
beside: list[Callable[[Any], list[Beside]]] = []

VIEWS = ("all", "calls", "mail", "notes", "changes")


def record_page(
    template: str,
    record: Any,
    *,
    main: Sequence[str],
    end: Sequence[str] = (),
    apart: Sequence[str] = (),
    **context: Any,
) -> Response:
    """The page of a record; `main`, `end` and `apart` name the actions that stand outside of the menu."""
    show = request.args.get("show", "all")
    show = show if show in VIEWS else "all"
    whole = "older" in request.args
    lines, older = timeline_of(record, show, None if whole else 12)
    waiting = [(activity, light, buttons_of(activity)) for activity, light in next_of(record)]
    return page(
        template,
        record=record,
        actions=laid_out(record, main, end, apart),
        lines=lines,
        older=older,
        older_address=f"{request.path}?show={show}&older=1",
        views=_views(show),
        waiting=waiting,
        related=[group for ask in beside for group in ask(record) if group[2]],
        **context,
    )


def buttons_of(activity: Activity, back: str | None = None) -> dict[str, list[Offer]]:
    """An open activity's buttons: finishing it, and the rest in a menu; `back` is where they lead to."""
    offers = offers_for(activity)
    if back:
        offers = [replace(one, url=f"{one.url}?{urlencode({'return_to': back})}") for one in offers]
    ends = ("task.finish", "meeting.hold")
    return {
        "end": [offer for offer in offers if offer.code in ends],
        "more": [offer for offer in offers if offer.code not in ends],
    }


def _views(show: str) -> list[dict[str, Any]]:
    labels = (_("All"), _("Calls"), _("Mail"), _("Notes"), _("Changes"))
    return [
        {"label": label, "url": f"{request.path}?show={code}", "active": code == show}
        for code, label in zip(VIEWS, labels, strict=True)
    ]
