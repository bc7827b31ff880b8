"""The forms with which two cards are compared and made one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.merging import OTHER, THIS, groups_of
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import label
from sandbox.crm.own_words import own_word, tax_number_word
from sandbox.ledger import ActionForm
from sandbox.ledger.fields import ChoiceField, RecordField
from sandbox.spaces import Colleague, every
from sandbox.spaces.reach import first
from sandbox.web.formatting import phone


def _sides() -> Iterable[tuple[str, Any]]:
    return [(THIS, _l("From this card")), (OTHER, _l("From the other card"))]


def _side(words: Any) -> ChoiceField:
    return ChoiceField(words, options=_sides)


class MergeForm(ActionForm):
    """The other card, and for each field which of the two it is taken from."""

    drawn_by = "customers/merge.html"
    dictionaries: ClassVar[dict[str, str]] = {}

    def compared(self, card: Company | Contact) -> list[tuple[Any, str, str]]:
        """The choice's field and what stands on this card and on the other, where they differ."""
        other = self._fields["other"].data
        rows = []
        for name, columns in groups_of(card).items():
            mine, theirs = (self._words(one, columns) for one in (card, other))
            if mine != theirs:
                rows.append((self._fields[f"from_{name}"], mine, theirs))
        return rows

    def _words(self, card: Any, columns: Iterable[str]) -> str:
        return " · ".join(words for words in (self._word(card, column) for column in columns) if words)

    def _word(self, card: Any, column: str) -> str:
        value = getattr(card, column)
        if value is None or column == "kind":
            return ""
        if column in self.dictionaries:
            return label(self.dictionaries[column], value)
        if column == "phone":
            return str(phone(value))
        if column in ("owner_id", "company_id"):
            model: Any = Colleague if column == "owner_id" else Company
            found: Any = first(every(model, deleted=True).where(model.id == value))
            return str(found.title) if found else ""
        return str(value)


class CompanyMergeForm(MergeForm):
    """Two companies."""

    dictionaries = {
        "type": "company_types",
        "industry": "industries",
        "region": "regions",
        "source": "lead_sources",
    }

    other = RecordField(_l("The other card"), Company, required=True)
    from_name = _side(_l("Name"))
    from_numbers = _side(tax_number_word(_l("INN, KPP, OGRN")))
    from_type = _side(_l("Type"))
    from_phone = _side(_l("Phone"))
    from_email = _side(_l("E-mail"))
    from_website = _side(_l("Website"))
    from_address = _side(_l("Legal address"))
    from_postal_address = _side(_l("Postal address"))
    from_bank = _side(_l("Bank details"))
    from_industry = _side(own_word("company.industry", _l("Industry")))
    from_region = _side(own_word("company.region", _l("Region")))
    from_source = _side(_l("Source"))
    from_owner = _side(_l("Owner"))


class ContactMergeForm(MergeForm):
    """Two contacts."""

    dictionaries = {"role": "contact_roles"}

    other = RecordField(_l("The other card"), Contact, required=True)
    from_name = _side(_l("Name"))
    from_position = _side(_l("Position"))
    from_role = _side(_l("Role in deals"))
    from_company = _side(_l("Company"))
    from_phone = _side(_l("Phone"))
    from_email = _side(_l("E-mail"))
    from_owner = _side(_l("Owner"))


class OtherCompanyForm(ActionForm):
    """Another company."""

    other = RecordField(_l("The other card"), Company, required=True)


class OtherContactForm(ActionForm):
    """Another contact."""

    other = RecordField(_l("The other card"), Contact, required=True)
