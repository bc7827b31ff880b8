"""The forms of companies and contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field

from sandbox.crm.customers.cleaning import clean_identifier, identifier_faults
from sandbox.crm.customers.models import LEGAL, SOLE_TRADER, Company
from sandbox.crm.own_fields import OwnFieldsForm
from sandbox.crm.own_words import has_russian_numbers, own_word, tax_number_word
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    EmailField,
    LongTextField,
    PhoneField,
    RecordField,
    TextField,
    TickField,
)


def _kinds() -> Iterable[tuple[str, Any]]:
    return [(LEGAL, _l("Legal entity")), (SOLE_TRADER, _l("Sole trader"))]


class CompanyForm(OwnFieldsForm):
    """A company's card."""

    own_of = "company"
    prefills = True

    name = TextField(_l("Name"), required=True)
    kind = ChoiceField(_l("Legal form"), options=_kinds)
    type = ChoiceField(_l("Type"), dictionary="company_types")
    inn = TextField(tax_number_word(_l("INN")), longest=20)
    kpp = TextField(_l("KPP"), longest=20)
    ogrn = TextField(_l("OGRN"), longest=20)
    phone = PhoneField(_l("Phone"))
    email = EmailField(_l("E-mail"))
    website = TextField(_l("Website"))
    address = LongTextField(_l("Legal address"))
    postal_address = LongTextField(_l("Postal address"))
    industry = ChoiceField(own_word("company.industry", _l("Industry")), dictionary="industries")
    region = ChoiceField(own_word("company.region", _l("Region")), dictionary="regions")
    source = ChoiceField(_l("Source"), dictionary="lead_sources")
    owner = ColleagueField(_l("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_russian_numbers():  # a firm elsewhere has one number and no others
            del self.kpp
            del self.ogrn

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the identifiers as well: each fault stands at its own field."""
        right = super().validate(extra_validators)
        if not has_russian_numbers():
            return right
        numbers = [clean_identifier(field.data) for field in (self.inn, self.kpp, self.ogrn)]
        faults = identifier_faults(*numbers, sole_trader=self.kind.data == SOLE_TRADER)
        for name, sentence in faults.items():
            _say(self._fields[name], sentence)
        return right and not faults


class CreateCompanyForm(CompanyForm):
    """A new company; `anyway` passes the warning of a duplicate."""

    prefills = False
    brief = ("name", "kind", "inn", "phone", "email", "website", "owner")

    anyway = TickField(_l("Create anyway"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """A legal entity of one's own."""
        return {"kind": LEGAL, "owner": by}


class ContactForm(OwnFieldsForm):
    """A contact's card."""

    own_of = "contact"
    prefills = True

    first_name = TextField(_l("First name"), required=True, longest=80)
    last_name = TextField(_l("Last name"), longest=80)
    middle_name = TextField(_l("Middle name"), longest=80)
    position = TextField(_l("Position"), longest=120)
    role = ChoiceField(_l("Role in deals"), dictionary="contact_roles")
    company = RecordField(_l("Company"), Company)
    phone = PhoneField(_l("Phone"))
    email = EmailField(_l("E-mail"))
    owner = ColleagueField(_l("Owner"))


class CreateContactForm(ContactForm):
    """A new contact; `anyway` passes the warning of a duplicate."""

    prefills = False
    brief = ("first_name", "last_name", "position", "company", "phone", "email", "owner")

    anyway = TickField(_l("Create anyway"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One's own."""
        return {"owner": by}


def _say(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
