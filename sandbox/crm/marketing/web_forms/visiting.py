"""The form itself, as a visitor of the firm's website sees it; plainly marked as practice."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from sandbox.crm.customers.consents import ADVERTISING, PERSONAL_DATA
from sandbox.crm.marketing.web_forms.forms import SendForm
from sandbox.crm.marketing.web_forms.models import WebForm
from sandbox.crm.marketing.web_forms.rules import faults_of_sent
from sandbox.crm.marketing.web_forms.seal import opened, sealed
from sandbox.crm.marketing.web_forms.words import field_words
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform, registry
from sandbox.ledger.questions import hear_refusal
from sandbox.ledger.relocked import of_this_transaction
from sandbox.spaces import Colleague, current_space, every, fetch, first
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import see_other
from sandbox.web.unit_of_work import unit_of_work

blueprint = Blueprint("visiting", __name__, url_prefix="/s/<int:space>/forms")
SEND = "submission.send"


@blueprint.get("/<address>")
@allow(in_space)
def visit(space: int, address: str) -> Response:
    """The form, empty; the tag of `?utm_campaign=` goes along with what is sent."""
    web_form = _form_at(address)
    form = SendForm()
    form.personal_data.data, form.advertising.data = web_form.personal_ticked, web_form.advertising_ticked
    return _drawn(web_form, form, request.args.get("utm_campaign"))


@blueprint.post("/<address>")
@allow(in_space)
def send(space: int, address: str) -> Response:
    """Take in what was typed; with a fault it comes back as it was, and says what to mend."""
    web_form = _form_at(address)
    as_shown, tag = opened(request.form.get("seal"), web_form)
    form = SendForm.filled(MultiDict([*request.form.items(multi=True), ("web_form", str(web_form.n))]))
    form.validate()
    if not as_shown:
        for name in (PERSONAL_DATA, ADVERTISING):
            form[name].data = False
        return _drawn(web_form, form, tag, status=409, refusal=_changed())
    mistyped = {str(name): str(next(iter(errors))) for name, errors in form.errors.items() if errors}
    faults = {**faults_of_sent(web_form, form.values()), **mistyped}
    if faults:
        return _drawn(web_form, form, tag, status=422, faults=faults)
    values = {**form.values(), "tag": tag}
    try:
        with unit_of_work():
            by = fetch(Colleague, g.colleague.n) if g.colleague is not None else None
            if by is None:
                raise Refused("no_colleague", _("Nobody plays a colleague here."))
            perform(SEND, None, of_this_transaction(values), by=by, person_id=current_user.id)
    except Refused as refusal:
        hear_refusal(current_space(), registry[SEND], None, form.told(), refusal)
        return _drawn(_form_at(address), form, tag, status=409, refusal=str(refusal.message))
    return see_other(url_for("visiting.sent", space=space, address=address))


@blueprint.get("/<address>/sent")
@allow(in_space)
def sent(space: int, address: str) -> Response:
    """What a visitor reads once their request is with us."""
    web_form = _form_at(address)
    return Response(render_template("marketing/web_forms/sent.html", web_form=web_form, firm=_firm()))


def _form_at(address: str) -> WebForm:
    web_form = first(every(WebForm).where(WebForm.address == address))
    return web_form if web_form is not None else abort(404)


def _drawn(
    web_form: WebForm,
    form: Any,
    tag: str | None,
    *,
    status: int = 200,
    refusal: str | None = None,
    faults: dict[str, str] | None = None,
) -> Response:
    names = ["name", *web_form.asked()]
    for name in names:
        form[name].needed = name == "name" or web_form.needs(name)
    for name in form._fields:
        form[name].errors = [faults[name]] if faults and name in faults else []
    return Response(
        render_template(
            "marketing/web_forms/visitor.html",
            web_form=web_form,
            form=form,
            names=names,
            labels=field_words(),
            boxes=_boxes(web_form),
            seal=sealed(web_form, tag),
            refusal=refusal,
            firm=_firm(),
        ),
        status,
    )


def _boxes(web_form: WebForm) -> list[tuple[str, str, str]]:
    """The boxes: name, wording, and the title of its version."""
    company = current_space().company
    texts = {one.code: one for one in company.consent_texts}
    pairs = ((PERSONAL_DATA, web_form.personal_text), (ADVERTISING, web_form.advertising_text))
    return [
        (name, texts[code].text, texts[code].title[company.language])
        for name, code in pairs
        if code and code in texts
    ]


def _firm() -> str:
    return str(current_space().company.name)


def _changed() -> str:
    return _("This page is not as we sent it. Read the boxes again, tick what you agree to, and send it.")
