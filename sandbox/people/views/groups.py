"""The administrator's list of groups: who learns together, and who looks after them."""

from flask import Response, flash, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.people import accounts, roles
from sandbox.people.forms import GroupForm
from sandbox.people.models import Group, Membership, Person
from sandbox.people.views.blueprint import blueprint, found
from sandbox.web.access import allow, role
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work


@blueprint.get("/people/groups")
@allow(role(roles.ADMINISTRATOR))
def groups() -> Response:
    """All groups with their people; a group is opened in the form below them."""
    return _draw_list(GroupForm(formdata=None))


@blueprint.post("/people/groups")
@allow(role(roles.ADMINISTRATOR))
def create_group() -> Response:
    """Open a group."""
    form = GroupForm()
    form.offer(_trainers())
    if not form.validate():
        return _draw_list(form, 422)
    try:
        with unit_of_work():
            accounts.add_group(title=form.title.data or "", trainer_id=form.trainer_id.data)
    except Refused as refusal:
        return _draw_list(form, 409, refusal=str(refusal))
    flash(_("The group is open. Put people into it on their own pages."), "ok")
    return see_other(url_for("people.groups"))


@blueprint.get("/people/groups/<int:group_id>")
@allow(role(roles.ADMINISTRATOR))
def group(group_id: int) -> Response:
    """One group and its form."""
    one = found(Group, group_id)
    return _draw_group(one, GroupForm(formdata=None, obj=one))


@blueprint.post("/people/groups/<int:group_id>")
@allow(role(roles.ADMINISTRATOR))
def change_group(group_id: int) -> Response:
    """Give a group another title or trainer."""
    one, form = found(Group, group_id), GroupForm()
    form.offer(_trainers())
    if not form.validate():
        return _draw_group(one, form, 422)
    try:
        with unit_of_work():
            accounts.change_group(one, title=form.title.data or "", trainer_id=form.trainer_id.data)
    except Refused as refusal:
        return _draw_group(one, form, 409, refusal=str(refusal))
    flash(_("Group saved."), "ok")
    return see_other(url_for("people.groups"))


def _trainers() -> list[Person]:
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.role == roles.TRAINER, Person.is_active)
            .order_by(Person.search_key, Person.id)
        )
    )


def _draw_list(form: GroupForm, status: int = 200, refusal: str | None = None) -> Response:
    form.offer(_trainers())
    every_group = db.session.scalars(
        select(Group)
        .order_by(Group.title)
        .options(selectinload(Group.memberships).joinedload(Membership.person))
    ).all()
    return page("people/groups.html", status, form=form, refusal=refusal, groups=every_group)


def _draw_group(one: Group, form: GroupForm, status: int = 200, refusal: str | None = None) -> Response:
    form.offer(_trainers())
    return page("people/group.html", status, form=form, refusal=refusal, group=one)
