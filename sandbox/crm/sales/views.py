"""The pages of leads and deals: lists, board and records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.crm.communications.case_queries import worked
from sandbox.crm.communications.timeline import families
from sandbox.crm.facts import mail_link, phone_link, record_link
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label, own_facts, word
from sandbox.crm.record_page import beside, record_page
from sandbox.crm.sales.answering import answer_clock, answered_late
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.handovers.words import BADGES as HANDOVER_BADGES
from sandbox.crm.sales.handovers.words import clock_of, handover_states
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.looks import ways_to_look
from sandbox.crm.sales.offers.words import BADGES as OFFER_BADGES
from sandbox.crm.sales.offers.words import offer_states
from sandbox.crm.sales.pipelines import all_pipelines
from sandbox.crm.sales.queries import (
    HUNDREDFOLD,
    WHOLE,
    WHOLE_LEAD,
    beside_customers,
    beside_sales,
    list_deals,
    list_leads,
    sold_to,
)
from sandbox.crm.sales.questions import may_win
from sandbox.crm.sales.words import BADGES, STATUS_BADGES, deal_statuses, exit_rule, is_ready, lead_statuses
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import money, percent, weekday
from sandbox.web.respond import see_other

blueprint = Blueprint("sales", __name__, url_prefix="/s/<int:space>")
beside.extend((beside_customers, beside_sales))
families.append(sold_to)


@blueprint.get("/")
@allow(in_space)
def enter(space: int) -> Response:
    """Into the space: its deals."""
    return see_other(url_for("sales.deals", space=space))


@blueprint.get("/deals")
@allow(in_space)
def deals(space: int) -> Response:
    """All deals of the space as a list."""
    found = list_deals()
    amount, weighted = found.sums["amount"] or 0, (found.sums[HUNDREDFOLD] or 0) / 100
    return list_page(
        found,
        title=_("Deals"),
        label=_("Views of deals"),
        views=(
            (_("All deals"), {}),
            (_("My open"), {"owner": "me", "status": "open"}),
            (_("All open"), {"status": "open"}),
            (_("Won"), {"status": "won"}),
            (_("Lost"), {"status": "lost"}),
        ),
        looks=ways_to_look("list"),
        create=offer_to_create("deal.create"),
        lead=ngettext(
            "%(num)d deal, %(sum)s, weighted %(weighted)s",
            "%(num)d deals, %(sum)s, weighted %(weighted)s",
            found.total,
            sum=money(amount),
            weighted=money(round(weighted)),
        )
        if found.total
        else None,
        foot=ngettext("Sum of %(num)d deal", "Sum of all %(num)d deals", found.total),
        empty=("briefcase", _("No deals yet"), _("A deal stands for something a customer may buy.")),
    )


@blueprint.get("/deals/<int:n>")
@allow(in_space)
def deal(space: int, n: int) -> Response:
    """One deal: its stage, what happened, what is next."""
    _held = all_pipelines()
    one = fetch(Deal, n, deleted=True, options=WHOLE)
    stages = one.pipeline.open_stages
    current = stages.index(one.stage) if one.stage in stages else len(stages)
    after = stages[current + 1].title if current + 1 < len(stages) else None
    more = [
        (_("Paid"), money(one.paid_amount)),
        (_("Source"), label("lead_sources", one.lead.source) if one.lead else None),
        (_("Campaign"), record_link(one.campaign)),
        *own_facts("deal", one),
    ]
    facts: list[tuple[str, Any]] = [
        (_("Close date"), weekday(one.close_date)),
        (_("Probability"), _probability(one)),
        (_("Next step"), one.next_step),
        *_whom_to_ask(one),
        *((name, value) for name, value in more if value not in (None, "")),
    ]
    if one.status == "lost":
        facts += [(_("Lost because"), label("lost_reasons", one.lost_reason)), (_("Note"), one.lost_note)]
    return record_page(
        "sales/deal.html",
        one,
        main=("call.log", "task.set", "deal.move"),
        end=("deal.win", "deal.lose", "deal.reopen"),
        facts=facts,
        stages=[*(stage.title for stage in stages), _last_stage(one)],
        current=current,
        passed=_passed(one),
        days=max(0, (current_space().now() - one.stage_since).days) if one.is_open else None,
        rule=_rule(one),
        next_stage=after,
        state=(dict(deal_statuses())[one.status], *STATUS_BADGES[one.status]),
        today=current_space().today(),
        offers=one.offers,
        offer_states=dict(offer_states()),
        offer_badges=OFFER_BADGES,
        build=_build_offer(one),
    )


@blueprint.get("/leads")
@allow(in_space)
def leads(space: int) -> Response:
    """All leads of the space."""
    found = list_leads()
    return list_page(
        found,
        title=_("Leads"),
        label=_("Views of leads"),
        create=offer_to_create("lead.create"),
        views=(
            (_("All leads"), {}),
            (_("No answer yet"), {"answer": "waiting"}),
            (_("New leads"), {"status": "new"}),
            (_("Mine in work"), {"owner": "me", "status": "in_work"}),
            (_("Qualified leads"), {"status": "qualified"}),
        ),
        foot=ngettext("Sum of %(num)d lead", "Sum of all %(num)d leads", found.total),
        empty=(
            "user-question",
            _("No leads yet"),
            _("A lead is somebody who asked; write down who and for what."),
        ),
    )


@blueprint.get("/leads/<int:n>")
@allow(in_space)
def lead(space: int, n: int) -> Response:
    """One lead: who asked, for what, and what came of it."""
    one = fetch(Lead, n, deleted=True, options=WHOLE_LEAD)
    facts: list[tuple[str, Any]] = [
        (_("Company name"), one.company_name),
        *((name, record_link(found)) for name, found in _became(one) if found is not None),
        (_("Phone"), phone_link(one.phone)),
        (_("E-mail"), mail_link(one.email)),
        (_("Source"), label("lead_sources", one.source)),
        *_campaigns(one),
        (word("lead.budget", _("Budget")), money(one.budget)),
        (_("What they need"), one.need),
        *own_facts("lead", one),
    ]
    if one.status == "rejected":
        facts += [
            (_("Rejected because"), label("reject_reasons", one.reject_reason)),
            (_("Note"), one.reject_note),
        ]
    passed = one.handovers
    return record_page(
        "sales/lead.html",
        one,
        passed=passed,
        passed_buttons={each.id: offers_for(each) for each in passed if each.is_open},
        passed_states=dict(handover_states()),
        passed_badges=HANDOVER_BADGES,
        clocks={each.id: clock_of(each) for each in passed},
        label=label,
        # the first is the one to be done next: a call until there was one, then it may become a deal
        main=("lead.convert", "call.log", "lead.pass_on", "task.set")
        if one.status == "qualified" and one.first_response_at
        else ("lead.take", "call.log", "lead.qualify", "lead.convert", "lead.pass_on", "task.set"),
        end=("lead.reject",),
        facts=facts,
        state=(dict(lead_statuses())[one.status], *BADGES[one.status]),
        clock=answer_clock(one),
        late=worked(late) if (late := answered_late(one)) else None,
    )


def _campaigns(lead: Lead) -> list[tuple[str, Any]]:
    """Where the lead came from first, and last where that was another campaign."""
    facts = [(_("Campaign"), record_link(lead.campaign))]
    if lead.last_campaign is not lead.campaign:
        facts.append((_("Last campaign"), record_link(lead.last_campaign)))
    return facts


def _build_offer(deal: Deal) -> Offer | None:
    """The button that begins an offer on this deal."""
    begin = offer_to_create("offer.create")
    if begin is None or not deal.is_open or deal.deleted_at is not None:
        return None
    return replace(begin, url=f"{begin.url}?deal={deal.n}")


def _whom_to_ask(deal: Deal) -> list[tuple[str, Any]]:
    """How to reach the deal's contact, or its company where no contact is chosen."""
    whom = deal.contact or deal.company
    if whom is None:
        return [(_("Contact"), None)]
    name = record_link(whom, deal.contact.position if deal.contact is not None else None)
    who = _("Contact") if deal.contact is not None else _("Company")
    return [(who, name), (_("Phone"), phone_link(whom.phone)), (_("E-mail"), mail_link(whom.email))]


def _became(lead: Lead) -> list[tuple[str, Any]]:
    """The cards that the lead belongs to by now."""
    return [(_("Company"), lead.company), (_("Contact"), lead.contact)]


def _probability(deal: Deal) -> str:
    share = percent(deal.stage.probability / 100)
    if deal.amount is None or not deal.is_open:
        return share
    weighted = money((deal.amount * deal.stage.probability / 100).quantize(deal.amount.to_integral_value()))
    return _("%(share)s, weighted %(sum)s", share=share, sum=weighted)


def _rule(deal: Deal) -> str | None:
    """What keeps the deal from going on: from its next stage or, in the last one, from being won."""
    rule = exit_rule(deal)
    if rule and deal.stage is deal.pipeline.open_stages[-1] and is_ready(deal):
        return next((str(reason.message) for reason in may_win.ask(deal)), _("All is ready to win the deal."))
    return rule


def _passed(deal: Deal) -> int:
    """How many open stages lie behind the deal: a closed one has passed those up to where it stood last."""
    stages = deal.pipeline.open_stages
    if deal.is_open:
        return stages.index(deal.stage)
    stood = [span.stage for span in deal.spans if span.stage in stages]
    return stages.index(stood[-1]) + 1 if stood else 0


def _last_stage(deal: Deal) -> str:
    return _("Won or lost") if deal.is_open else deal.stage.title
