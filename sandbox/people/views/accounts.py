"""The administrator's list of people: find, create, change, give a new password."""

from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.people import accounts, job_roles, roles
from sandbox.people.forms import EditPersonForm, PersonForm
from sandbox.people.models import Group, Membership, Person
from sandbox.people.passwords import hash_password, readable_password
from sandbox.people.views.blueprint import blueprint, found, me
from sandbox.web.access import allow, role
from sandbox.web.languages import current_language
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

PER_PAGE = 50
SHOWN_ONCE = "password_shown_once"


@blueprint.get("/people")
@allow(role(roles.ADMINISTRATOR))
def index() -> Response:
    """The list of people, a page at a time, searched by name or address and narrowed by role."""
    query, chosen = request.args.get("q", "").strip(), request.args.get("role", "")
    matching = _matching(query, chosen)
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    last = max(1, -(-total // PER_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    people = db.session.scalars(
        matching.order_by(Person.search_key, Person.id)
        .options(selectinload(Person.memberships).joinedload(Membership.group))
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return page(
        "people/index.html",
        people=people,
        query=query,
        chosen=chosen,
        titles=roles.TITLES,
        job_roles=job_roles.known(),
        total=total,
        number=number,
        last=last,
        per_page=PER_PAGE,
    )


@blueprint.get("/people/create")
@allow(role(roles.ADMINISTRATOR))
def create_page() -> Response:
    """The empty form of a new account."""
    return _draw_create(PersonForm(formdata=None, data={"role": roles.TRAINEE}))


@blueprint.post("/people/create")
@allow(role(roles.ADMINISTRATOR))
def create() -> Response:
    """Open an account with a password made here, shown on the next page once."""
    form = PersonForm()
    form.offer(_all_groups())
    if not form.validate():
        return _draw_create(form, 422)
    password = readable_password()
    password_hash = hash_password(password)
    try:
        with unit_of_work():
            person = accounts.add_person(
                **_said(form), password_hash=password_hash, has_temporary_password=True, at=machine_now()
            )
    except Refused as refusal:
        return _draw_create(form, 409, refusal=str(refusal))
    session[SHOWN_ONCE] = {"person": person.id, "password": password}
    flash(_("The account is open."), "ok")
    return see_other(url_for("people.show", person_id=person.id))


@blueprint.get("/people/<int:person_id>")
@allow(role(roles.ADMINISTRATOR))
def show(person_id: int) -> Response:
    """One account and its form; a password just made for it is shown this one time."""
    person = found(Person, person_id)
    once: dict[str, Any] = session.pop(SHOWN_ONCE, None) or {}
    password = once.get("password") if once.get("person") == person.id else None
    return _draw_show(person, _form_of(person), password=password)


@blueprint.post("/people/<int:person_id>")
@allow(role(roles.ADMINISTRATOR))
def change(person_id: int) -> Response:
    """Change what is said about an account."""
    person, form = found(Person, person_id), EditPersonForm()
    form.offer(_all_groups(), person)
    if not form.validate():
        return _draw_show(person, form, 422)
    try:
        with unit_of_work():
            accounts.change_person(person, **_said(form), is_active=bool(form.is_active.data), by=me())
    except Refused as refusal:
        return _draw_show(person, form, 409, refusal=str(refusal))
    flash(_("Account saved."), "ok")
    return see_other(url_for("people.show", person_id=person_id))


@blueprint.post("/people/<int:person_id>/password")
@allow(role(roles.ADMINISTRATOR))
def reset_password(person_id: int) -> Response:
    """Make a new password, shown on the next page once; the person is signed out everywhere."""
    person = found(Person, person_id)
    if person.is_demo or person.id == me().id:
        refusal = _("Your own password is changed in your settings.")
        if person.is_demo:
            refusal = _("A demo account keeps its password, because everybody shares it.")
        return _draw_show(person, _form_of(person), 409, refusal=refusal)
    password = readable_password()
    password_hash = hash_password(password)
    with unit_of_work():
        accounts.set_password(person, password_hash, temporary=True)
    session[SHOWN_ONCE] = {"person": person_id, "password": password}
    return see_other(url_for("people.show", person_id=person_id))


def _matching(query: str, chosen: str) -> Select[Person]:
    matching = select(Person)
    for word in fold(query).split():
        matching = matching.where(Person.search_key.contains(word, autoescape=True))
    if chosen in roles.ROLES:
        matching = matching.where(Person.role == chosen)
    return matching


def _said(form: PersonForm) -> dict[str, Any]:
    names = ("name", "name_ru", "email", "role", "job_role", "group_ids")
    return {name: form[name].data for name in names}


def _form_of(person: Person) -> EditPersonForm:
    held = [membership.group_id for membership in person.memberships]
    form = EditPersonForm(formdata=None, obj=person, data={"group_ids": held})
    form.offer(_all_groups(), person)
    return form


def _all_groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.title)))


def _draw_create(form: PersonForm, status: int = 200, refusal: str | None = None) -> Response:
    form.offer(_all_groups())
    return page("people/create.html", status, form=form, refusal=refusal)


def _draw_show(
    person: Person,
    form: EditPersonForm,
    status: int = 200,
    refusal: str | None = None,
    password: str | None = None,
) -> Response:
    answer = page(
        "people/show.html",
        status,
        person=person,
        form=form,
        refusal=refusal,
        password=password,
        language=current_language(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
