"""The forms of segments; a condition is asked for in two steps: the field, then what is asked of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from sandbox.crm.marketing.segments.fields import CHOICE, BadValue, SegmentField, fields_of, values_for
from sandbox.crm.marketing.segments.models import Segment, SegmentPart
from sandbox.crm.marketing.segments.words import kinds, matches, operator_words
from sandbox.ledger.fields import ActionField, ChoiceField, LongTextField, RecordField, TextField
from sandbox.ledger.forms import ActionForm

SEPARATOR = ","


class ManyField(ActionField, SelectMultipleField):
    """Several codes to tick; its data is one text, the codes joined by commas in the order of the list."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data: Any = SEPARATOR.join(value) if isinstance(value, list | tuple) else value or None

    def process_formdata(self, valuelist: list[str]) -> None:
        ticked = {code.strip() for typed in valuelist for code in typed.split(SEPARATOR)} - {""}
        known = [str(choice[0]) for choice in self.choices or []]
        strange = sorted(ticked - set(known)) if known else sorted(ticked)
        self.data = SEPARATOR.join([*(code for code in known if code in ticked), *strange]) or None

    def iter_choices(self) -> Any:
        ticked = set(str(self.data or "").split(SEPARATOR))
        pairs: Any = self.choices or []
        for code, words in pairs:
            yield code, words, code in ticked, {}

    def text_of(self, value: Any) -> str:
        return SEPARATOR.join(value) if isinstance(value, list | tuple) else str(value)


class SegmentForm(ActionForm):
    """What it is called."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    note = LongTextField(_l("What it serves"))


class CreateSegmentForm(ActionForm):
    """What it is called, and of what it is."""

    name = TextField(_l("Name"), required=True)
    of = ChoiceField(_l("Who is in it"), options=kinds, required=True)
    match = ChoiceField(_l("Its conditions"), options=matches, required=True)
    note = LongTextField(_l("What it serves"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Contacts for whom everything holds."""
        return {"of": "contact", "match": "all"}


class MatchForm(ActionForm):
    """All, or any."""

    prefills = True

    match = ChoiceField(_l("How the parts are joined"), options=matches, required=True)


class GroupForm(ActionForm):
    """A group in brackets."""

    match = ChoiceField(_l("Inside the brackets"), options=matches, required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The other word than outside, or the brackets would change nothing."""
        return {"match": "any" if record.match == "all" else "all"}


class ConditionForm(ActionForm):
    """A field, what is asked of it, and the values; `asked` is the field once it is chosen."""

    drawn_by = "marketing/segments/condition.html"
    asked: SegmentField | None = None

    field = ChoiceField(_l("What is asked"), options=lambda: _all_fields(), required=True)
    operator = ChoiceField(_l("How"), options=lambda: list(operator_words().items()), required=True)
    choices = ManyField(_l("Which"))
    value = TextField(_l("Value"), needed=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """What a condition that is there asks."""
        if not isinstance(record, SegmentPart) or record.is_group:
            return {}
        values = list(record.values or [])
        return {
            "field": record.field,
            "operator": record.operator,
            "choices": values,
            "value": values[0] if values else None,
        }

    def process(
        self,
        formdata: Any = None,
        obj: Any = None,
        data: Any = None,
        extra_filters: Any = None,
        **kwargs: Any,
    ) -> None:
        """Offer the operators and the codes of the field that is asked."""
        code = (formdata or {}).get("field") or (data or {}).get("field")
        found = (fields_of(kind).get(str(code)) for kind in dict(kinds())) if code else ()
        self.asked = next((one for one in found if one is not None), None)
        if self.asked is not None:
            words = operator_words()
            fields: dict[str, Any] = dict(self._fields)
            fields["operator"].choices = [(one, words[one]) for one in self.asked.operators]
            fields["choices"].choices = list(self.asked.options())
        super().process(formdata, obj, data, extra_filters, **kwargs)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the values fit the field."""
        good = super().validate(*args, **kwargs)
        if self.asked is None or not good:
            return good
        blamed = self.choices if self.asked.kind == CHOICE else self.value
        try:
            values_for(self.asked, self.operator.data, codes_of(self.choices.data), self.value.data)
        except BadValue as fault:
            blamed.errors = [*blamed.errors, str(fault)]
            return False
        return good


def codes_of(joined: str | None) -> list[str]:
    """The codes of a field of several."""
    return joined.split(SEPARATOR) if joined else []


class AddMemberForm(ActionForm):
    """Which fixed list."""

    segment = RecordField(
        _l("Fixed list"),
        Segment,
        required=True,
        narrowed=lambda query: query.where(Segment.fixed_at.is_not(None)),
    )


def _all_fields() -> list[tuple[str, Any]]:
    return [(one.code, one.label) for kind in dict(kinds()) for one in fields_of(kind).values()]
