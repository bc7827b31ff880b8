"""The page of suppressions."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from sandbox.crm.lists import Column, Filter, Listed, code_filter, listed, tabs
from sandbox.crm.marketing.suppressions.models import Suppression
from sandbox.crm.marketing.suppressions.words import reasons
from sandbox.crm.places import lists
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("suppressions", __name__, url_prefix="/s/<int:space>")


@lists(Suppression)
def list_suppressions() -> Listed:
    """The page of suppressions that the address asks for, the newest first."""
    columns = (
        Column(_("Address or domain"), "title", Suppression.sort_key),
        Column(_("Why"), "reason", Suppression.reason, css="aside"),
        Column(_("State")),
        Column(_("Added"), "added", Suppression.created_at, css="minor"),
        Column(_("What can be done")),
    )
    states = [("active", _("in force")), ("lifted", _("lifted"))]
    filters = (
        code_filter("reason", _("Why"), Suppression.reason, reasons()),
        Filter("state", _("State"), states, _stands),
    )
    return listed(every(Suppression), Suppression, columns=columns, filters=filters, sort="-added")


@blueprint.get("/suppressions")
@allow(in_space)
def suppressions(space: int) -> Response:
    """All addresses and domains that no mailing goes to."""
    found = list_suppressions()
    return page(
        "marketing/suppressions/suppressions.html",
        found=found,
        buttons={one.id: offers_for(one) for one in found.rows},
        create=offer_to_create("suppression.add"),
        paste=offer_to_create("suppression.paste"),
        reasons=dict(reasons()),
        tabs=tabs((_("In force"), {"state": "active"}), (_("All of them"), {})),
    )


@blueprint.get("/suppressions/<int:n>")
@allow(in_space)
def suppression(space: int, n: int) -> Response:
    """A suppression is read in the list."""
    return see_other(url_for("suppressions.suppressions", space=space, q=fetch(Suppression, n).value))


def _stands(codes: list[str]) -> object:
    if len(codes) > 1:
        return Suppression.id.is_not(None)
    return Suppression.lifted_at.is_(None) if codes[0] == "active" else Suppression.lifted_at.is_not(None)
