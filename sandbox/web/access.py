"""Who may use a route: every view says so with `@allow(...)`, and a route that does not say it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[], "ResponseReturnValue | None"]


def allow(rule: Rule) -> Callable[[View], View]:
    """Declare on a view who may use it; the rule aborts, redirects, or returns None to let it pass."""

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return declare


def anyone() -> None:
    """Nobody needs to sign in for this."""


def signed_in() -> ResponseReturnValue | None:
    """Any person with an account; others are sent to the sign-in page and back."""
    if current_user.is_authenticated:
        return None
    if request.method == "GET" and not request.path.startswith("/api/"):
        target = request.full_path if request.query_string else request.path
        return redirect(url_for("people.welcome", next=target))
    raise Unauthorized


def role(*roles: str) -> Rule:
    """A person with one of `roles`; a signed-in other gets 403."""

    def check() -> ResponseReturnValue | None:
        answer = signed_in()
        if answer is None and current_user.role not in roles:
            abort(403)
        return answer

    check.__name__ = "role_" + "_".join(roles)
    check.__doc__ = "A person with the role " + " or ".join(roles) + "."
    check.roles = roles  # type: ignore[attr-defined]
    return check


def init_app(app: Flask) -> None:
    """Ask the rule of the view before every request."""
    app.before_request(_ask)


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule a route declares; Flask's own static files are anyone's."""
    view = app.view_functions[endpoint]
    return anyone if endpoint == "static" else getattr(view, "access", None)


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # nothing matched: the answer is 404
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise RuntimeError(f"route {request.endpoint} does not say who may use it")
    return rule()
