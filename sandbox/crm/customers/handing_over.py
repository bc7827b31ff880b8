"""Handing over the base of a colleague who is away: cards here, deals and tasks by listeners."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import ActionForm, action, tell
from sandbox.ledger.fields import ColleagueField, TextField
from sandbox.spaces import Colleague, current_space, every


class HandOverForm(ActionForm):
    """Whose base, and who looks after it from now on."""

    absent = ColleagueField(_l("Who is away"), required=True)
    to = ColleagueField(_l("Who takes over"), required=True)
    reason = TextField(_l("Why"))


@action(
    "base.hand_over",
    event="handed_over",
    right="lead",
    form=HandOverForm,
    icon="user-share",
    title=_l("Hand over a base"),
    says=_l(
        "%(by)s handed the base of %(absent)s over to %(to)s: "
        "companies %(companies)s, contacts %(contacts)s, deals %(deals)s, leads %(leads)s, tasks %(tasks)s, "
        "cases %(cases)s"
    ),
    undoable=True,
    refusals=("same_colleague", "no_customers"),
)
def hand_over(
    *, absent: Colleague, to: Colleague, reason: str | None = None, by: Colleague, at: datetime
) -> None:
    """Give everything open of an absent colleague to another: cards, deals, leads, tasks, cases."""
    if absent is to:
        raise Refused("same_colleague", _("Choose somebody else to take over."))
    if "customers" not in current_space().company.rights(to.job_role):
        raise Refused(
            "no_customers",
            _(
                "%(name)s does not look after customers: choose somebody who will see to this base.",
                name=to.name,
            ),
        )
    counts = {"deals": 0, "leads": 0, "tasks": 0, "cases": 0}
    for word, model in (("companies", Company), ("contacts", Contact)):
        counts[word] = give_all(every(model).where(model.owner_id == absent.id), to, by, at)
    tell(absent_n=absent.n, to_n=to.n, **counts)


def give_all(query: Any, to: Colleague, by: Colleague | None, at: datetime) -> int:
    """Make `to` the owner of all records of a select; how many there were."""
    rows = list(db.session.scalars(query))
    for row in rows:
        row.owner = to
        stamp_change(row, by, at)
    return len(rows)
