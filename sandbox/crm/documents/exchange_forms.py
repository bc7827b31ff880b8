"""The forms of closing documents and of the exchange."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.documents.exchanging import ANSWERS
from sandbox.crm.documents.words import document_states
from sandbox.crm.lists import language
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MoneyField,
    NumberField,
    TextField,
)
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


def closing_titles() -> list[tuple[str, str]]:
    """The company's types of closing document, without those that only correct others."""
    types = current_space().company.documents.types
    correcting = {one.corrected_by for one in types}
    return [
        (one.code, one.title[language()])
        for one in types
        if one.kind == "closing" and one.code not in correcting
    ]


def variant_titles() -> list[tuple[str, str]]:
    """The variants of all types of closing document."""
    types = current_space().company.documents.types
    return [
        (variant.code, f"{one.title[language()]}: {variant.title[language()]}")
        for one in types
        for variant in one.variants
    ]


def answer_titles() -> list[tuple[str, str]]:
    """What a counterparty may do."""
    words = document_states()
    return [(code, words[code]) for code in ANSWERS]


def reason_titles() -> list[tuple[str, str]]:
    """Why a counterparty refuses, and what it asks."""
    exchange = current_space().company.documents.exchange
    return [(one.code, one.title[language()]) for one in exchange.reasons] if exchange else []


class ClosingForm(ActionForm):
    """Which closing document, and of which supply; its lines stand on the paper that it is made for."""

    type = ChoiceField(_l("Type"), options=closing_titles, required=True)
    variant = ChoiceField(_l("Status of the document"), options=variant_titles)
    date = DayField(_l("Date"), required=True)
    supplied_on = DayField(_l("Supplied on"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Of today."""
        day = at.astimezone(current_space().zone).date()
        return {"date": day, "supplied_on": day}


class SendForm(ActionForm):
    """Who signs for us; the counterparty is found by the tax numbers on its card."""

    signer = ColleagueField(_l("Signs for us"), required=True)


class AnswerForm(ActionForm):
    """What the counterparty does."""

    answer = ChoiceField(_l("Answer"), options=answer_titles, required=True)
    reason = ChoiceField(_l("Reason"), options=reason_titles)
    text = LongTextField(_l("In their words"))


class ReplyForm(ActionForm):
    """What we answer to the counterparty's question."""

    reply = LongTextField(_l("Our answer"), required=True)


class CorrectForm(ActionForm):
    """Of which day the correction is, and what it corrects."""

    date = DayField(_l("Date"), required=True)
    note = TextField(_l("What is corrected"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Of today."""
        return {"date": at.astimezone(current_space().zone).date()}


class CorrectLineForm(ActionForm):
    """The right quantity and price of a line."""

    prefills = True

    quantity = NumberField(_l("Quantity"), required=True)
    price = MoneyField(_l("Price"), required=True)


class PowerForm(ActionForm):
    """Who may sign for the firm, on what basis, and until when."""

    holder = ColleagueField(_l("Who may sign"), required=True)
    basis = TextField(
        _l("Basis"), required=True, description=_l("A charter, or a power with its number and day.")
    )
    begins = DayField(_l("First day"), required=True)
    ends = DayField(_l("Last day"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """From today."""
        return {"begins": at.astimezone(current_space().zone).date()}
