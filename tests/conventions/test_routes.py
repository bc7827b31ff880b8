"""Every route says who may use it, and each of the people is let in, or not, just so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from sandbox.api import by_token
from sandbox.crm.communications.calendar_keys import secret_of
from sandbox.extensions import db
from sandbox.people import Group, roles
from sandbox.spaces import Colleague, Space, fetch, inside
from sandbox.spaces.access import in_space
from sandbox.training import attempts
from sandbox.web.access import anyone, rule_of, signed_in
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import ACCOUNTS
from tests.conftest import SignIn, person_named
from tests.factories.practice import Room, furnish, token_of

pytestmark = pytest.mark.state("company")

SAME_HOUSE = {"tanya", "vera", "anna"}
"""Who finds tanya's space: she herself, her trainer, and the administrator."""


class Walk(NamedTuple):
    """Who walks, and what stands for the parts of addresses."""

    app: Flask
    room: Room
    values: dict[str, Any]
    clients: dict[str, FlaskClient]
    tokens: dict[str, dict[str, str]]


@pytest.fixture
def walk(app: Flask, sign_in: SignIn) -> Walk:
    room = furnish(app, "tanya")
    with app.test_request_context("/"):
        tanya = person_named("tanya")
        with unit_of_work():
            run = attempts.begin(person_named("tanya"), "sales/log-a-call", "learn", "office-supply").id
        operation = db.session.get_one(attempts.Attempt, run).operation
        group = db.session.scalars(db.select(Group.id).where(Group.title == "Test class")).one()
        asset: Any = app.jinja_env.globals["asset"]
        values = {
            "space": room.space,
            "upload": room.upload,
            "run": room.run,
            "format": "csv",
            "table": "companies",
            "field": "phone",
            "person_id": tanya.id,
            "person": tanya.id,
            "group_id": group,
            "attempt": run,
            "number": 1,
            "operation": operation,
            "secret": _secret(room),
            "address": f"{room.word}-form",
            "name": asset("img/mark.svg").removeprefix("/assets/"),
        }
    clients = {name: sign_in(name) for name in ACCOUNTS}
    clients["nobody"] = app.test_client()
    tokens = {name: token_of(app, name) for name in ACCOUNTS}
    return Walk(app, room, values, clients, {**tokens, "nobody": {}})


def _secret(room: Room) -> str:
    with inside(db.session.get_one(Space, room.space)):
        return secret_of(fetch(Colleague, room.records["colleagues"]))


def pages(app: Flask) -> Iterator[Rule]:
    """The routes that a browser or a program can look at."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or set()):
            yield rule


def address(walk: Walk, rule: Rule) -> str:
    """The route with the values of tanya's space in it."""
    values = dict(walk.values)
    if "n" in rule.arguments:
        parts = rule.rule.split("/")
        before = parts[parts.index("<int:n>") - 1]
        values["n"] = walk.room.records[values["table"] if before == "<table>" else before]
    missing = rule.arguments - set(values)
    assert not missing, f"{rule.rule}: say in this test what stands for {missing}"
    adapter = walk.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method="GET")


def expected(declared: Any, name: str, is_form: bool) -> set[int]:
    """What the rule of a route says to one of the people."""
    role = ACCOUNTS[name][2] if name in ACCOUNTS else None
    here = {200, 303}  # 303: a door that leads on
    if declared is anyone:
        return {200, 302, 303}
    if declared is by_token:
        return {401} if role is None else {200} if name in SAME_HOUSE else {404}
    if role is None:
        return {302}
    if declared is in_space:
        # a form is there for who may work here; who only looks is told so, or sees it without its effect
        return (here | {409} if is_form else here) if name in SAME_HOUSE else {404}
    if declared is signed_in:
        return here | {404}
    assert getattr(declared, "roles", None), f"{declared}: say in this test what the rule means"
    return here | {404} if role in declared.roles else {403}


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    silent = [rule.rule for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) is None]
    assert not silent


def test_everybody_is_let_in_or_not_as_the_route_says(walk: Walk) -> None:
    wrong = []
    for rule in pages(walk.app):
        declared, where = rule_of(walk.app, rule.endpoint), address(walk, rule)
        is_form = rule.endpoint.startswith("ledger.get_") or rule.endpoint in (
            "training.ask_reset",
            "training.ask_colleague",
            "inline.edit",
        )
        for name, client in walk.clients.items():
            headers = walk.tokens[name] if declared is by_token else {}
            status = client.get(where, headers=headers).status_code
            if status not in expected(declared, name, is_form):
                wrong.append(f"{name} at {where} ({rule.endpoint}): {status}")
    assert not wrong, "\n".join(wrong)


def test_who_is_not_signed_in_is_led_back_afterwards(walk: Walk) -> None:
    answer = walk.clients["nobody"].get(f"{walk.room.place}/deals?sort=amount")
    assert answer.headers["Location"] == f"/?next=/s/{walk.room.space}/deals?sort%3Damount"


def test_what_changes_something_is_closed_to_those_without_an_account(walk: Walk) -> None:
    """A POST never redirects to the sign-in page: what was typed would be lost on the way back."""
    wrong = []
    nobody = walk.clients["nobody"]
    for rule in walk.app.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or rule_of(walk.app, rule.endpoint) is anyone:
            continue
        where = rule.rule
        for name in rule.arguments:
            where = where.replace(f"<int:{name}>", "1").replace(f"<{name}>", "one")
        status = nobody.post(where).status_code
        if status != 401:
            wrong.append(f"{where}: {status}")
    assert not wrong, "\n".join(wrong)


def test_roles_are_those_of_the_accounts(app: Flask) -> None:
    """A rule that named a role nobody has would close its page to all."""
    named: set[str] = set()
    for rule in app.url_map.iter_rules():
        named.update(getattr(rule_of(app, rule.endpoint), "roles", ()))
    assert named <= set(roles.ROLES)


HUGE = str(10**30)
STRANGE = ("-1", HUGE, "abc", "%00", "'", "%F0%9F%92%A5", "")


def test_a_strange_question_breaks_no_page(walk: Walk) -> None:
    """Whatever somebody writes behind the question mark, the page answers; TESTING lets a fault through."""
    asked = (
        "q",
        "page",
        "sort",
        "before",
        "after",
        "show",
        "owner",
        "when",
        "status",
        "stage",
        "kind",
        "next",
    )
    tanya, broken = walk.clients["tanya"], []
    for rule in pages(walk.app):
        if rule.endpoint in ("assets.serve",) or rule.endpoint.startswith("ledger.get_"):
            continue
        for value in STRANGE:
            where = address(walk, rule) + "?" + "&".join(f"{name}={value}" for name in asked)
            try:
                status = tanya.get(where, headers=walk.tokens["tanya"]).status_code
            except Exception as fault:
                status, where = 500, f"{where}: {fault!r:.300}"
            if status >= 500:
                broken.append(f"{rule.endpoint} {where}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("number", ["0", "999999999", "1000000000", HUGE])
def test_a_number_that_nothing_has_is_not_found(walk: Walk, number: str) -> None:
    tanya, wrong = walk.clients["tanya"], []
    for rule in pages(walk.app):
        numbers = [name for name in rule.arguments if f"<int:{name}>" in rule.rule]
        for unknown in numbers:
            where = rule.rule
            for name in rule.arguments:
                value = number if name == unknown else str(walk.values.get(name, 1))
                where = where.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
            try:
                status = tanya.get(where, headers=walk.tokens["tanya"]).status_code
            except Exception as fault:
                status, where = 500, f"{where}: {fault!r:.300}"
            if status not in (403, 404):
                wrong.append(f"{where}: {status}")
    assert not wrong, "\n".join(wrong)
