"""Which language a page speaks: the person's choice, else the cookie's, else the browser's."""

from functools import cache
from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, request
from flask_babel import Domain, get_locale
from flask_babel import refresh as forget_locale
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from sandbox.extensions import babel
from sandbox.web.access import allow, anyone
from sandbox.web.local_address import local_address
from sandbox.web.respond import see_other
from sandbox.web.unit_of_work import unit_of_work

LANGUAGES = {"en": "English", "ru": "Русский"}
MARKER = "xx"
COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 3600
# Babel knows no language "xx": English with a modifier formats numbers and dates, and has its own catalogue.
MARKER_LOCALE = Locale.parse("en@xx")

blueprint = Blueprint("languages", __name__)


class Catalogues(Domain):
    """The words of the request's language, found once for the request instead of once for each word."""

    def get_translations(self) -> Any:
        """The catalogue of the locale in use; a language that is forced for a while has its own."""
        # `g` stands for an object that is found anew at each word said of it: here it is found once
        here = g._get_current_object().get("_flask_babel") if g else None
        if here is None:
            return super().get_translations()
        known = getattr(here, "babel_translations", None)
        if known is None or known[0] is not getattr(here, "babel_locale", None):
            found = super().get_translations()
            known = here.babel_translations = (here.babel_locale, found)
        return known[1]


class MarkedTranslations(NullTranslations):
    """A catalogue that wraps every word it is asked for, so that a word outside the marks is untranslated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)

    def unpgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return self.ngettext(singular, plural, num)

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext


def languages() -> dict[str, str]:
    """The languages to choose from, code to its own name; the marker language joins them under test."""
    if current_app.testing:
        return {**LANGUAGES, MARKER: "⟦xx⟧"}
    return LANGUAGES


def select_locale() -> Locale | None:
    """The locale of the running request, for Flask-Babel; None stands for the configured default."""
    if not has_request_context():
        return None
    for language in (_chosen_by_person(), request.cookies.get(COOKIE)):
        if language in languages():
            return MARKER_LOCALE if language == MARKER else _locale_of(language)
    best = request.accept_languages.best_match(list(LANGUAGES))
    return _locale_of(best) if best else None


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(language)


def current_language() -> str:
    """The code of the language in use: `en`, `ru`, or `xx` under test."""
    locale = get_locale()
    if locale is None:
        return "en"
    return MARKER if locale.modifier == MARKER else locale.language


def remember_language(response: Response, language: str) -> Response:
    """Keep the choice in a cookie for a year, for the time before the next sign-in."""
    response.set_cookie(
        COOKIE, language, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


@blueprint.post("/language")
@allow(anyone)
def switch() -> Response:
    """Change the language for the person and this browser, and go back to where they were."""
    language = request.form.get("language", "")
    response = see_other(local_address(request.form.get("next")))
    if language not in languages():
        return response
    if current_user.is_authenticated:
        _remember_on_person(language)
        forget_locale()
    return remember_language(response, language)


def _chosen_by_person() -> str | None:
    try:
        return getattr(current_user, "locale", None)
    except SQLAlchemyError:
        return None  # with the database lost, the page that says so still speaks some language


def _remember_on_person(language: str) -> None:
    with unit_of_work():
        current_user.locale = language


def _install_words(app: Flask, words: Domain) -> None:
    """Give templates their words: what Jinja's own callables do, without their five calls for each word."""

    def filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
        if context.autoescape:
            text = Markup(text)  # noqa: S704 - a translation is ours; what is put into it is escaped
        return text % values if values or "%" in text else text

    @pass_eval_context
    def gettext(context: EvalContext, word: str, /, **values: Any) -> str:
        return filled(context, words.get_translations().ugettext(word), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
        found = words.get_translations().ungettext(one, many, num)
        return filled(context, found, {"num": num, **values})

    @pass_eval_context
    def pgettext(context: EvalContext, about: str, word: str, /, **values: Any) -> str:
        return filled(context, words.get_translations().upgettext(about, word), {"context": about, **values})

    @pass_eval_context
    def npgettext(context: EvalContext, about: str, one: str, many: str, num: int, /, **values: Any) -> str:
        found = words.get_translations().unpgettext(about, one, many, num)
        return filled(context, found, {"context": about, "num": num, **values})

    app.jinja_env.globals.update(
        _=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext
    )


def init_app(app: Flask) -> None:
    """Choose each request's language, give templates the switch and, under test, the marker language."""
    babel.init_app(app, locale_selector=select_locale)
    words = babel.domain_instance = Catalogues()
    _install_words(app, words)
    app.register_blueprint(blueprint)
    app.add_template_global(languages)
    app.add_template_global(current_language)
    if app.testing:
        words.cache[str(MARKER_LOCALE), words.domain[0]] = MarkedTranslations()
