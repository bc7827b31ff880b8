"""The fit rule of the company file, and who may answer for sales."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.crm.sales.handovers.models import Handover
from sandbox.crm.sales.leads import Lead
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, current_space
from sandbox.web.formatting import money


def misfits(lead: Lead) -> list[str]:
    """What a lead still lacks to be worth a seller's time, in words; empty where it fits."""
    rule = current_space().company.handover
    words = {
        "company_name": _("the company"),
        "phone": _("a phone"),
        "email": _("an e-mail address"),
        "need": _("what they need"),
        "budget": _("a budget"),
        "source": _("the source"),
        "campaign": _("the campaign"),
    }
    missing = [words[need] for need in rule.needs if not getattr(lead, need)]
    if rule.least_budget is not None and lead.budget is not None and lead.budget < rule.least_budget:
        missing.append(_("a budget of at least %(sum)s", sum=money(rule.least_budget)))
    return missing


def insist_on_fit(lead: Lead) -> None:
    """Refuse a lead that does not fit the rule, and say what it lacks."""
    missing = misfits(lead)
    if missing:
        raise Refused(
            "not_fit",
            _(
                "By our rule this lead is not ready for sales. Still missing: %(missing)s.",
                missing=", ".join(missing),
            ),
        )


def insist_on_seller(who: Colleague) -> None:
    """Refuse to pass a lead to somebody who does not sell."""
    if "sell" not in current_space().company.rights(who.job_role):
        raise Refused(
            "does_not_sell",
            _("%(colleague)s does not work with leads. Choose somebody who sells.", colleague=who.name),
        )


def insist_on_turn(handover: Handover, by: Colleague) -> None:
    """Refuse an answer to what was answered, and by somebody else than the seller or their head."""
    if not handover.is_open:
        raise Refused("answered", _("This lead was answered already."))
    if handover.to_id != by.id and "lead" not in current_space().company.rights(by.job_role):
        raise Refused(
            "not_yours",
            _("%(colleague)s has to answer for this lead, or the head of sales.", colleague=handover.to.name),
        )
