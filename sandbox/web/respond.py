"""Answers: a page, the part of it that htmx asked for, or the way to another page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.routing import BuildError

PAGE, DIALOG = "#page", "#dialog"
DRAWINGS_KEPT = 500


def asks_part() -> bool:
    """Whether htmx asks for a part; going back in history draws whole pages again."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def asks_dialog() -> bool:
    """Whether the answer belongs in the one dialog."""
    return asks_part() and request.headers.get("HX-Target", "").endswith(DIALOG)


def draws_page_only() -> bool:
    """Asked by the layout: whether to draw `#page` alone; the answer's headers then say where it goes."""
    if asks_part():
        g.draws_page_only = True
        return True
    return False


def draws_dialog_only() -> bool:
    """Asked by the layout of an action: whether to draw the dialog's content alone."""
    return asks_dialog()


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A rendered template; its layout draws the whole page, or `#page` alone for htmx."""
    return make_response(render_template(template, **context), status)


def fragment(template: str, status: int = 200, **context: Any) -> Response:
    """A rendered fragment, swapped where the asking element says."""
    return make_response(render_template(template, **context), status)


def drawn_once(template: str) -> Markup:
    """A part of every page that says the same to all who read its language: drawn once for each.

    It may name neither the person nor the place; a program that watches its templates draws it anew.
    """
    known: dict[tuple[str, str], Markup] = current_app.extensions.setdefault("drawn_once", {})
    key = (template, str(get_locale()))
    if key not in known or current_app.jinja_env.auto_reload:
        known[key] = Markup(current_app.jinja_env.get_template(template).render())  # noqa: S704 - our own template
    return known[key]


def drawn_for(key: Any, draw: Callable[..., Markup], *shown: Any) -> Markup:
    """What a macro draws of `shown`, kept for as long as `key` stays the same; None: nothing is kept.

    Whatever it shows must be in the key, but for the language; a form's secret must not stand in it.
    """
    known: dict[Any, Markup] = current_app.extensions.setdefault("drawn_for", {})
    if key is None or current_app.jinja_env.auto_reload:
        return draw(*shown)
    whole = (str(get_locale()), request.script_root, key)
    if whole not in known:
        if len(known) >= DRAWINGS_KEPT:
            known.clear()
        known[whole] = draw(*shown)
    return known[whole]


def see_other(address: str) -> Response:
    """303: the change is made, its outcome is read at `address`. htmx follows and morphs that page in."""
    return make_response(redirect(address, code=303))


def attachment(content: bytes | str, media: str, name: str) -> Response:
    """A file to keep. Its name may be in any script: a header as it stands takes ASCII alone (RFC 6266)."""
    raw = content.encode() if isinstance(content, str) else content
    answer = send_file(BytesIO(raw), mimetype=media, as_attachment=True, download_name=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def direct_page(response: Response) -> Response:
    """Send a page that was drawn for htmx to `#page`, and put its address into the address bar."""
    if not g.get("draws_page_only"):
        return response
    headers = response.headers
    headers.setdefault("HX-Retarget", PAGE)
    headers.setdefault("HX-Reswap", "outerMorph")
    if request.method == "GET" and response.status_code == 200:
        # The page one is on already gets no second entry in the history.
        stays = urlsplit(request.headers.get("HX-Current-URL", "")).path == request.path
        headers.setdefault("HX-Replace-Url" if stays else "HX-Push-Url", here_address())
    return response


def here_address() -> str:
    """The address of this page with its query: where to come back to after changing the language."""
    query = request.query_string.decode("utf-8", "replace")
    return f"{request.path}?{query}" if query else request.path


def link_to(endpoint: str, **values: Any) -> str | None:
    """The address of an endpoint, or None where this house has no such page."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def init_app(app: Flask) -> None:
    """Tell htmx where page answers go; give layouts the two questions they ask."""
    app.after_request(direct_page)
    app.add_template_global(drawn_once)
    app.add_template_global(drawn_for)
    app.add_template_global(draws_page_only)
    app.add_template_global(draws_dialog_only)
    app.add_template_global(asks_part, "draws_part")
    app.add_template_global(here_address)
    app.add_template_global(link_to)
