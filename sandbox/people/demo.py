"""The cast of the demo: accounts that exist, and open, in demo mode only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.people import roles
from sandbox.people.accounts import add_group, add_person, person_by_email
from sandbox.people.groups import put_in_groups
from sandbox.people.models import Person
from sandbox.people.passwords import hash_password
from sandbox.web.unit_of_work import unit_of_work

# Not a secret: it opens invented accounts on invented data, and only where DEMO is on.
DEMO_PASSWORD = "rehearse-first"  # noqa: S105
# A title is what its trainer typed: in the language of the house.
GROUPS = {"en": "Autumn class", "ru": "Осенняя группа"}


@dataclass(frozen=True)
class Member:
    """One of the cast: the account, and what its first page is good for."""

    code: str
    name: str
    name_ru: str
    role: str
    job_role: str | None
    invites: Any

    @property
    def email(self) -> str:
        """The address the member signs in with."""
        return f"{self.code}@rehearsal.example"


SALES = "sales-manager"
CAST = (
    Member("tanya", "Tanya Belova", "Татьяна Белова", roles.TRAINEE, SALES, _l("practises her first tasks")),
    Member("oleg", "Oleg Petrov", "Олег Петров", roles.TRAINEE, SALES, _l("is one run from a clearance")),
    Member("vera", "Vera Lind", "Вера Линд", roles.TRAINER, None, _l("sees who is stuck, and where")),
    Member("boris", "Boris Krol", "Борис Кроль", roles.BOARD, None, _l("reads whether to go live")),
    Member("anna", "Anna Costa", "Анна Коста", roles.ADMINISTRATOR, None, _l("sets up people and roles")),
)


def member(code: str) -> Member | None:
    """The member of the cast with this code."""
    return next((one for one in CAST if one.code == code), None)


def demo_person(code: str) -> Person | None:
    """The account of a member, in demo mode only."""
    one = member(code)
    if one is None or not current_app.config.get("DEMO"):
        return None
    person = person_by_email(one.email)
    return person if person is not None and person.is_demo and person.may_sign_in else None


@dataclass(frozen=True)
class Present:
    """A member of the cast with the account that is open for it."""

    member: Member
    person: Person


def present_cast() -> list[Present]:
    """The cast as it may be signed in as here and now: nobody outside demo mode."""
    if not current_app.config.get("DEMO"):
        return []
    addresses = [one.email for one in CAST]
    accounts = db.session.scalars(select(Person).where(Person.email.in_(addresses), Person.is_demo))
    people = {person.email: person for person in accounts if person.may_sign_in}
    return [Present(one, people[one.email]) for one in CAST if one.email in people]


def create_demo_cast(*, at: datetime) -> dict[str, Person]:
    """Make the accounts of the cast that are missing, by code; opens a unit of work of its own.

    One hash serves all: it takes 0.2 s, and the password is printed beside them anyway.
    """
    if not current_app.config.get("DEMO"):
        raise RuntimeError("The demo cast exists in demo mode only: set DEMO=1.")
    found = {one.code: person_by_email(one.email) for one in CAST}
    if all(found.values()):
        return {code: person for code, person in found.items() if person is not None}
    password_hash = hash_password(DEMO_PASSWORD)
    with unit_of_work():
        people = {one.code: found[one.code] or _add(one, password_hash, at) for one in CAST}
        if not people["tanya"].memberships:
            group = add_group(
                title=GROUPS[current_app.config["BABEL_DEFAULT_LOCALE"]], trainer_id=people["vera"].id
            )
            for person in (people["tanya"], people["oleg"]):
                put_in_groups(person, [group.id])
    return people


def _add(one: Member, password_hash: str, at: datetime) -> Person:
    person = add_person(
        name=one.name,
        name_ru=one.name_ru,
        email=one.email,
        password_hash=password_hash,
        role=one.role,
        job_role=one.job_role,
        at=at,
        is_demo=True,
    )
    db.session.flush()
    return person
