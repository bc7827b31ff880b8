"""How a deal ends, and how it comes back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.record import stamp_change
from sandbox.crm.sales.deal_actions import MISSING
from sandbox.crm.sales.deal_forms import LoseForm, WinForm
from sandbox.crm.sales.deal_rules import insist_on_come
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.moving import enter_stage, insist_on_open
from sandbox.crm.sales.questions import may_win
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space


@action(
    "deal.win",
    on=Deal,
    event="won",
    right="sell",
    form=WinForm,
    kind="primary",
    icon="trophy",
    title=_l("Win"),
    says=_l("%(by)s won the deal %(record)s"),
    shown=lambda deal: deal.is_open,
    refusals=(
        "not_open",
        "no_amount",
        "no_close_date",
        "close_date_ahead",
        "not_paid",
        "no_contract",
        *MISSING,
    ),
)
def win_deal(deal: Deal, *, by: Colleague, at: datetime, **closing: Decimal | date | None) -> None:
    """Close a deal as won, once the company's rules for it are met."""
    insist_on_open(deal)
    for name in ("amount", "close_date"):
        # what was not asked about stays; what was emptied in the form is empty
        if name in closing:
            setattr(deal, name, closing[name])
    may_win.insist(deal)
    insist_on_come(deal.close_date, at)
    tell(from_stage=deal.stage.code)
    enter_stage(deal, deal.pipeline.stage_of("won"), at)
    deal.won_at = at
    stamp_change(deal, by, at)


@action(
    "deal.lose",
    on=Deal,
    event="lost",
    right="sell",
    form=LoseForm,
    kind="danger",
    icon="thumb-down",
    title=_l("Lose"),
    says=_l("%(by)s lost the deal %(record)s: %(reason)s"),
    shown=lambda deal: deal.is_open,
    refusals=("not_open", "no_note"),
)
def lose_deal(deal: Deal, *, reason: str, note: str | None = None, by: Colleague, at: datetime) -> None:
    """Close a deal as lost with a reason; what was still to be done about it is cancelled."""
    insist_on_open(deal)
    entry = current_space().company.entry("lost_reasons", reason)
    if entry is not None and entry.needs_note and not note:
        raise Refused(
            "no_note", _("This reason needs a note. Say in a sentence what happened."), field="note"
        )
    tell(from_stage=deal.stage.code)
    deal.lost_reason = reason
    deal.lost_note = note
    deal.lost_at = at
    enter_stage(deal, deal.pipeline.stage_of("lost"), at)
    stamp_change(deal, by, at)


@action(
    "deal.reopen",
    on=Deal,
    event="reopened",
    right="sell",
    icon="arrow-back-up",
    title=_l("Reopen"),
    says=_l("%(by)s reopened the deal %(record)s"),
    shown=lambda deal: not deal.is_open,
    refusals=("still_open",),
)
def reopen_deal(deal: Deal, *, by: Colleague, at: datetime) -> None:
    """Bring a closed deal back to the stage that it was closed in."""
    if deal.is_open:
        raise Refused("still_open", _("This deal is open: go on working on it."))
    stood = [span.stage for span in deal.spans if span.stage.is_open]
    deal.won_at = deal.lost_at = None
    deal.lost_reason = deal.lost_note = None
    enter_stage(deal, stood[-1] if stood else deal.pipeline.open_stages[0], at)
    stamp_change(deal, by, at)
