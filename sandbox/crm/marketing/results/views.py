"""The page of results, and the same as a file."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from sandbox.crm.attribution import FIRST, LAST, TOUCHES, usual_touch
from sandbox.crm.lists import label, language
from sandbox.crm.marketing.campaigns.looks import ways_to_look
from sandbox.crm.marketing.campaigns.words import BADGES, campaign_states
from sandbox.crm.marketing.results.links import ALL, ANY, link_to
from sandbox.crm.marketing.results.queries import Line, Results, results_by
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page

blueprint = Blueprint("results", __name__, url_prefix="/s/<int:space>")
_FORMULA = ("=", "+", "-", "@", "\t")


@blueprint.get("/campaigns/results")
@allow(in_space)
def results(space: int) -> Response:
    """What every campaign brought and cost; each figure leads to its leads or deals."""
    touch = asked_touch()
    found = results_by(touch)
    return page(
        "marketing/results/results.html",
        found=found,
        touch=touch,
        touches=_touches(space, touch),
        usual=usual_touch(),
        link=lambda line, what: link_to(what, _whose(line, found), touch),
        views=ways_to_look("results"),
        states=dict(campaign_states()),
        badges=BADGES,
        margin=found.campaigns.margin,
        most=max((max(line.cost or 0, line.harvest.won_sum) for line in found.lines), default=0),
        export=url_for("results.export", space=space, touch=touch),
        label=label,
    )


@blueprint.get("/campaigns/results.csv")
@allow(in_space)
def export(space: int) -> Response:
    """The table of results as a file for a spreadsheet."""
    found = results_by(asked_touch())
    out = StringIO()
    write = csv.writer(out, delimiter=";" if language() == "ru" else ",")
    write.writerow(
        [
            _("Campaign"),
            _("Source tag"),
            _("First day"),
            _("Last day"),
            _("Leads"),
            _("Qualified leads"),
            _("Deals"),
            _("Won"),
            _("Won sum"),
            _("Cost"),
            _("Cost per lead"),
            _("ROI, %"),
        ]  # fmt: skip
    )
    for line in (*found.lines, found.campaigns, found.without, found.whole):
        write.writerow(_row(line, found))
    headers = {"Content-Disposition": f'attachment; filename="campaigns-{current_space().today()}.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv; charset=utf-8", headers=headers)


def asked_touch() -> str:
    """The touch that the address names, else the company's own."""
    named = request.args.get("touch", "")
    return named if named in TOUCHES else usual_touch()


def _touches(space: int, chosen: str) -> list[dict[str, Any]]:
    words = {FIRST: _("First touch"), LAST: _("Last touch")}
    return [
        {
            "label": words[one],
            "url": url_for("results.results", space=space, touch=one),
            "active": one == chosen,
        }
        for one in TOUCHES
    ]


def _whose(line: Line, found: Results) -> Any:
    """Whose leads and deals a line counts."""
    return ALL if line is found.whole else ANY if line is found.campaigns else line.campaign


def _row(line: Line, found: Results) -> list[Any]:
    campaign, harvest = line.campaign, line.harvest
    names = {ALL: _("All together"), ANY: _("All campaigns")}
    name = campaign.title if campaign else names.get(_whose(line, found), _("no campaign"))
    days = (campaign.begins_on, campaign.ends_on) if campaign else (None, None)
    roi = f"{line.roi * 100:.1f}" if line.roi is not None else None
    return [
        _harmless(name),
        campaign.tag if campaign else None,
        *days,
        harvest.leads,
        harvest.qualified,
        harvest.deals,
        harvest.won,
        *(_decimal(one) for one in (harvest.won_sum, line.cost, line.cost_per_lead, roi)),
    ]


def _decimal(value: Any) -> str | None:
    """A number as spreadsheets of the reader's language read it."""
    return None if value is None else str(value).replace(".", "," if language() == "ru" else ".")


def _harmless(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
