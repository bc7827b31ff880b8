"""The parts of the house and their states on one page; in demo and test mode only."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from sandbox.kernel.clock import machine_now
from sandbox.web.access import allow, anyone
from sandbox.web.respond import page

blueprint = Blueprint("gallery", __name__)
SWATCHES = (
    "paper surface sunken ink ink-2 ink-3 petrol petrol-mid petrol-pale petrol-tint beam coach "
    "ok-fill ok-tint warn-fill warn-tint bad-fill bad-tint"
)


class SampleForm(Form):
    """One field of each kind."""

    phone = TelField(_l("Phone"), description=_l("Any spelling will do."))
    close_date = DateField(_l("Close date"))
    tax_number = StringField(_l("Tax number"), validators=[InputRequired(_l("The check digit is wrong."))])
    stage = SelectField(_l("Stage"), choices=[("new", _l("New")), ("offer", _l("Offer"))])
    count = IntegerField(_l("Number"))
    outcome = RadioField(
        _l("Outcome"),
        choices=[("reached", _l("Reached")), ("missed", _l("Not reached")), ("later", _l("Call back"))],
        default="reached",
    )
    note = TextAreaField(_l("Note"))
    sure = BooleanField(_l("Send a copy to the customer"))


def _view(code: str, title: Any, icon: str, kind: str = "plain", **more: Any) -> SimpleNamespace:
    values = {"record": "deals-7", "url": "/components/form", **more}
    return SimpleNamespace(code=code, title=title, icon=icon, kind=kind, **values)


def _actions() -> dict[str, SimpleNamespace]:
    return {
        "call": _view("call.log", _("Log a call"), "phone"),
        "task": _view("task.set", _("Set a task"), "checkbox"),
        "win": _view("deal.win", _("Win"), "trophy"),
        "lose": _view("deal.lose", _("Lose"), "circle-x", "danger"),
    }


@blueprint.get("/components")
@allow(anyone)
def show() -> Response:
    """Every part in every state."""
    form = SampleForm(tax_number="", phone="+1 (555) 014-2236")
    form.validate()
    now = machine_now()
    return page(
        "components/gallery.html",
        form=form,
        actions=_actions(),
        swatches=SWATCHES.split(),
        amount=Decimal("612000"),
        now=now,
        earlier=now - timedelta(days=3, hours=2),
    )


@blueprint.get("/components/form")
@allow(anyone)
def form() -> Response:
    """A form as the dialog shows it."""
    view = _view("call.log", _("Log a call"), "phone", form=SampleForm())
    return page("components/gallery_form.html", view=view)


@blueprint.get("/components/coach")
@allow(anyone)
def coach() -> Response:
    """A record's page beside the coach."""
    return page("components/gallery_coach.html", actions=_actions(), coach=True, now=machine_now())


@blueprint.post("/components/form")
@allow(anyone)
def turned_down() -> Response:
    """The same form, refused, with a conflict and a field in error; nothing typed is lost."""
    form = SampleForm(request.form)
    form.validate()
    changes = [(_("Amount"), "$48,600", "$46,000")]
    view = _view(
        "call.log",
        _("Log a call"),
        "phone",
        form=form,
        refusal=_("A won deal needs a signed contract. Add the contract, or ask for the payment rule."),
        conflict=changes,
        stale_by="Marta Quill",
    )
    return page("components/gallery_form.html", 422, view=view)


def init_app(app: Flask) -> None:
    """Show the gallery where people build, test or look around."""
    if app.testing or app.debug or app.config.get("DEMO"):
        app.register_blueprint(blueprint)
