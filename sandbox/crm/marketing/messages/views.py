"""The pages of message templates: the list, and one with what its recipients would read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import timeline_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import words_asked
from sandbox.crm.marketing.mailings.queries import mailings_of_template
from sandbox.crm.marketing.mailings.words import mailing_states
from sandbox.crm.marketing.messages.models import MessageTemplate, TestSend
from sandbox.crm.marketing.messages.placeholders import pieces, placeholders
from sandbox.crm.marketing.messages.queries import (
    gap_said,
    gaps_of,
    list_templates,
    mailed_segments,
    previewed,
)
from sandbox.crm.places import way_back
from sandbox.ledger.offers import offer_to_create
from sandbox.spaces import fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("messages", __name__, url_prefix="/s/<int:space>")


@blueprint.app_context_processor
def placeholders_for_forms() -> dict[str, Any]:
    """What the form of a template offers to put in."""
    return {"message_placeholders": lambda: list(placeholders().values())}


@blueprint.get("/message_templates")
@allow(in_space)
def templates(space: int) -> Response:
    """All message templates of the space."""
    return list_page(
        list_templates(),
        title=_("Message templates"),
        label=_("Views of templates"),
        create=offer_to_create("message_template.create"),
        views=((_("All templates"), {}), (_("Mine"), {"owner": "me"})),
        empty=(
            "template",
            _("No templates yet"),
            _("A template is written once, and the cards fill it for each recipient."),
        ),
    )


@blueprint.get("/message_templates/<int:n>")
@allow(in_space)
def template(space: int, n: int) -> Response:
    """One template: what it says, what each recipient would read, and the tests that were sent."""
    one = fetch(MessageTemplate, n, deleted=True)
    segments = mailed_segments()
    chosen = next((each for each in segments if each.n == request.args.get("segment", 0, type=int)), None)
    seen = previewed(chosen, request.args.get("place", 1, type=int), words_asked())
    g.way_back = way_back(one)
    return page(
        "marketing/messages/template.html",
        record=one,
        actions=laid_out(one, ("message_template.test_send", "message_template.edit")),
        seen=seen,
        segments=segments,
        chosen=chosen,
        words=words_asked(),
        subject=pieces(one.subject, seen.card) if seen.card else [],
        body=pieces(one.body, seen.card) if seen.card else [],
        beside=[_beside(seen.number + step) if _is_there(seen, step) else None for step in (-1, 1)],
        gaps=[gap_said(gap) for gap in gaps_of((one.subject, one.body), chosen)],
        tests=one.tests[:8],
        mailings=mailings_of_template(one.id),
        states=dict(mailing_states()),
        lines=timeline_of(one, "changes", None)[0],
    )


@blueprint.get("/test_sends/<int:n>")
@allow(in_space)
def test(space: int, n: int) -> Response:
    """A test is read on the page of its template."""
    return see_other(url_for("messages.template", space=space, n=fetch(TestSend, n).template.n))


test.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def _is_there(seen: Any, step: int) -> bool:
    return 1 <= seen.number + step <= seen.total


def _beside(place: int) -> str:
    kept = {name: request.args[name] for name in ("segment", "q", "in", "back") if request.args.get(name)}
    return f"{request.path}?{urlencode({**kept, 'place': place})}#preview"
