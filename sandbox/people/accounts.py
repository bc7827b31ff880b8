"""What happens to accounts: made, changed, given another password. Each runs inside a unit of work."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.people import roles
from sandbox.people.groups import put_in_groups
from sandbox.people.models import Group, Person

THEMES = ("light", "dark", "system")


def fold_email(email: str) -> str:
    """The one spelling of an e-mail address that accounts are known by."""
    return email.strip().casefold()


def person_by_email(email: str) -> Person | None:
    """The account with this address in any spelling."""
    return db.session.scalar(select(Person).where(Person.email == fold_email(email)))


def add_person(
    *,
    name: str,
    email: str,
    password_hash: str,
    role: str,
    at: datetime,
    name_ru: str | None = None,
    job_role: str | None = None,
    locale: str | None = None,
    group_ids: Iterable[int] = (),
    has_temporary_password: bool = False,
    is_demo: bool = False,
) -> Person:
    """Open an account; an address that has one already is refused."""
    person = Person(
        name=name.strip(),
        name_ru=(name_ru or "").strip() or None,
        email=fold_email(email),
        password_hash=password_hash,
        has_temporary_password=has_temporary_password,
        role=role,
        job_role=job_role or None,
        locale=locale,
        theme="system",
        is_active=True,
        is_demo=is_demo,
        created_at=at,
    )
    _refuse_taken(person.email, None)
    db.session.add(person)
    _flush_or_refuse(person.email)
    put_in_groups(person, list(group_ids))
    return person


def change_person(
    person: Person,
    *,
    name: str,
    email: str,
    role: str,
    is_active: bool,
    by: Person,
    name_ru: str | None = None,
    job_role: str | None = None,
    group_ids: Iterable[int] = (),
) -> None:
    """Change what an administrator says about an account; somebody must be left who can do it again."""
    if person.id == by.id and (role != person.role or not is_active):
        raise Refused(
            "own_account",
            _("You cannot close your own account or give up its role. Ask another administrator."),
        )
    if person.role == roles.ADMINISTRATOR and (role != roles.ADMINISTRATOR or not is_active):
        _refuse_without_administrator(person)
    _refuse_taken(fold_email(email), person)
    if person.is_active and not is_active:
        end_sessions(person)
    person.name, person.name_ru = name.strip(), (name_ru or "").strip() or None
    person.email, person.role, person.is_active = fold_email(email), role, is_active
    person.job_role = job_role or None
    put_in_groups(person, list(group_ids))
    _flush_or_refuse(person.email)


def set_password(person: Person, password_hash: str, *, temporary: bool = False) -> None:
    """Replace the password and end every session that was begun with the old one."""
    person.password_hash = password_hash
    person.has_temporary_password = temporary
    end_sessions(person)


def end_sessions(person: Person) -> None:
    """Sign the account out wherever it is signed in."""
    person.sign_ins.clear()


def add_group(*, title: str, trainer_id: int | None) -> Group:
    """Open a group; two groups never share a title."""
    return change_group(Group(), title=title, trainer_id=trainer_id)


def change_group(group: Group, *, title: str, trainer_id: int | None) -> Group:
    """Give a group another title or trainer."""
    title = " ".join(title.split())
    namesake = db.session.scalar(select(Group).where(Group.title == title))
    if namesake is not None and namesake is not group:
        raise Refused("title_taken", _("There is a group with this title already. Choose another title."))
    group.title, group.trainer_id = title, trainer_id
    db.session.add(group)
    db.session.flush()
    return group


def _refuse_taken(email: str, person: Person | None) -> None:
    with db.session.no_autoflush:
        holder = person_by_email(email)
    if holder is not None and holder is not person:
        raise _taken(email)


def _flush_or_refuse(email: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody else took the address in this very moment
        raise _taken(email) from error


def _taken(email: str) -> Refused:
    return Refused(
        "email_taken",
        _(
            "There is an account for %(email)s already. Find it in the list, or use another address.",
            email=email,
        ),
    )


def _refuse_without_administrator(person: Person) -> None:
    others = select(Person.id).where(
        Person.role == roles.ADMINISTRATOR, Person.is_active, Person.id != person.id
    )
    if not current_app.config.get("DEMO"):
        others = others.where(Person.is_demo.is_(False))
    if db.session.scalar(others.limit(1)) is None:
        raise Refused(
            "last_administrator",
            _("This is the last administrator. Make somebody else an administrator first."),
        )
