"""Leads and deals by their campaign: filters of their lists, and what came of each campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import and_, case, func, or_, select

from sandbox.crm.attribution import COLUMNS, FILTERS, FIRST, LAST, Harvest, campaign_model
from sandbox.crm.lists import Filter, asked
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import CONVERTED, QUALIFIED, Lead
from sandbox.crm.sales.pipelines import Stage
from sandbox.crm.wording import Pairs
from sandbox.extensions import db
from sandbox.spaces import every

NONE, ANY = "none", "any"


def campaign_filters(model: type[Lead] | type[Deal]) -> tuple[Filter, ...]:
    """By campaign, by the last one where the address asks for it, and without tests or tests alone."""
    known = _campaigns()
    found = [_by_campaign(model, FIRST, _("Campaign"), known)]
    if FILTERS[LAST] in asked():
        found.append(_by_campaign(model, LAST, _("Last campaign"), known))
    return (*found, _tests(model))


def is_no_test(model: type[Lead] | type[Deal]) -> Any:
    """The clause for leads that are none of our own tests, and for deals that came of no such lead."""
    if model is Lead:
        return Lead.is_test.is_not(True)
    tests = select(Lead.id).where(Lead.is_test.is_(True))
    return or_(Deal.lead_id.is_(None), Deal.lead_id.not_in(tests))


def harvests(touch: str) -> Iterator[Harvest]:
    """What came of every campaign by a touch, and of none; out of two questions."""
    found: dict[int | None, dict[str, Any]] = defaultdict(dict)
    column = getattr(Lead, COLUMNS[touch])
    worth = func.sum(case((Lead.status.in_((QUALIFIED, CONVERTED)), 1), else_=0))
    leads = every(Lead).where(is_no_test(Lead)).with_only_columns(column, func.count(), worth)
    for campaign, number, qualified in db.session.execute(leads.group_by(column)):
        found[campaign].update(leads=number, qualified=qualified)
    column = getattr(Deal, COLUMNS[touch])
    deals = every(Deal).join(Stage, Deal.stage_id == Stage.id).where(is_no_test(Deal))
    sums = deals.with_only_columns(column, Stage.type, func.count(), func.sum(Deal.amount))
    for campaign, kind, number, amount in db.session.execute(sums.group_by(column, Stage.type)):
        line = found[campaign]
        line["deals"] = line.get("deals", 0) + number
        if kind == "open":
            line["open_deals"] = number
        elif kind == "won":
            line.update(won=number, won_sum=amount or Decimal(0))
    for campaign, line in found.items():
        yield Harvest(campaign, **line)


def _campaigns() -> Pairs:
    """Tags and names of the campaigns, the latest first; asked once for a page."""
    if g.get("sought_in_list") is not None and not set(FILTERS.values()) & set(asked()):
        return []
    if "campaigns_by_tag" not in g:
        model = campaign_model()
        named = every(model).with_only_columns(model.tag, model.name).order_by(model.id.desc())
        g.campaigns_by_tag = [(tag, name) for tag, name in db.session.execute(named)]
    pairs: Pairs = g.campaigns_by_tag
    return pairs


def _by_campaign(model: Any, touch: str, title: Any, known: Pairs) -> Filter:
    column = getattr(model, COLUMNS[touch])

    def clause(tags: list[str]) -> Any:
        model_of = campaign_model()
        # a campaign that was put away is none: nobody finds its results
        alive = select(model_of.id).where(model_of.deleted_at.is_(None))
        named, standing = column.in_(alive.where(model_of.tag.in_(tags))), column.in_(alive)
        clauses = {NONE: or_(column.is_(None), ~standing), ANY: standing}
        return or_(named, *(clauses[tag] for tag in tags if tag in clauses))

    options = [(ANY, _("any campaign")), (NONE, _("no campaign")), *known] if known else []
    return Filter(FILTERS[touch], title, options, clause)


def _tests(model: Any) -> Filter:
    tests = select(Lead.id).where(Lead.is_test.is_(True))
    only = (
        Lead.is_test.is_(True) if model is Lead else and_(Deal.lead_id.is_not(None), Deal.lead_id.in_(tests))
    )
    clauses = {"without": is_no_test(model), "only": only}
    return Filter(
        "tests",
        _("Our own tests"),
        [("without", _("without tests")), ("only", _("tests only"))],
        lambda codes: or_(*(clauses[code] for code in codes)),
    )
