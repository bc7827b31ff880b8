"""What a deal must have filled in before it goes on, as stages and rules of the company name it."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import get_locale
from flask_babel import gettext as _

from sandbox.crm.sales.deals import Deal
from sandbox.spaces import current_space
from sandbox.web.formatting import money

# What a company may call a state of payment; any other word asks for the whole amount.
_PAYMENTS = {"none": "none", "awaiting": "none", "part": "part", "partial": "part", "prepaid": "part"}


def has(deal: Deal, need: str) -> bool:
    """Whether what `need` names is there: amount, payment, company, custom.fuel, …"""
    if need.startswith("custom."):
        return (deal.custom or {}).get(need.removeprefix("custom.")) not in (None, "")
    if need == "payment":
        return is_paid(deal)
    if need == "amount":
        return deal.amount is not None and deal.amount > 0
    return bool(getattr(deal, need))


def missing_in(deal: Deal) -> list[str]:
    """What the deal's present stage asks for and is not there yet."""
    return [need for need in deal.stage.exit if not has(deal, need)]


def code_of(need: str) -> str:
    """The refusal's code: missing_amount; one code serves all fields of the company's own."""
    return "missing_custom" if need.startswith("custom.") else f"missing_{need}"


def sentence_for(need: str, stage: str) -> str:
    """What is missing before a deal may leave `stage`, as a sentence that says what to do."""
    if need.startswith("custom."):
        field = current_space().company.custom_field("deal", need.removeprefix("custom."))
        locale = get_locale()
        name = field.title[locale.language if locale else "en"] if field else need
        return _("Before a deal leaves “%(stage)s”, fill in “%(field)s”.", stage=stage, field=name)
    return {
        "amount": _("Before a deal leaves “%(stage)s”, fill in the amount.", stage=stage),
        "close_date": _("Before a deal leaves “%(stage)s”, fill in the expected close date.", stage=stage),
        "payment": _("Before a deal leaves “%(stage)s”, record the payment.", stage=stage),
        "contact": _("Before a deal leaves “%(stage)s”, choose the contact.", stage=stage),
        "next_step": _("Before a deal leaves “%(stage)s”, set the next step.", stage=stage),
        "company": _("Before a deal leaves “%(stage)s”, choose the company.", stage=stage),
    }[need]


def is_paid(deal: Deal) -> bool:
    """Whether what was received is enough by the rules of the company: in full, in part, or only promised."""
    paid = deal.paid_amount or Decimal(0)
    enough = {_payment_kind(code) for code in current_space().company.rules.payment_enough}
    if "none" in enough or ("part" in enough and paid > 0):
        return True
    return paid > 0 and paid >= (deal.amount or Decimal(0))


def unpaid_sentence(deal: Deal) -> str:
    """What is missing of the payment that the company's rules ask for, and what is here of it."""
    paid, amount = deal.paid_amount or Decimal(0), deal.amount or Decimal(0)
    if not 0 < paid < amount:
        return _("The customer has not paid as our rules ask. Record the payment first.")
    return _(
        "The customer has paid %(paid)s of %(amount)s. Record the rest, %(left)s, once it is here.",
        paid=money(paid),
        amount=money(amount),
        left=money(amount - paid),
    )


def _payment_kind(code: str) -> str:
    """none, part or full: the kind of an entry of `payments`, else what its code says."""
    entry = current_space().company.entry("payments", code)
    said = (entry.kind if entry else None) or code
    return _PAYMENTS.get(said, "full")
