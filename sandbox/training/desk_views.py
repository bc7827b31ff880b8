"""The trainer's desk: who may do what, who is where, and giving and taking back assignments."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.people import Person, may_see, roles, trainees_of
from sandbox.seeding.practice import company_for
from sandbox.training import desk as look
from sandbox.training.assigning import assign, assignments_of_people, withdraw
from sandbox.training.blueprint import blueprint
from sandbox.training.models import Assignment
from sandbox.training.proof.words import sentence_of
from sandbox.training.proofs import offered, withheld
from sandbox.training.reader import me
from sandbox.training.runs_of import project_today
from sandbox.training.standing import PersonStanding, all_tracks, standings
from sandbox.web.access import allow, role
from sandbox.web.languages import current_language
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

TRAINERS = (roles.TRAINER, roles.ADMINISTRATOR)


class AssignForm(FlaskForm):
    """Who is to run what, and by when."""

    people = SelectMultipleField(
        _l("People"),
        coerce=int,
        validators=[InputRequired(_l("Choose at least one person."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    scenarios = SelectMultipleField(
        _l("Scenarios"),
        validators=[InputRequired(_l("Choose at least one scenario."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due = DateField(_l("Due"), validators=[Optional()], description=_l("May stay empty."))

    def offer(self, people: list[Person], scenarios: dict[str, str]) -> None:
        """Say who and what there is to choose from."""
        self.people.choices = [SelectChoice(one.id, one.display_name) for one in people]
        self.scenarios.choices = [SelectChoice(slug, title) for slug, title in scenarios.items()]


@blueprint.get("/desk")
@allow(role(*TRAINERS))
def desk() -> Response:
    """Who may do what alone, who is at work on which step, and what is assigned."""
    return _draw(AssignForm(formdata=None))


@blueprint.get("/desk/assign")
@allow(role(*TRAINERS))
def assign_form() -> Response:
    """The address of a form that was sent: opened anew, it leads back to the desk."""
    return see_other(url_for("training.desk", _anchor="assign"))


@blueprint.post("/desk/assign")
@allow(role(*TRAINERS))
def assign_scenarios() -> Response:
    """Give scenarios to people of one's groups, with a due date."""
    people, form = _people(), AssignForm()
    form.offer(people, _playable())
    if not form.validate():
        return _draw(form, 422)
    chosen = [one.id for one in people if one.id in (form.people.data or [])]
    try:
        with unit_of_work():
            made = assign(
                [db.session.get_one(Person, person_id) for person_id in chosen],
                form.scenarios.data or [],
                form.due.data,
                db.session.get_one(Person, me().id),
                machine_now(),
            )
            count = len(made)
    except Refused as refusal:
        return _draw(form, 409, refusal=str(refusal))
    flash(ngettext("%(num)d assignment is given.", "%(num)d assignments are given.", count), "ok")
    return see_other(url_for("training.desk"))


@blueprint.post("/desk/assignments/<int:assignment>/withdraw")
@allow(role(*TRAINERS))
def withdraw_assignment(assignment: int) -> Response:
    """Take an assignment back; the runs made for it stay."""
    row = db.session.get(Assignment, assignment)
    if row is None or not may_see(me(), row.person):
        abort(404)
    with unit_of_work():
        withdraw(db.session.get_one(Assignment, assignment), machine_now())
    flash(_("The assignment is taken back. Runs already made stay."), "ok")
    return see_other(url_for("training.desk"))


def _people() -> list[Person]:
    return list(db.session.scalars(trainees_of(me())))


def _playable() -> dict[str, str]:
    """The scenarios there are, slug to title, in the order of the operations."""
    tracks, found_ = all_tracks(), offered(company_for(me()))
    titles = {}
    for operation in tracks.operations.values():
        for slug in operation.scenarios:
            if slug in found_:
                title = found_[slug].title.in_(current_language())
                titles[slug] = operation.title.in_(current_language()) if "{" in title else title
    return titles


def _draw(form: AssignForm, status: int = 200, refusal: str | None = None) -> Response:
    people, today, now = _people(), project_today(), machine_now()
    titles = _playable()
    form.offer(people, titles)
    everybody: list[PersonStanding] = standings(people, today)
    working = look.at_work(people, now)
    given = [look.given(one, everybody) for one in assignments_of_people(people)]
    overdue = sum(1 for one in given if one.is_overdue(today))
    return page(
        "training/desk.html",
        status,
        finding_words=look.finding(everybody, working, overdue),
        everybody=everybody,
        operations=look.operations_for(everybody),
        critical={standing.operation.code for one in everybody for standing in one.critical},
        working=working,
        given=given,
        titles=titles,
        form=form,
        lacking=withheld(company_for(me())),
        sentence_of=sentence_of,
        refusal=refusal,
        today=today,
        language=current_language(),
    )
