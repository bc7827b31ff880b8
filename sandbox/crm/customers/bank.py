"""A company's bank details, checked against each other before money is sent to the wrong place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from sandbox.crm.customers.cleaning import clean_identifier
from sandbox.crm.customers.models import Company
from sandbox.crm.own_words import bank_code_word
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.kernel.identifiers import (
    Rule,
    check_account,
    check_bic,
    check_correspondent_account,
    check_routing,
)
from sandbox.ledger import ActionForm, action
from sandbox.ledger.fields import TextField
from sandbox.spaces import Colleague, current_space

NUMBERS = ("bic", "account", "correspondent_account")


def bank_faults(bic: str | None, account: str | None, correspondent: str | None) -> dict[str, str]:
    """Everything wrong with bank details, by field, each as a sentence that names the rule."""
    country = current_space().company.country
    if country == "US":
        wrong = bic is not None and check_routing(bic) is not None
        return {"bic": _("A routing number has 9 digits, and its control digit must fit.")} if wrong else {}
    if country != "RU":
        return {}
    found = {
        "bic": _bic_fault(bic) if bic else None,
        "account": _account_fault(account, bic) if account else None,
        "correspondent_account": _correspondent_fault(correspondent, bic) if correspondent else None,
    }
    return {name: fault for name, fault in found.items() if fault}


def _bic_fault(bic: str) -> str | None:
    rule = check_bic(bic)
    if rule is Rule.length:
        return _("A BIC has 9 digits: check for a missing or an extra one.")
    if rule is Rule.digits:
        return _("A BIC holds digits only: take out the other characters.")
    return _("A BIC of a Russian bank begins with 04: check its first digits.") if rule else None


def _account_fault(account: str, bic: str | None) -> str | None:
    rule = check_account(account, bic)
    if rule is Rule.length:
        return _("An account has 20 digits: check for a missing or an extra one.")
    if rule is Rule.digits:
        return _("An account holds digits only: take out the other characters.")
    if rule is Rule.bank and not bic:
        return _("Give the BIC as well: the account is checked against it.")
    return _("The account does not fit the BIC: a digit of one of them is wrong.") if rule else None


def _correspondent_fault(account: str, bic: str | None) -> str | None:
    rule = check_correspondent_account(account, bic)
    if rule is Rule.length:
        return _("A correspondent account has 20 digits: check for a missing or an extra one.")
    if rule is Rule.digits:
        return _("A correspondent account holds digits only: take out the other characters.")
    if rule is Rule.component:
        return _("A correspondent account begins with 301: this may be the customer's own account.")
    return (
        _("The correspondent account ends like the BIC and must fit it: a digit is wrong.") if rule else None
    )


class BankForm(ActionForm):
    """Where a company keeps its money."""

    prefills = True

    bank_name = TextField(_l("Bank"))
    bic = TextField(bank_code_word(), longest=20)
    account = TextField(_l("Account"), longest=40)
    correspondent_account = TextField(_l("Correspondent account"), longest=40)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the numbers against each other: each fault stands at its own field."""
        right = super().validate(extra_validators)
        faults = bank_faults(*(clean_identifier(self._fields[name].data) for name in NUMBERS))
        for name, sentence in faults.items():
            field: Field = self._fields[name]
            field.errors = [*field.errors, sentence]
        return right and not faults


@action(
    "company.set_bank",
    on=Company,
    event="bank_set",
    right="customers",
    form=BankForm,
    icon="building-bank",
    title=_l("Bank details"),
    submit=_l("Save"),
    says=_l("%(by)s set the bank details of %(record)s"),
    shown=lambda company: company.deleted_at is None,
    refusals=tuple(f"bad_{name}" for name in NUMBERS),
)
def set_bank(
    company: Company, *, bank_name: str | None, by: Colleague, at: datetime, **numbers: str | None
) -> None:
    """Write down a company's bank, BIC and accounts."""
    cleaned = {name: clean_identifier(numbers.get(name)) for name in NUMBERS}
    for name, sentence in bank_faults(*cleaned.values()).items():
        raise Refused(f"bad_{name}", sentence)
    company.bank_name = bank_name
    for name, value in cleaned.items():
        setattr(company, name, value)
    stamp_change(company, by, at)
