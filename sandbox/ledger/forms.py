"""The form of an action: one class serves the dialog, the plain page, the API and a scenario's moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from flask_babel import get_locale
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.fields.core import UnboundField
from wtforms.i18n import get_translations

from sandbox.ledger.fields import ActionField, ColleagueField, RecordField, json_value
from sandbox.spaces import Colleague, InSpace, record_type


@dataclass(frozen=True)
class DeclaredField:
    """A field as its form declares it, known without a space to read choices from."""

    name: str
    kind: str
    label: Any
    required: bool
    dictionary: str | None
    model: type[InSpace] | None
    is_colleague: bool
    sets: str = ""


class ActionForm(Form):
    """Fields of an action, their errors in the person's language; an action without fields uses it bare.

    A subclass may define `prefill(record, by, at)` to return the values with which an empty form opens;
    without it they are read from the record's attributes of the same names when `prefills` is true. A form
    that needs more than its fields one under another names a template of its own: `drawn_by`. A long form of
    which a few fields mostly are enough names them: `brief`; the others stand under "More fields".
    """

    prefills: ClassVar[bool] = False
    brief: ClassVar[tuple[str, ...]] = ()
    drawn_by: ClassVar[str] = "ledger/action.html"

    class Meta:
        """Error sentences in the language in use."""

        def get_translations(self, form: Form) -> Any:
            locale = get_locale()
            return get_translations([locale.language if locale else "en"])

    @classmethod
    def empty(cls, record: Any, *, by: Any, at: datetime) -> ActionForm:
        """The form as it opens on `record`."""
        return cls(data=cls.prefill(record, by=by, at=at))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Values with which the form opens."""
        if record is None or not cls.prefills:
            return {}
        return {name: getattr(record, name, None) for name in cls.field_names()}

    def know(self, record: Any) -> None:
        """Told what it is about before it is drawn: a form may offer less then than it would take."""

    @classmethod
    def filled(cls, posted: MultiDict[str, str]) -> ActionForm:
        """The form as it was sent."""
        return cls(formdata=posted)

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> ActionForm:
        """The form as a person would send it with these Python values; for moves and for JSON."""
        blank = cls()
        posted: MultiDict[str, str] = MultiDict()
        for name, value in values.items():
            if name in blank._fields and value is not None:
                field = blank._fields[name]
                posted[name] = field.text_of(value) if isinstance(field, ActionField) else str(value)
        return cls(formdata=posted)

    @classmethod
    def field_names(cls) -> list[str]:
        """Names of the fields in the order in which they are declared."""
        return [field.name for field in declared_fields(cls)]

    def under_more(self) -> list[Field]:
        """The fields that stand under "More fields": neither among the `brief` nor required."""
        return [
            field
            for name, field in self._fields.items()
            if self.brief and name not in self.brief and name != "anyway" and not field.flags.required
        ]

    def values(self) -> dict[str, Any]:
        """The checked values by field name, as Python objects."""
        return {name: field.data for name, field in self._fields.items()}

    def told(self) -> dict[str, Any]:
        """The same values as an event keeps them: plain JSON, records as type, number and title."""
        return {name: json_value(field.data) for name, field in self._fields.items()}


@cache
def declared_fields(form: type[ActionForm]) -> tuple[DeclaredField, ...]:
    """The fields that a form declares, in the order in which they are written."""
    found = [
        (field.creation_counter, name, field)
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
    ]
    return tuple(_declared(name, field) for _, name, field in sorted(found, key=lambda each: each[0]))


def _declared(name: str, field: UnboundField[Any]) -> DeclaredField:
    made, args, kwargs = field.field_class, field.args, field.kwargs
    colleague = issubclass(made, ColleagueField)
    model = Colleague if colleague else kwargs.get("model", args[1] if len(args) > 1 else None)
    model = record_type(model) if isinstance(model, str) and issubclass(made, RecordField) else model
    return DeclaredField(
        name=name,
        kind=getattr(made, "kind", "text"),
        label=args[0] if args else kwargs.get("label", name),
        required=bool(kwargs.get("required")),
        dictionary=kwargs.get("dictionary"),
        model=model if isinstance(model, type) else None,
        is_colleague=colleague,
        sets=str(kwargs.get("sets", "")),
    )
