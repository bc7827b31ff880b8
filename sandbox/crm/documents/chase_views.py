"""The page of papers to chase: what ends soon, what did not come back, what was not closed."""

from __future__ import annotations

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from sandbox.crm.documents.chasing import ending_soon, not_closed, with_task, without_original
from sandbox.crm.lists import tabs
from sandbox.crm.record_page import led_back
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import here_address, page

blueprint = Blueprint("chase", __name__, url_prefix="/s/<int:space>")
ENDING, MISSING, UNCLOSED = ("task.set",), ("document.receive", "task.set"), ("document.close", "task.set")


@blueprint.get("/chase")
@allow(in_space)
def chase(space: int) -> Response:
    """Contracts that end soon, missing originals and supplies that nobody closed; one's own, or all."""
    mine = g.colleague if request.args.get("owner") == "me" else None
    today = current_space().today()
    ending, missing, unclosed = ending_soon(today, mine), without_original(mine), not_closed(mine)
    planned = with_task([*ending, *missing, *unclosed])
    back = here_address()
    return page(
        "documents/chase.html",
        tabs=tabs((_("All papers"), {}), (_("Mine"), {"owner": "me"})),
        ending=ending,
        parts=[
            (_("Contracts that end soon"), "calendar-due", _("No contract ends soon"), ending, ENDING),
            (_("Signed, original missing"), "mailbox", _("Every original lies with us"), missing, MISSING),
            (
                _("Paid, no closing document"),
                "file-check",
                _("Every paid supply is closed"),
                unclosed,
                UNCLOSED,
            ),
        ],
        planned=planned,
        planned_count=sum(one.id in planned for one in ending),
        buttons=lambda paper, codes: [
            led_back(one, back) for code in codes for one in offers_for(paper) if one.code == code
        ],
        chase=offer_to_create("document.chase_renewals"),
        today=today,
        soon=current_space().company.documents.renewal_days,
    )
