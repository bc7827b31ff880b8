"""The page of suppressions."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from sandbox.crm.columns import Cell, Column, badge_macro, code_column, day_column, macro
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import Filter, Listed, code_filter, listed
from sandbox.crm.marketing.suppressions.models import Suppression
from sandbox.crm.marketing.suppressions.words import reasons
from sandbox.crm.places import lists
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import see_other

blueprint = Blueprint("suppressions", __name__, url_prefix="/s/<int:space>")


@lists(Suppression)
def list_suppressions() -> Listed:
    """The page of suppressions that the address asks for, the newest first."""
    columns = (
        Column(
            _("Address or domain"), "title", Suppression.sort_key, cell=_title, value=lambda one: one.value
        ),
        code_column(_("Why"), "reason", Suppression.reason, reasons(), css="aside", edits=""),
        Column(_("State"), "state", cells=_state_cells, value=lambda one: one.lifted_why),
        day_column(_("Added"), "added", "created_at", Suppression.created_at, css="minor"),
        Column(_("What can be done"), "acts", cells=_act_cells),
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
    return list_page(
        list_suppressions(),
        title=_("Suppressions"),
        label=_("Views of suppressions"),
        create=offer_to_create("suppression.add"),
        more=(offer_to_create("suppression.paste"),),
        views=((_("All of them"), {}), (_("In force"), {"state": "active"})),
        empty=(
            "ban",
            _("Nothing is suppressed"),
            _(
                "Addresses that complained, competitors and our own people stand here: "
                "no mailing goes to them."
            ),
        ),
    )


def _title(one: Suppression) -> Markup:
    note = Markup('<span class="cell-sub">{}</span>').format(one.note) if one.note else ""
    return Markup("<b>{}</b>{}").format(one.value, note)


def _state_cells(_found: Listed) -> Cell:
    badge = badge_macro()

    def cell(one: Suppression) -> Markup:
        if one.active:
            return badge(_("in force"), "warn", "ban")
        why = Markup('<span class="cell-sub">{}</span>').format(one.lifted_why)
        return badge(_("lifted"), "outline", "circle-check") + why

    return cell


def _act_cells(_found: Listed) -> Cell:
    button = macro("components/ui.html", "action_button")
    return lambda one: Markup("").join(button(offer, size="small") for offer in offers_for(one))


@blueprint.get("/suppressions/<int:n>")
@allow(in_space)
def suppression(space: int, n: int) -> Response:
    """A suppression is read in the list."""
    return see_other(url_for("suppressions.suppressions", space=space, q=fetch(Suppression, n).value))


def _stands(codes: list[str]) -> object:
    if len(codes) > 1:
        return Suppression.id.is_not(None)
    return Suppression.lifted_at.is_(None) if codes[0] == "active" else Suppression.lifted_at.is_not(None)
