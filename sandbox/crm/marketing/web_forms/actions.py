"""How a web form is built, published and taken back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.web_forms.forms import ASK, CreateWebFormForm, RuleForm, WebFormForm
from sandbox.crm.marketing.web_forms.models import (
    ASKED,
    BY_PRODUCT,
    BY_REGION,
    CLOSED,
    DRAFT,
    FIELDS,
    NEEDED,
    PUBLISHED,
    RoutingRule,
    WebForm,
)
from sandbox.crm.marketing.web_forms.rules import faults_of_form, right_address
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.references import insist_on_unused
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space

PUBLISHING = (
    "no_way_back",
    "no_consent_box",
    "wrong_text",
    "wrong_version",
    "pre_ticked",
    "forced_consent",
    "no_routing",
)


@action(
    "web_form.create",
    makes=WebForm,
    event="created",
    right="market",
    form=CreateWebFormForm,
    icon="forms",
    title=_l("New web form"),
    submit=_l("Create form"),
    says=_l("%(by)s built the web form %(record)s"),
    refusals=("address_taken",),
)
def create_web_form(
    *, name: str, address: str | None = None, by: Colleague, at: datetime, **fields: Any
) -> WebForm:
    """Build a form; nobody sees it before it is published."""
    web_form = WebForm(name=name, address=right_address(address, name), status=DRAFT)
    _fill(web_form, fields)
    stamp_new(web_form, by, at)
    db.session.add(web_form)
    db.session.flush()
    return web_form


@action(
    "web_form.edit",
    on=WebForm,
    event="edited",
    right="market",
    form=WebFormForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s changed the web form %(record)s"),
    shown=lambda web_form: web_form.deleted_at is None and not web_form.published,
    refusals=("address_taken", "is_published"),
)
def edit_web_form(
    web_form: WebForm, *, name: str, address: str | None = None, by: Colleague, at: datetime, **fields: Any
) -> None:
    """Change a form that is not out: what visitors agreed to must stay what they saw."""
    _insist_on_unpublished(web_form)
    web_form.name = name
    web_form.address = right_address(address, name, besides=web_form)
    _fill(web_form, fields)
    stamp_change(web_form, by, at)


@action(
    "web_form.add_rule",
    on=WebForm,
    event="rule_added",
    right="market",
    form=RuleForm,
    icon="arrows-split",
    title=_l("Add a routing rule"),
    says=_l("%(by)s added a routing rule to the web form %(record)s"),
    shown=lambda web_form: web_form.routing in (BY_REGION, BY_PRODUCT),
    guards_version=False,
    refusals=("no_rules_here", "nothing_chosen", "does_not_sell"),
)
def add_rule(
    web_form: WebForm,
    *,
    colleague: Colleague,
    region: str | None = None,
    product: str | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Say who gets the leads of a region, or those that ask for a product; the later word counts."""
    if web_form.routing not in (BY_REGION, BY_PRODUCT):
        raise Refused("no_rules_here", _("This form is not routed by region or product. Edit it first."))
    code = region if web_form.routing == BY_REGION else product
    if code is None:
        raise Refused("nothing_chosen", _("Choose a region or a product, whichever the form is routed by."))
    if "sell" not in current_space().company.rights(colleague.job_role):
        raise Refused(
            "does_not_sell",
            _("%(colleague)s does not work with leads. Choose somebody who sells.", colleague=colleague.name),
        )
    known = next((rule for rule in web_form.rules if rule.code == code), None)
    if known is None:
        web_form.rules.append(RoutingRule(code=code, colleague=colleague))
    else:
        known.colleague = colleague
    stamp_change(web_form, by, at)


@action(
    "routing_rule.remove",
    on=RoutingRule,
    event="removed",
    right="market",
    icon="trash",
    kind="danger",
    title=_l("Remove the rule"),
    says=_l("%(by)s removed the routing rule %(record)s"),
)
def remove_rule(rule: RoutingRule, *, by: Colleague, at: datetime) -> WebForm:
    """Take a rule out; its leads go where all others go that fit no rule."""
    web_form = rule.web_form
    web_form.rules.remove(rule)
    stamp_change(web_form, by, at)
    return web_form


@action(
    "web_form.publish",
    on=WebForm,
    event="published",
    right="market",
    kind="primary",
    icon="world-upload",
    title=_l("Publish"),
    says=_l("%(by)s published the web form %(record)s"),
    shown=lambda web_form: web_form.deleted_at is None and not web_form.published,
    refusals=("is_published", *PUBLISHING),
)
def publish_web_form(web_form: WebForm, *, by: Colleague, at: datetime) -> None:
    """Let visitors see a form whose consents are separate, unticked and of today's wording."""
    _insist_on_unpublished(web_form)
    for code, sentence in faults_of_form(web_form, at.astimezone(current_space().zone).date()):
        raise Refused(code, sentence)
    web_form.status, web_form.published_at = PUBLISHED, at
    stamp_change(web_form, by, at)


@action(
    "web_form.take_back",
    on=WebForm,
    event="taken_back",
    right="market",
    icon="world-off",
    title=_l("Take back"),
    says=_l("%(by)s took the web form %(record)s back"),
    shown=lambda web_form: web_form.published,
    refusals=("not_published",),
)
def take_back(web_form: WebForm, *, by: Colleague, at: datetime) -> None:
    """Close a form to visitors; what was sent stays."""
    if not web_form.published:
        raise Refused("not_published", _("This form is not published."))
    web_form.status = CLOSED
    stamp_change(web_form, by, at)


def _insist_on_unpublished(web_form: WebForm) -> None:
    if web_form.published:
        raise Refused("is_published", _("This form is out: visitors see it. Take it back first."))


def _fill(web_form: WebForm, fields: dict[str, Any]) -> None:
    asks = {name: fields.pop(f"{ASK}{name}", None) for name in FIELDS}
    web_form.asks = {name: how for name, how in asks.items() if how in (ASKED, NEEDED)}
    for name in ("personal_ticked", "advertising_ticked", "advertising_forced"):
        setattr(web_form, name, bool(fields.pop(name, False)))
    for name, value in fields.items():
        setattr(web_form, name, value)


can_be_put_away(
    WebForm,
    right="market",
    deleted=_l("%(by)s deleted the web form %(record)s"),
    restored=_l("%(by)s restored the web form %(record)s"),
    shown=lambda form: not form.published,
    insist=partial(insist_on_unused, but=(RoutingRule,)),
    refusals=("in_use",),
)
