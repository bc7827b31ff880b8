"""A deal made inside a running action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sandbox.crm.attribution import credit
from sandbox.crm.own_fields import take_own
from sandbox.crm.record import stamp_new
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.moving import enter_stage
from sandbox.crm.sales.pipelines import Stage, first_pipeline
from sandbox.extensions import db
from sandbox.spaces import Colleague


def make_deal(*, stage: Stage | None = None, by: Colleague | None, at: datetime, **fields: Any) -> Deal:
    """A deal in `stage`, or in the first one of the first pipeline."""
    deal = Deal()
    for name, value in take_own(deal, fields).items():
        if name == "campaign":
            credit(deal, value)
        elif not (name == "owner" and value is None):
            setattr(deal, name, value)
    enter_stage(deal, stage or first_pipeline().open_stages[0], at)
    stamp_new(deal, by, at)
    db.session.add(deal)
    db.session.flush()
    return deal
