"""The first page, signing in by password or as one of the demo's cast, signing out."""

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from sandbox.kernel.clock import machine_now
from sandbox.people import signing_in, throttle
from sandbox.people.accounts import fold_email
from sandbox.people.demo import demo_person, present_cast
from sandbox.people.forms import SignInForm
from sandbox.people.models import Person
from sandbox.people.roles import home_of
from sandbox.people.signing_in import authenticate, sign_in
from sandbox.people.views.blueprint import blueprint, me
from sandbox.web.access import allow, anyone
from sandbox.web.local_address import local_address
from sandbox.web.respond import page, see_other


@blueprint.get("/")
@allow(anyone)
def welcome() -> Response:
    """Where everybody begins: the sign-in page, or the home of who is signed in."""
    if current_user.is_authenticated:
        return see_other(_way_on(me()))
    return _draw(SignInForm(formdata=None))


@blueprint.get("/sign-in")
@allow(anyone)
def sign_in_page() -> Response:
    """The first page under the address its form is sent to, for a reload after a wrong password."""
    return see_other(url_for("people.welcome", next=request.args.get("next")))


@blueprint.post("/sign-in")
@allow(anyone)
def sign_in_by_password() -> Response:
    """Begin a session, or say why not; ten tries an account in a quarter of an hour."""
    form = SignInForm()
    if not form.validate():
        return _draw(form, 422)
    email, password = fold_email(form.email.data or ""), form.password.data or ""
    minutes = throttle.minutes_to_wait(email)
    if minutes:
        return _too_often(form, minutes)
    person = authenticate(email, password)
    if person is None:
        throttle.count_failure()
        refusal = _("The e-mail and the password do not belong together. Check both, then try again.")
        return _draw(form, 422, refusal=refusal)
    throttle.forgive(email)
    sign_in(person, at=machine_now(), remember=bool(form.remember.data), password=password)
    return see_other(_way_on(person))


@blueprint.post("/sign-in/as/<code>")
@allow(anyone)
def sign_in_as(code: str) -> Response:
    """Begin a session as one of the cast without a password, in demo mode only."""
    person = demo_person(code)
    if person is None:
        abort(404)
    sign_in(person, at=machine_now())
    return see_other(_way_on(person))


@blueprint.post("/sign-out")
@allow(anyone)
def sign_out() -> Response:
    """End the session in this browser, also for whoever has a copy of its cookies."""
    signing_in.sign_out()
    return see_other(url_for("people.welcome"))


def _way_on(person: Person) -> str:
    """Where to go after signing in: first to a password of one's own, else where the person was going."""
    if person.has_temporary_password:
        return url_for("people.settings", _anchor="password")
    return local_address(request.values.get("next"), otherwise=home_of(person.role))


def _too_often(form: SignInForm, minutes: int) -> Response:
    refusal = ngettext(
        "Too many tries. Wait %(num)d minute, then try again.",
        "Too many tries. Wait %(num)d minutes, then try again.",
        minutes,
    )
    answer = _draw(form, 429, refusal=refusal)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def _draw(form: SignInForm, status: int = 200, refusal: str | None = None) -> Response:
    onward = local_address(request.values.get("next"), otherwise="")
    answer = page(
        "people/welcome.html", status, form=form, refusal=refusal, onward=onward, cast=present_cast()
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
