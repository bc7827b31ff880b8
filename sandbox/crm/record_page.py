"""What the page of every record shows: its actions, what happened and what is next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import next_of
from sandbox.crm.communications.timeline import TIMELINE_VIEWS, timeline_of, timeline_views
from sandbox.crm.inline import fields_by_label
from sandbox.crm.places import kept_in_list, way_back
from sandbox.crm.sight import closed_to
from sandbox.ledger.offers import Offer, offers_for
from sandbox.web.respond import page

# Areas that lie above a record's own say here what of theirs stands beside it: title, icon and records.
Beside = tuple[str, str, list[Any]]
beside: list[Callable[[Any], list[Beside]]] = []


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
    show = show if show in TIMELINE_VIEWS else "all"
    whole = "older" in request.args
    g.way_back = way_back(record)  # drawn by the crumb of whatever template this record has
    lines, older = timeline_of(record, show, None if whole else 12)
    waiting = [(activity, light, buttons_of(activity)) for activity, light in next_of(record)]
    return page(
        template,
        record=record,
        actions=laid_out(record, main, end, apart),
        editable=fields_by_label(record),
        lines=lines,
        older=older,
        older_address=kept_in_list(request.path, show=show, older=1),
        views=_views(show),
        waiting=waiting,
        related=_related(record),
        **context,
    )


def buttons_of(activity: Activity, back: str | None = None) -> dict[str, list[Offer]]:
    """An open activity's buttons: finishing it, and the rest in a menu; `back` is where they lead to."""
    offers = offers_for(activity)
    if back:
        offers = [led_back(one, back) for one in offers]
    ends = ("task.finish", "meeting.hold")
    return {
        "end": [offer for offer in offers if offer.code in ends],
        "more": [offer for offer in offers if offer.code not in ends],
    }


def led_back(offer: Offer, back: str) -> Offer:
    """The same button, leading back to a page of choice."""
    return replace(offer, url=f"{offer.url}?{urlencode({'return_to': back})}")


def _related(record: Any) -> list[Beside]:
    """What stands beside a record, without what is empty or closed to the colleague's job role."""
    closed = closed_to(g.colleague.job_role) if g.get("colleague") is not None else frozenset()
    found = [group for ask in beside for group in ask(record) if group[2]]
    return [group for group in found if group[2][0].__record__ not in closed]


def _views(show: str) -> list[dict[str, Any]]:
    labels = timeline_views()
    return [
        {"label": label, "url": kept_in_list(request.path, show=code), "active": code == show}
        for code, label in labels.items()
    ]
