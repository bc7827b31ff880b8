"""What people set for themselves: language and look, password, API tokens."""

from flask import Response, abort, flash, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, refresh

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import job_roles, throttle
from sandbox.people.accounts import set_password
from sandbox.people.forms import PasswordForm, PreferencesForm, TokenForm
from sandbox.people.models import ApiToken
from sandbox.people.passwords import hash_password, matches
from sandbox.people.signing_in import begin_stay, remember_in_browser
from sandbox.people.tokens import add_token, new_secret, revoke_token
from sandbox.people.views.blueprint import blueprint, me
from sandbox.web.access import allow, signed_in
from sandbox.web.languages import current_language, remember_language
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

SHOWN_ONCE = "token_shown_once"


@blueprint.get("/settings")
@allow(signed_in)
def settings() -> Response:
    """The settings of the signed-in person; a token just made is shown this one time."""
    return _draw(secret=session.pop(SHOWN_ONCE, None))


@blueprint.post("/settings")
@allow(signed_in)
def change_preferences() -> Response:
    """Change language and look."""
    form = PreferencesForm()
    if not form.validate():
        return _draw(422, preferences=form)
    with unit_of_work():
        person = me()
        person.locale, person.theme = form.locale.data, form.theme.data
    refresh()
    flash(_("Settings saved."), "ok")
    return remember_language(see_other(url_for("people.settings")), form.locale.data)


@blueprint.post("/settings/password")
@allow(signed_in)
def change_password() -> Response:
    """Replace the password; every other session of the account ends."""
    form, person = PasswordForm(), me()
    if person.is_demo:
        abort(403)  # the cast's password is printed on the first page: nobody may lock the others out
    if not form.validate():
        return _draw(422, password=form)
    minutes = throttle.minutes_to_wait(person.email)
    if minutes:
        form.current.errors = [
            ngettext(
                "Too many tries. Wait %(num)d minute, then try again.",
                "Too many tries. Wait %(num)d minutes, then try again.",
                minutes,
            )
        ]
        return _draw(429, password=form)
    if not matches(form.current.data or "", person.password_hash):
        form.current.errors = [_("This is not the password you use now. Type it again.")]
        return _draw(422, password=form)
    throttle.forgive(person.email)
    password_hash = hash_password(form.new.data or "")
    with unit_of_work():
        set_password(person, password_hash)
        begin_stay(person, at=machine_now())
    remember_in_browser(person)
    flash(_("Password changed. Other computers are signed out."), "ok")
    return see_other(url_for("people.settings"))


@blueprint.post("/settings/tokens")
@allow(signed_in)
def create_token() -> Response:
    """Make an API token and show it on the next page, once."""
    form = TokenForm()
    if not form.validate():
        return _draw(422, token=form)
    secret = new_secret()
    with unit_of_work():
        add_token(me(), secret=secret, label=form.label.data or "", at=machine_now())
    session[SHOWN_ONCE] = secret
    return see_other(url_for("people.settings", _anchor="tokens"))


@blueprint.post("/settings/tokens/<int:token_id>/revoke")
@allow(signed_in)
def revoke(token_id: int) -> Response:
    """Close one of one's own tokens; somebody else's is not found."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.person_id != me().id:
        abort(404)
    with unit_of_work():
        revoke_token(token, at=machine_now())
    flash(_("The token is closed. Programs that used it are turned away from now on."), "ok")
    return see_other(url_for("people.settings", _anchor="tokens"))


def _draw(
    status: int = 200,
    *,
    preferences: PreferencesForm | None = None,
    password: PasswordForm | None = None,
    token: TokenForm | None = None,
    secret: str | None = None,
) -> Response:
    person = me()
    answer = page(
        "people/settings.html",
        status,
        person=person,
        job_role=job_roles.title_of(person.job_role),
        preferences=preferences
        or PreferencesForm(formdata=None, data={"locale": current_language(), "theme": person.theme}),
        password=password or PasswordForm(formdata=None),
        token=token or TokenForm(formdata=None),
        tokens=[one for one in person.tokens if one.revoked_at is None],
        secret=secret,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
