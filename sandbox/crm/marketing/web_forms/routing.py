"""Who gets a lead that came by a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.marketing.web_forms.models import BY_PRODUCT, BY_REGION, ROUND_ROBIN, WebForm
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every


def owner_for(
    web_form: WebForm, sent: Mapping[str, Any], contact: Contact | None, company: Company | None
) -> Colleague | None:
    """Whoever looks after the customer already, else by the form's rule; the turn of a round moves on."""
    for card in (contact, company):
        if card is not None and card.owner is not None and _sells(card.owner):
            return card.owner
    if web_form.routing == ROUND_ROBIN:
        return _next_in_turn(web_form)
    by = {BY_REGION: "region", BY_PRODUCT: "product"}.get(web_form.routing)
    if by is not None:
        fitting = (rule.colleague for rule in web_form.rules if rule.code == sent.get(by))
        return next(fitting, web_form.routed_to)
    return web_form.routed_to


def sellers() -> list[Colleague]:
    """Those who take their turn: colleagues who sell and lead nobody, in the order of the company file."""
    everybody = db.session.scalars(every(Colleague).order_by(Colleague.id)).all()
    return [one for one in everybody if _sells(one) and "lead" not in _rights(one)]


def _next_in_turn(web_form: WebForm) -> Colleague | None:
    people = sellers()
    if not people:
        return web_form.routed_to
    last = next((place for place, one in enumerate(people) if one.id == web_form.last_routed_id), -1)
    web_form.last_routed = people[(last + 1) % len(people)]
    return web_form.last_routed


def _sells(who: Colleague) -> bool:
    return "sell" in _rights(who)


def _rights(who: Colleague) -> frozenset[str]:
    return current_space().company.rights(who.job_role)
