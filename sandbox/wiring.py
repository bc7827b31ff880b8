"""The only list of who answers which question and who listens to which event."""

from __future__ import annotations

from flask import Flask

from sandbox.crm.customers.questions import may_delete
from sandbox.crm.sales import listeners as sales
from sandbox.crm.sales.questions import deal_fits_rules, may_win, no_open_deals
from sandbox.ledger import after, during
from sandbox.ledger.questions import on_refusal
from sandbox.people import groups
from sandbox.spaces.access import looks_over
from sandbox.training import attempts


def connect(app: Flask) -> None:
    """Join those who ask with those who answer, and events with those who listen."""
    may_win.answered_by(deal_fits_rules)
    may_delete.answered_by(no_open_deals)

    during("call.logged", sales.first_response)
    during("company.edited", sales.know_new_name)
    during("deal.lost", sales.call_off_what_was_planned)
    during("lead.rejected", sales.call_off_what_was_planned)

    after(attempts.hear)
    on_refusal(attempts.hear_refusal)
    if groups.looks_over not in looks_over:
        looks_over.append(groups.looks_over)
