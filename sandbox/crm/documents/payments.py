"""Money that comes in for an invoice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.documents.billing_forms import PaymentForm
from sandbox.crm.documents.models import PAID, PARTLY, UNPAID, Document, Payment
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import money


@action(
    "document.record_payment",
    on=Document,
    event="payment_recorded",
    right="paper",
    form=PaymentForm,
    kind="primary",
    icon="cash",
    title=_l("Record a payment"),
    says=_l("%(by)s recorded a payment of %(amount)s for %(record)s"),
    shown=lambda document: document.kind == "invoice" and document.is_open and document.status in UNPAID,
    refusals=("not_unpaid", "no_amount", "too_much", "day_in_future"),
    undoable=True,
)
def record_payment(
    document: Document,
    *,
    amount: Decimal,
    day: date,
    reference: str | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Write down money that was received for an invoice; it is paid once nothing is left."""
    if document.kind != "invoice" or document.status not in UNPAID:
        raise Refused("not_unpaid", _("Payments are recorded for an invoice that is not paid yet."))
    if amount <= 0:
        raise Refused("no_amount", _("A payment has an amount above zero. Fill it in."))
    left = document.left or Decimal(0)
    if amount > left:
        raise Refused(
            "too_much",
            _(
                "Only %(left)s is left to pay of this invoice. Check the amount and the invoice.",
                left=money(left),
            ),
        )
    if day > at.astimezone(current_space().zone).date():
        raise Refused("day_in_future", _("Money is recorded once it is here. Choose today or a day before."))
    payment = Payment(document=document, amount=amount, day=day, reference=reference)
    stamp_new(payment, by, at)
    db.session.add(payment)
    document.paid = (document.paid or Decimal(0)) + amount
    document.status = PAID if document.paid == document.total else PARTLY
    stamp_change(document, by, at)


def payments_of(document: Document) -> list[Payment]:
    """What was received for an invoice, the latest first."""
    query = every(Payment).where(Payment.document_id == document.id)
    return list(db.session.scalars(query.order_by(Payment.day.desc(), Payment.id.desc())))
