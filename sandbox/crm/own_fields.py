"""The company file's own fields in the forms of its records, kept in `custom` under their codes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask_babel import get_locale

from sandbox.crm.record import Stamped
from sandbox.ledger.fields import ChoiceField, DayField, NumberField, TextField, TickField
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space
from sandbox.spaces.company_parts import CustomField
from sandbox.spaces.reach import OutsideSpace

PREFIX = "custom."
_LAST = "anyway"


class OwnFieldsForm(ActionForm):
    """A form that also asks for the fields which the played company has added to `own_of`."""

    own_of: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        declared = list(type(self)._unbound_fields or [])
        last = [pair for pair in declared if pair[0] == _LAST]
        asked = [(PREFIX + own.code, _field(self.own_of, own)) for own in own_fields(self.own_of)]
        self._unbound_fields = [pair for pair in declared if pair[0] != _LAST] + asked + last
        super().__init__(*args, **kwargs)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: Any) -> dict[str, Any]:
        """The record's values, the company's own among them."""
        found = super().prefill(record, by=by, at=at)
        if record is not None and cls.prefills:
            for own in own_fields(cls.own_of):
                value = (record.custom or {}).get(own.code)
                if own.type == "date" and isinstance(value, str):
                    value = date.fromisoformat(value)
                found[PREFIX + own.code] = value
        return found


def own_fields(record: str) -> list[CustomField]:
    """The fields that the played company has added to a kind of record; none outside a space."""
    try:
        return list(current_space().company.fields_of(record))
    except OutsideSpace:
        return []


def take_own(record: Stamped, fields: dict[str, Any]) -> dict[str, Any]:
    """Keep the company's own fields on the record, and return the others."""
    own = {
        name.removeprefix(PREFIX): value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if name.startswith(PREFIX)
    }
    if own:
        kept = {**(record.custom or {}), **own}
        record.custom = {code: value for code, value in kept.items() if value is not None} or None
    return {name: value for name, value in fields.items() if not name.startswith(PREFIX)}


def _field(record: str, own: CustomField) -> Any:
    locale = get_locale()
    label = own.title[locale.language if locale else "en"]
    if own.type == "choice":
        return ChoiceField(label, dictionary=f"{record}.{own.code}", required=own.required)
    if own.type == "bool":
        return TickField(label)
    kinds = {"number": NumberField, "date": DayField}
    return kinds.get(own.type, TextField)(label, required=own.required)
