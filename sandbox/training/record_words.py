"""What judges call kinds of record, fields that no form asks for, and states that no dictionary lists."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.case_queries import case_statuses
from sandbox.crm.communications.models import KINDS, kind_label
from sandbox.crm.communications.words import directions, mail_directions, visibilities
from sandbox.crm.customers.consents import PURPOSES, purpose_word
from sandbox.crm.documents.words import document_statuses
from sandbox.crm.marketing.campaigns.words import campaign_states
from sandbox.crm.marketing.mailings.words import lines as audience_lines
from sandbox.crm.marketing.mailings.words import mailing_states
from sandbox.crm.marketing.mailings.words import outcomes as letter_outcomes
from sandbox.crm.marketing.segments.words import kinds as segment_kinds
from sandbox.crm.marketing.segments.words import matches as segment_matches
from sandbox.crm.marketing.suppressions.words import reasons as suppression_reasons
from sandbox.crm.marketing.web_forms.words import form_states
from sandbox.crm.sales.handovers.words import handover_states
from sandbox.crm.sales.offers.words import offer_states
from sandbox.crm.sales.words import deal_statuses, lead_statuses

RECORDS: dict[str, Any] = {
    "company": _l("Company"),
    "contact": _l("Contact"),
    "lead": _l("Lead"),
    "deal": _l("Deal"),
    "activity": _l("Activity"),
    "campaign": _l("Campaign"),
    "campaign_cost": _l("Cost of a campaign"),
    "web_form": _l("Web form"),
    "submission": _l("What was sent by a form"),
    "routing_rule": _l("Routing rule"),
    "handover": _l("Passing to sales"),
    "case": _l("Case"),
    "instruction": _l("Instruction"),
    "acknowledgement": _l("Who is to read it"),
    "mention": _l("Question to a colleague"),
    "document": _l("Document"),
    "delegation": _l("Delegation"),
    "offer": _l("Offer"),
    "offer_line": _l("Offer line"),
    "product": _l("Product"),
    "price_list": _l("Price list"),
    "message_template": _l("Message template"),
    "test_send": _l("Test of a message"),
    "suppression": _l("Suppression"),
    "mailing": _l("Mailing"),
    "mailing_segment": _l("Segment of a mailing"),
    "mailing_recipient": _l("Recipient"),
    "segment": _l("Segment"),
    "segment_part": _l("Condition of a segment"),
    "segment_member": _l("Member of a fixed list"),
    "colleague": _l("Colleague"),
    "address": _l("Phone or e-mail"),
    "tag": _l("Tag"),
    "consent": _l("Consent"),
}
FIELDS: dict[str, Any] = {
    **RECORDS,
    "on": _l("Record"),
    "status": _l("State"),
    "stage": _l("Stage"),
    "done": _l("Done"),
    "number": _l("Number"),
    "edition": _l("Version"),
    "late": _l("Late"),
    "to": _l("Seller"),
    "from_": _l("Passed by"),
    "answer_by": _l("Answer by"),
    "is_repeat": _l("Came back"),
    "routed_to": _l("Given to"),
    "last_campaign": _l("Last campaign"),
    "is_test": _l("Our own test"),
    "cost": _l("Cost"),
    "over_budget": _l("Above the budget"),
    "expired": _l("Expired"),
    "widest_discount": _l("Largest discount"),
    "total": _l("Total"),
    "net": _l("Without tax"),
    "vat": _l("Tax"),
    "vat_included": _l("Prices include the tax"),
    "sent_at": _l("Sent on"),
    "open": _l("Open"),
    "cancelled": _l("Cancelled"),
    "due": _l("Due"),
    "kind": _l("Kind"),
    "title": _l("Title"),
    "name": _l("Name"),
    "bare_name": _l("Name"),
    "assignee": _l("Assignee"),
    "owner": _l("Owner"),
    "type": _l("Used for"),
    "value": _l("Phone or e-mail"),
    "primary": _l("Primary"),
    "invalid": _l("Invalid"),
    "opted_out": _l("Opted out of advertising"),
    "code": _l("Tag"),
    "bic": _l("BIC"),
    "active": _l("In force"),
    "purpose": _l("Purpose"),
    "text": _l("Version of the text"),
    "given_on": _l("Given on"),
    "merged_into": _l("Merged into"),
    "withdrawn_on": _l("Withdrawn on"),
    "source": _l("Source"),
    "won_at": _l("Won on"),
    "lost_at": _l("Lost on"),
    "reject_reason": _l("Reason"),
    "lost_reason": _l("Reason"),
    "answered": _l("Answered"),
    "answer": _l("Your answer"),
    "task": _l("Task"),
    "asked_by": _l("Who asked"),
    "escalated": _l("escalated"),
    "acknowledged": _l("Read"),
    "reminded": _l("Reminded"),
    "published": _l("Published"),
    "escalated_to": _l("Escalated to"),
    "pinned": _l("Pinned"),
    "visibility": _l("Who reads it"),
    "date": _l("Date"),
    "signed": _l("Signed"),
    "signed_on": _l("Signed on"),
    "original_received": _l("Original received"),
    "received_on": _l("Original received"),
    "version_count": _l("Versions"),
    "current": _l("Current version"),
    "base": _l("Made for"),
    "absent": _l("Who is away"),
    "deputy": _l("Deputy"),
    "begins": _l("First day"),
    "ends": _l("Last day"),
    "incoming": _l("Came in"),
    "serial": _l("Place in the count"),
    "year": _l("Year"),
    "of": _l("Who is in it"),
    "match": _l("How the parts are joined"),
    "fixed": _l("Fixed list"),
    "size": _l("Members"),
    "condition_count": _l("Conditions"),
    "has_opt_out": _l("Opt-out link"),
    "tested": _l("Tested"),
    "targets": _l("Targets"),
    "sent": _l("Sent"),
    "delivered": _l("Delivered"),
    "opened": _l("Opened"),
    "clicked": _l("Pressed a link"),
    "processed": _l("Processed"),
    "line": _l("Line"),
    "outcome": _l("Outcome"),
    "template": _l("Template"),
}


STATES: dict[str, tuple[Any, Any]] = {
    "activity.done": (_l("done"), _l("not done yet")),
    "activity.open": (_l("still to be done"), _l("closed already")),
    "activity.cancelled": (_l("called off"), _l("not called off")),
    "activity.pinned": (_l("pinned to the top"), _l("not pinned")),
    "mention.answered": (_l("answered"), _l("not answered yet")),
    "deal.open": (_l("the deal is open"), _l("the deal is closed")),
    "lead.open": (_l("the lead is in work"), _l("the lead is closed")),
    "lead.is_test": (_l("a test"), _l("not a test")),
    "mention.open": (_l("still waits for an answer"), _l("closed already")),
    "case.open": (_l("the case is open"), _l("the case is closed")),
    "case.answered": (_l("answered"), _l("not answered yet")),
    "case.escalated": (_l("escalated"), _l("not escalated")),
    "instruction.published": (_l("published"), _l("not published yet")),
    "acknowledgement.acknowledged": (_l("read"), _l("not read yet")),
    "acknowledgement.reminded": (_l("reminded of"), _l("not reminded of")),
    "address.primary": (_l("the primary one"), _l("not the primary one")),
    "address.is_primary": (_l("the primary one"), _l("not the primary one")),
    "address.invalid": (_l("the address does not work"), _l("the address works")),
    "address.opted_out": (_l("opted out of advertising"), _l("not opted out of advertising")),
    "consent.active": (_l("the consent is in force"), _l("the consent is not in force")),
    "campaign.open": (_l("the campaign is open"), _l("the campaign is closed")),
    "campaign.over_budget": (_l("over the budget"), _l("within the budget")),
    "suppression.active": (_l("in the stop list"), _l("no longer in the stop list")),
    "mailing_recipient.opened": (_l("opened"), _l("not opened")),
    "mailing_recipient.clicked": (_l("a link was followed"), _l("no link was followed")),
    "mailing_recipient.opted_out": (_l("opted out of advertising"), _l("not opted out of advertising")),
    "mailing_recipient.processed": (_l("dealt with"), _l("not dealt with yet")),
    "message_template.has_opt_out": (_l("it has a way to opt out"), _l("it has no way to opt out")),
    "message_template.tested": (_l("tested"), _l("not tested since the last change")),
    "document.incoming": (_l("it came in"), _l("it is our own")),
    "document.signed": (_l("signed"), _l("not signed yet")),
    "document.original_received": (_l("the original is here"), _l("the original is not here yet")),
    "document.overdue": (_l("overdue"), _l("not overdue")),
    "document.vat_included": (_l("prices include the tax"), _l("prices are without the tax")),
    "offer.vat_included": (_l("prices include the tax"), _l("prices are without the tax")),
    "offer.expired": (_l("out of date"), _l("still valid")),
    "price_list.vat_included": (_l("prices include the tax"), _l("prices are without the tax")),
    "handover.open": (_l("still to be answered"), _l("answered")),
    "handover.late": (_l("late"), _l("in time")),
    "web_form.published": (_l("published"), _l("not published yet")),
    "web_form.personal_ticked": (_l("ticked beforehand"), _l("not ticked beforehand")),
    "web_form.advertising_ticked": (_l("ticked beforehand"), _l("not ticked beforehand")),
    "web_form.advertising_forced": (_l("advertising is a condition"), _l("advertising is no condition")),
    "submission.is_repeat": (_l("a repeat"), _l("not a repeat")),
    "view.shared": (_l("shared with the team"), _l("one's own")),
    "segment.fixed": (_l("the members are fixed"), _l("the members are not fixed")),
}


def state_word(field: str, is_so: bool) -> str | None:
    """A yes or no as people say it: done, not done yet."""
    if field not in STATES:
        return None
    so, not_so = STATES[field]
    return str(so if is_so else not_so)


def record_word(kind: str) -> str | None:
    """A kind of record."""
    return str(RECORDS[kind]) if kind in RECORDS else None


def field_word(field: str) -> str | None:
    """A field by its name, whatever record it belongs to; of `company.name` the last."""
    last = field.rpartition(".")[2]
    return str(FIELDS[last]) if last in FIELDS else None


def choice_word(place: str, code: str) -> str | None:
    """A state, by the field it stands in: `lead.status`, `activity.kind`."""
    field = place.rpartition(".")[2]
    if place == "lead.status":
        return dict(lead_statuses()).get(code)
    if place == "case.status":
        return dict(case_statuses()).get(code)
    if place == "deal.status":
        return dict(deal_statuses()).get(code)
    if place == "document.status":
        return dict(document_statuses()).get(code)
    if place == "web_form.status":
        return dict(form_states()).get(code)
    if place == "handover.status":
        return dict(handover_states()).get(code)
    if place == "campaign.status":
        return dict(campaign_states()).get(code)
    if place == "offer.status":
        return dict(offer_states()).get(code)
    if field == "kind" and code in KINDS:
        return kind_label(code)
    if field == "visibility":
        return next((str(word) for known, word in visibilities() if known == code), None)
    if place == "mailing.status":
        return dict(mailing_states()).get(code)
    if place == "mailing_recipient.line":
        return dict(audience_lines()).get(code)
    if place == "mailing_recipient.outcome":
        return dict(letter_outcomes()).get(code)
    if place == "suppression.reason":
        return dict(suppression_reasons()).get(code)
    if place == "segment.of":
        return dict(segment_kinds()).get(code)
    if field == "match":
        return dict(segment_matches()).get(code)
    if place == "consent.purpose" and code in PURPOSES:
        return purpose_word(code)
    if field == "direction":
        words = mail_directions() if place.startswith("mail.") else directions()
        return next((str(word) for known, word in words if known == code), None)
    return None
