"""The pages on which web forms are built, and on which what they brought is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import stories, timeline_of
from sandbox.crm.customers.consents import purpose_word
from sandbox.crm.facts import record_link
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label
from sandbox.crm.marketing.web_forms.models import RoutingRule, Submission, WebForm
from sandbox.crm.marketing.web_forms.queries import list_web_forms, sent_by, sent_of, told_of_sent
from sandbox.crm.marketing.web_forms.routing import sellers
from sandbox.crm.marketing.web_forms.rules import faults_of_form
from sandbox.crm.marketing.web_forms.words import BADGES, field_words, form_states, routings
from sandbox.crm.places import kept_in_list, way_back
from sandbox.crm.record_page import Beside, beside
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import moment
from sandbox.web.respond import page, see_other

blueprint = Blueprint("web_forms", __name__, url_prefix="/s/<int:space>")
stories.append(told_of_sent)


def beside_leads(record: Any) -> list[Beside]:
    """What a lead sent by forms, for its page."""
    if getattr(record, "__record__", None) != "lead":
        return []
    return [(_("Sent by a web form"), "forms", sent_of(record))]


beside.append(beside_leads)


@blueprint.get("/web_forms")
@allow(in_space)
def web_forms(space: int) -> Response:
    """All web forms of the space."""
    return list_page(
        list_web_forms(),
        title=_("Web forms"),
        label=_("Views of web forms"),
        create=offer_to_create("web_form.create"),
        views=(
            (_("All forms"), {}),
            (_("Published forms"), {"status": "published"}),
            (_("Drafts"), {"status": "draft"}),
        ),
        empty=(
            "forms",
            _("No web forms yet"),
            _(
                "A form asks for a few facts and for each consent in a box of its own, "
                "and gives the lead to an owner."
            ),
        ),
    )


@blueprint.get("/web_forms/<int:n>")
@allow(in_space)
def web_form(space: int, n: int) -> Response:
    """One form: what stands on it, what keeps it from being published, and what was sent by it."""
    one = fetch(WebForm, n, deleted=True)
    g.way_back = way_back(one)
    here = kept_in_list(url_for("web_forms.web_form", space=space, n=one.n))
    sent, total = sent_by(one)
    return page(
        "marketing/web_forms/web_form.html",
        record=one,
        actions=laid_out(one, ("web_form.publish",), ("web_form.take_back",), apart=("web_form.add_rule",)),
        add=next((offer for offer in offers_for(one) if offer.code == "web_form.add_rule"), None),
        faults=[] if one.published else faults_of_form(one, current_space().today()),
        buttons={rule.id: _buttons(rule, here) for rule in one.rules},
        labels=field_words(),
        texts=_texts(),
        routing=str(dict(routings())[one.routing]),
        rule_words=lambda rule: label("regions" if one.routing == "region" else "products", rule.code),
        in_turn=[who.name for who in sellers()] if one.routing == "round_robin" else [],
        sent=sent,
        total=total,
        lines=timeline_of(one, "changes", None)[0],
        state=(dict(form_states())[one.status], *BADGES[one.status]),
        label=label,
    )


@blueprint.get("/submissions/<int:n>")
@allow(in_space)
def submission(space: int, n: int) -> Response:
    """What a visitor sent, as evidence: the words, the consents with their texts, and what became of it."""
    one = fetch(Submission, n)
    labels = {**field_words(), "name": _("Name"), "need": _("Request"), "product": _("Product")}
    return page(
        "marketing/web_forms/submission.html",
        record=one,
        typed=[(labels.get(name, name), _shown(name, value)) for name, value in one.sent.items()],
        consents=[
            (purpose_word(purpose), label("consent_texts", code), _texts().get(code, ""))
            for purpose, code in (one.consents or {}).items()
        ],
        facts=[
            (_("Sent on"), moment(one.created_at)),
            (_("Form"), record_link(one.web_form)),
            (_("Lead"), record_link(one.lead)),
            (_("Contact"), record_link(one.contact)),
            (_("Company"), record_link(one.company)),
            (_("Campaign"), record_link(one.campaign)),
            (_("Source tag"), one.tag),
            (_("Given to"), one.routed_to.name if one.routed_to else None),
        ],
    )


@blueprint.get("/routing_rules/<int:n>")
@allow(in_space)
def rule(space: int, n: int) -> Response:
    """A rule is read on the page of its form."""
    return see_other(url_for("web_forms.web_form", space=space, n=fetch(RoutingRule, n).web_form.n))


def _texts() -> dict[str, str]:
    return {one.code: one.text for one in current_space().company.consent_texts}


def _buttons(rule: RoutingRule, here: str) -> list[Offer]:
    return [replace(one, url=f"{one.url}?return_to={here}") for one in offers_for(rule)]


def _shown(name: str, value: Any) -> Any:
    dictionary = {"region": "regions", "product": "products"}.get(name)
    return label(dictionary, value) if dictionary else value
