"""The forms of deals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.own_fields import OwnFieldsForm
from sandbox.crm.own_words import own_word
from sandbox.crm.sales.needs import missing_in
from sandbox.crm.sales.pipelines import Stage
from sandbox.extensions import db
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MoneyField,
    RecordField,
    TextField,
)
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space, every


def _open_stages(query: Any) -> Any:
    return query.where(Stage.type == "open")


class StageField(RecordField):
    """An open stage, in the order of the pipeline."""

    def __init__(self, label: Any, model: type[Stage], **kwargs: Any) -> None:
        super().__init__(label, model, narrowed=_open_stages, **kwargs)

    def iter_choices(self) -> Any:
        """The stages in their order, not by name."""
        order = every(Stage).where(Stage.type == "open").order_by(Stage.pipeline_id, Stage.position)
        place = {str(stage.n): number for number, stage in enumerate(db.session.scalars(order))}
        return sorted(super().iter_choices(), key=lambda choice: place.get(choice[0], -1))


class DealForm(OwnFieldsForm):
    """A deal's card."""

    own_of = "deal"
    prefills = True

    title = TextField(_l("Title"), required=True)
    company = RecordField(_l("Company"), Company)
    contact = RecordField(_l("Contact"), Contact, within="company")
    amount = MoneyField(own_word("deal.amount", _l("Amount")))
    close_date = DayField(_l("Close date"))
    campaign = RecordField(_l("Campaign"), "campaign")
    owner = ColleagueField(_l("Owner"))


class CreateDealForm(DealForm):
    """A new deal; it begins in the first stage unless another one is chosen."""

    prefills = False

    next_step = TextField(_l("Next step"))
    stage = StageField(_l("Stage"), Stage)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One's own."""
        return {"owner": by}


class MoveForm(ActionForm):
    """Where the deal goes, and what the stage it leaves still asks for; nothing else is asked."""

    MAY_ASK: ClassVar[tuple[str, ...]] = ("amount", "close_date", "contact", "next_step")

    stage = StageField(_l("Stage"), Stage, required=True)
    amount = MoneyField(_l("Amount"))
    close_date = DayField(_l("Close date"))
    contact = RecordField(_l("Contact"), Contact)
    next_step = TextField(_l("Next step"))

    @classmethod
    def empty(cls, record: Any, *, by: Any, at: datetime) -> ActionForm:
        """Only what is missing is asked for."""
        form = cls()
        form.keep(missing_in(record))
        return form

    @classmethod
    def filled(cls, posted: MultiDict[str, str]) -> ActionForm:
        """As it was sent: what was not asked stays as it is."""
        form = cls(formdata=posted)
        form.keep([name for name in cls.MAY_ASK if name in posted])
        return form

    def keep(self, names: Iterable[str]) -> None:
        """Leave the other fields out."""
        asked = set(names)
        for name in set(self.MAY_ASK) - asked:
            del self[name]
        for name in asked:
            self[name].flags.required = True  # the stage does not let it go without


class NextStepForm(ActionForm):
    """What is to happen next, and by when."""

    next_step = TextField(_l("Next step"), required=True)
    due = DayField(_l("Due"), required=True)


class PaymentForm(ActionForm):
    """What was received, and when."""

    amount = MoneyField(_l("Amount received"), required=True, sets="paid_amount")
    day = DayField(_l("Received on"), required=True, sets="paid_on")

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """What is still to be paid, today."""
        rest = (record.amount or 0) - (record.paid_amount or 0)
        day = at.astimezone(current_space().zone).date()
        return {"amount": rest if rest > 0 else None, "day": day}


class WinForm(ActionForm):
    """The amount and the day with which the deal is won."""

    prefills = True

    amount = MoneyField(own_word("deal.amount", _l("Amount")), needed=True)
    close_date = DayField(_l("Close date"), needed=True)


class LoseForm(ActionForm):
    """Why the deal is lost."""

    reason = ChoiceField(_l("Reason"), dictionary="lost_reasons", required=True, sets="lost_reason")
    note = LongTextField(_l("Note"), sets="lost_note")
