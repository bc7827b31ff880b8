"""What people call the states of leads and deals, and what a stage asks for."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.crm.lists import language
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import CONVERTED, IN_WORK, NEW, QUALIFIED, REJECTED
from sandbox.crm.sales.needs import has
from sandbox.spaces import current_space

BADGES = {
    NEW: ("info", "sparkles"),
    IN_WORK: ("", "user-edit"),
    QUALIFIED: ("ok", "user-check"),
    CONVERTED: ("ok", "arrows-exchange"),
    REJECTED: ("bad", "user-x"),
}
STATUS_BADGES = {"open": ("info", "flag"), "won": ("ok", "trophy"), "lost": ("bad", "x")}


def lead_statuses() -> list[tuple[str, str]]:
    """Codes and words of a lead's states."""
    return [
        (NEW, _("New")),
        (IN_WORK, _("In work")),
        (QUALIFIED, _("Qualified")),
        (CONVERTED, _("Converted")),
        (REJECTED, _("Rejected")),
    ]


def reject_reasons() -> list[tuple[str, str]]:
    """Codes and words of why a lead is turned down: junk apart from customers who do not fit."""
    kinds = {"junk": _("Junk"), "unqualified": _("Does not fit")}
    entries = current_space().company.dictionaries.reject_reasons
    said = [(one.code, kinds.get(one.kind or ""), one.title[language()]) for one in entries]
    return [(code, f"{kind}: {title}" if kind else title) for code, kind, title in said]


def deal_statuses() -> list[tuple[str, str]]:
    """Codes and words of a deal's states."""
    return [("open", _("Open")), ("won", _("Won")), ("lost", _("Lost"))]


def exit_rule(deal: Deal) -> str | None:
    """What a deal still lacks before it leaves its stage, in words; None when the stage asks for nothing."""
    stage = deal.stage
    if not stage.is_open or not stage.exit:
        return None
    if is_ready(deal):
        return _("All is ready for the next stage.")
    missing = [_need(deal, code) for code in stage.exit if not has(deal, code)]
    return _("Still missing: %(needs)s.", needs=", ".join(missing))


def is_ready(deal: Deal) -> bool:
    """Whether the deal has all that its stage asks for."""
    return all(has(deal, code) for code in deal.stage.exit)


def _need(deal: Deal, code: str) -> str:
    if code.startswith("custom."):
        own = current_space().company.custom_field("deal", code.removeprefix("custom."))
        return own.title[language()] if own else code
    return {
        "amount": _("an amount"),
        "close_date": _("a close date"),
        "payment": _("the rest of the payment") if deal.paid_amount else _("a payment"),
        "contact": _("a contact"),
        "next_step": _("a next step"),
        "company": _("a company"),
    }.get(code, code)
