"""The forms of accounts: what is asked, and how a wrong answer is put right."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox.people import job_roles, roles
from sandbox.people.models import Group, Person
from sandbox.people.passwords import LONGEST, SHORTEST
from sandbox.web.languages import languages

ADDRESS = r"^\s*[^@\s]+@[^@\s]+\.[^@\s.]+\s*$"


def pairs(choices: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Pairs of value and words as a select field takes them."""
    return [SelectChoice(value, words) for value, words in choices]


def stripped(text: str | None) -> str | None:
    """What was typed without the spaces around it."""
    return text.strip() if text else text


def email_field() -> Any:
    """An e-mail address; any form people really use, so that only a slip is turned down."""
    return StringField(
        _l("E-mail"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Enter the e-mail address.")),
            Length(max=320, message=_l("This address is too long. Use one of at most 320 letters.")),
            Regexp(ADDRESS, message=_l("This is not an e-mail address. Write it like name@company.com.")),
        ],
        render_kw={"type": "email", "autocomplete": "email"},
    )


class SignInForm(FlaskForm):
    """An e-mail, a password, and whether to stay signed in."""

    email = StringField(
        _l("E-mail"),
        filters=[stripped],
        validators=[DataRequired(_l("Enter your e-mail address.")), Length(max=320)],
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Enter your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(_l("Stay signed in on this computer"))


class PreferencesForm(FlaskForm):
    """The language and the look of every page."""

    locale = RadioField(_l("Language"), validators=[InputRequired(_l("Choose a language."))])
    theme = RadioField(
        _l("Look"),
        choices=pairs((("light", _l("Light")), ("dark", _l("Dark")), ("system", _l("As the computer")))),
        validators=[InputRequired(_l("Choose a look."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = pairs(languages().items())


def strong_enough(form: Form, field: Any) -> None:
    """A password is long, which is all that helps against guessing."""
    if len(field.data) < SHORTEST:
        raise ValidationError(_l("Use at least %(least)s characters.", least=SHORTEST))
    if len(field.data) > LONGEST:
        raise ValidationError(_l("Use at most %(most)s characters.", most=LONGEST))


class PasswordForm(FlaskForm):
    """A new password, confirmed by the one in use."""

    current = PasswordField(
        _l("Current password"),
        validators=[InputRequired(_l("Enter the password you use now."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        validators=[InputRequired(_l("Enter a new password.")), strong_enough],
        description=_l("At least %(least)s characters. A short sentence is easy to keep.", least=SHORTEST),
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new(self, field: PasswordField) -> None:
        """The new password is a new one."""
        if field.data and field.data == self.current.data:
            raise ValidationError(_l("This is the password you use now. Choose another one."))


class TokenForm(FlaskForm):
    """What a token is for, so that it is known again when it should go."""

    label = StringField(
        _l("What it is for"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say what the token is for, such as the name of the program.")),
            Length(max=100, message=_l("Use at most 100 letters.")),
        ],
    )


class PersonForm(FlaskForm):
    """What an administrator says about an account."""

    name = StringField(
        lazy_pgettext("person", "Name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Enter the person's name.")),
            Length(max=200, message=_l("Use at most 200 letters.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    name_ru = StringField(
        _l("Name in Russian"),
        filters=[stripped],
        validators=[Optional(), Length(max=200, message=_l("Use at most 200 letters."))],
        description=_l("Shown on Russian pages; may stay empty."),
        render_kw={"autocomplete": "off"},
    )
    email = email_field()
    role = SelectField(_l("Role"), choices=pairs(roles.TITLES.items()))
    job_role = SelectField(_l("Job role"), validators=[Optional()])
    group_ids = SelectMultipleField(
        _l("Groups"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, groups: list[Group], person: Person | None = None) -> None:
        """Put in what there is to choose from; a job role that no company knows any more stays."""
        titles = job_roles.known()
        if person is not None and person.job_role:
            titles.setdefault(person.job_role, person.job_role)
        self.job_role.choices = pairs([("", _l("No job role")), *titles.items()])
        self.group_ids.choices = pairs((group.id, group.title) for group in groups)


class EditPersonForm(PersonForm):
    """The same, and whether the account is open."""

    is_active = BooleanField(_l("May sign in"))


class GroupForm(FlaskForm):
    """A group's title and who looks after it."""

    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Enter the group's title.")),
            Length(max=200, message=_l("Use at most 200 letters.")),
        ],
    )
    trainer_id = SelectField(_l("Trainer"), coerce=lambda value: int(value) if value else None)

    def offer(self, trainers: list[Person]) -> None:
        """Put in the trainers there are."""
        self.trainer_id.choices = pairs(
            [("", _l("Nobody yet")), *((one.id, one.display_name) for one in trainers)]
        )
