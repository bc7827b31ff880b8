"""Kinds of form field: each knows its `kind`, for scenarios and API, and how a person would type a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from sandbox.extensions import db
from sandbox.kernel.fold import fold
from sandbox.kernel.money import BadMoney, parse_money
from sandbox.kernel.phones import e164
from sandbox.kernel.uploads import Upload
from sandbox.spaces import Colleague, InSpace, current_space, every, fetch, found_by, record_type

SHORT, LONG = 200, 4000
TYPED = "-typed"  # ends the name of the box in which one looks a record up


class ActionField:
    """What all fields of actions share: a `kind`, and `required` as a word instead of validators."""

    kind: ClassVar[str] = "text"

    def __init__(self, *args: Any, sets: str = "", needed: bool = False, **kwargs: Any) -> None:
        # `sets` names the record's field that this one fills, where it has another name; `needed`: the form
        # passes without it, but a rule of the action asks for it, so nothing may say that it can stay empty
        self.sets = sets
        self.needed = needed
        super().__init__(*args, **kwargs)

    def text_of(self, value: Any) -> str:
        """What a person would type, or choose, to give this value."""
        return str(value)

    @property
    def is_required(self) -> bool:
        """Whether the form is refused without it."""
        return bool(getattr(getattr(self, "flags", None), "required", False))


def _rules(required: bool, *more: Any) -> list[Any]:
    return [InputRequired(_l("Please fill this in.")) if required else Optional(), *more]


def _rules_of_text(required: bool, longest: int) -> list[Any]:
    """For text, which counts as given when something is left of it without its spaces."""
    given = DataRequired(_l("Please fill this in.")) if required else Optional()
    return [given, Length(max=longest)]


def _clean(text: str | None) -> str | None:
    """Without outer spaces, and without what no database keeps: NUL and halves of characters."""
    if not text:
        return None
    kept = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return kept.strip() or None


class TextField(ActionField, StringField):
    """One line of text; empty is None."""

    def __init__(self, label: Any, *, required: bool = False, longest: int = SHORT, **kwargs: Any) -> None:
        rules = _rules_of_text(required, longest)
        super().__init__(label, rules, filters=[_clean], **kwargs)


class LongTextField(ActionField, TextAreaField):
    """Several lines of text; empty is None."""

    kind = "longtext"

    def __init__(self, label: Any, *, required: bool = False, longest: int = LONG, **kwargs: Any) -> None:
        rules = _rules_of_text(required, longest)
        super().__init__(label, rules, filters=[_clean], **kwargs)


class EmailField(TextField):
    """An e-mail address, checked for its form only."""

    kind = "email"

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and ("@" not in self.data or "." not in self.data.rpartition("@")[2]):
            raise ValidationError(_("This is not an e-mail address: write it like name@firm.example."))


class PhoneField(TextField):
    """A phone in any spelling; its data is E.164."""

    kind = "phone"

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and self.data.strip():
            number = e164(self.data, current_space().company.country)
            if number is None:
                raise ValueError(_("This is not a phone number: check the number of digits."))
            self.data = number


class MoneyField(ActionField, StringField):
    """An amount in the space's currency, typed with spaces, commas or points; its data is a Decimal."""

    kind = "money"

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, _rules(required), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data: Any = None
        if typed:
            try:
                self.data = parse_money(typed)
            except BadMoney:
                raise ValueError(_("This is not an amount: write it in digits, such as 48600.00.")) from None
            if self.data < 0:
                raise ValueError(_("An amount cannot be below zero."))

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return self.text_of(self.data) if self.data is not None else ""

    def text_of(self, value: Any) -> str:
        amount = Decimal(str(value))
        return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


class PercentField(MoneyField):
    """A share in per cent from 0 to 100, such as 7.5; its data is a Decimal."""

    kind = "percent"

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = [one.strip().removesuffix("%") for one in valuelist[:1]]
        try:
            super().process_formdata(typed)
        except ValueError:
            raise ValueError(_("This is not a share: write per cent in digits, such as 7.5.")) from None
        if self.data is not None and self.data > 100:
            raise ValueError(_("A share is not above 100 per cent."))


class NumberField(ActionField, IntegerField):
    """A whole number."""

    kind = "number"

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, _rules(required), **kwargs)


YEARS = range(1900, 2200)


def _within_reach(value: Any) -> Any:
    """The date or moment, unless its year is a slip: ValueError, told beside the field."""
    if value is not None and value.year not in YEARS:
        raise ValueError(_("Check the year: it is too far away."))
    return value


class DayField(ActionField, DateField):
    """A date."""

    kind = "date"

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, _rules(required), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed, self.data = self.data, None
        self.data = _within_reach(typed)

    def text_of(self, value: date) -> str:
        return value.isoformat()


class MomentField(ActionField, DateTimeLocalField):
    """A date and a time in the zone of the space's company; its data is aware, in UTC."""

    kind = "datetime"

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, _rules(required), format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed, self.data = self.data, None
        if typed is not None:
            self.data = _within_reach(typed).replace(tzinfo=current_space().zone).astimezone(UTC)

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return self.text_of(self.data) if self.data is not None else ""

    def text_of(self, value: datetime) -> str:
        return value.astimezone(current_space().zone).strftime("%Y-%m-%dT%H:%M")


class TickField(ActionField, BooleanField):
    """Yes or no."""

    kind = "bool"

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, false_values=(False, "false", "", "0"), **kwargs)

    def text_of(self, value: Any) -> str:
        return "1" if value else ""


class ChoiceField(ActionField, SelectField):
    """A code out of a dictionary of the company file, or out of `options()` (pairs of code and label)."""

    kind = "choice"

    def __init__(
        self,
        label: Any,
        *,
        dictionary: str | None = None,
        options: Callable[[], Iterable[tuple[str, Any]]] | None = None,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        self.dictionary = dictionary

        def choices() -> list[tuple[str, Any]]:
            pairs = list(options()) if options else dictionary_options(dictionary or "")
            return pairs if required and len(pairs) == 1 else [("", _("Choose…")), *pairs]

        super().__init__(label, _rules(required), choices=choices, coerce=_clean, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in self.codes():
            raise ValidationError(_("Choose one of the list."))

    def codes(self) -> list[str]:
        """The codes one may choose from."""
        return [str(choice[0]) for choice in self.choices or [] if choice[0]]


class RecordField(ActionField, SelectField):
    """A record of the space, chosen by its title; its data is the record.

    `model` may be the word of a kind of record that lives in an area which this form's may not import. Kinds
    that grow without end are looked up by a part of their name, others stand in a list; `within` names the
    field of the same form whose record the choice belongs to, such as the company of a contact.
    """

    kind = "reference"
    is_listed: ClassVar[bool] = False  # all of them to choose from, with what a list says of each

    def __init__(
        self,
        label: Any,
        model: type[InSpace] | str,
        *,
        required: bool = False,
        blank: Any = None,
        narrowed: Callable[[Any], Any] = lambda query: query,
        within: str = "",
        **kwargs: Any,
    ) -> None:
        model = record_type(model) if isinstance(model, str) else model
        self.model = model
        self.narrowed = narrowed
        self.within = within
        self.blank = blank
        self.typed = ""

        def choices() -> list[tuple[str, Any]]:
            if self.is_looked_up:
                return []
            rows = db.session.scalars(narrowed(every(model))).all()
            pairs = sorted(((str(row.n), getattr(row, "title", row.key)) for row in rows), key=_by_title)
            return [("", blank or _("Choose…")), *pairs]

        super().__init__(label, _rules(required), choices=choices, **kwargs)

    @property
    def is_looked_up(self) -> bool:
        """Whether one types a part of the name: such records are too many for a list."""
        return not self.is_listed and hasattr(self.model, "search_key")

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.typed = (formdata.get(f"{self.name}{TYPED}") or "").strip() if formdata else ""
        super().process(formdata, *args, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        number = valuelist[0].strip() if valuelist else ""
        self.data = None
        if number:
            try:
                self.data = fetch(self.model, int(number))
            except (ValueError, LookupError):
                raise ValueError(_("There is no such record here. Choose one of the list.")) from None
        if self.typed and (self.data is None or fold(self.typed) != fold(str(self.data.title))):
            self.raw_data = [self.typed]  # so that it counts as filled in, and what is wrong with it is told
            self.data = self._meant(self.typed)

    def _meant(self, words: str) -> Any:
        """The one record that the words can mean, where nobody picked it from what was found."""
        named = self.narrowed(every(self.model)).where(found_by(self.model, words))
        found = list(db.session.scalars(named.limit(9)))
        exact = [row for row in found if fold(row.title) == fold(words)]
        meant = exact or found
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise ValueError(_("Several are called like this. Choose one of those found."))
        raise ValueError(
            _("Nothing is called like this. Type a part of the name, and choose one of those found.")
        )

    @property
    def shown(self) -> str:
        """What stands in the box in which one looks the record up."""
        return str(self.data.title) if self.data is not None else self.typed

    def pre_validate(self, form: Any) -> None:
        """The record was fetched from the space, which is check enough."""

    def iter_choices(self) -> Iterator[tuple[Any, str, bool, dict[str, Any]]]:
        chosen = str(self.data.n) if self.data is not None else ""
        for choice in self.choices or []:
            yield choice[0], str(choice[1]), choice[0] == chosen, {}

    def text_of(self, value: Any) -> str:
        return str(value.n if isinstance(value, InSpace) else value)


class ColleagueField(RecordField):
    """A colleague of the played company."""

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, Colleague, required=required, **kwargs)


def dictionary_options(dictionary: str) -> list[tuple[str, Any]]:
    """The entries of a company's dictionary in the language in use."""
    locale = get_locale()
    return current_space().company.choices(dictionary, locale.language if locale else "en")


def json_value(value: Any) -> Any:
    """A field's value as an event keeps it."""
    if isinstance(value, InSpace) and value.__record__ is None and hasattr(value, "code"):
        # an entry of a list, such as a stage: its code for scenarios, its titles for readers of any language
        return {"type": None, "n": value.n, "code": value.code, **getattr(value, "titles", {})}
    if isinstance(value, InSpace):
        return {"type": value.__record__, "n": value.n, "title": getattr(value, "title", value.key)}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Upload):
        return value.name
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


def _by_title(pair: tuple[str, Any]) -> str:
    return str(pair[1]).casefold().replace("ё", "е")


__all__ = [
    "ActionField",
    "ChoiceField",
    "ColleagueField",
    "DayField",
    "EmailField",
    "Field",
    "LongTextField",
    "MoneyField",
    "MomentField",
    "NumberField",
    "PercentField",
    "PhoneField",
    "RecordField",
    "TextField",
    "TickField",
    "json_value",
]
