"""The powers of a company file as rows of a space."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sandbox.crm.documents.exchange_models import Power
from sandbox.crm.record import stamp_new
from sandbox.extensions import db
from sandbox.spaces import Colleague, every
from sandbox.spaces.company import CompanyFile


def make_powers(company: CompanyFile, day: date, at: datetime) -> list[Power]:
    """Lay out who may sign, valid around `day`; inside an action (seeding), flushes."""
    people = {one.code: one for one in db.session.scalars(every(Colleague))}
    made = []
    for said in company.documents.powers:
        power = Power(
            holder=people[said.colleague],
            basis=said.basis,
            begins=day + timedelta(days=said.from_days),
            ends=None if said.until_days is None else day + timedelta(days=said.until_days),
        )
        stamp_new(power, None, at)
        db.session.add(power)
        made.append(power)
    db.session.flush()
    return made
