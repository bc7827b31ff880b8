"""Whatever is sent to a form, the answer is a page or a sentence, never a fault, and nothing half done."""

from __future__ import annotations

import pytest
from flask import Flask

from sandbox.ledger import registry
from tests.conftest import SignIn
from tests.factories.practice import furnish, token_of

pytestmark = pytest.mark.state("company")

STRANGE = (
    "",
    "-1",
    "0",
    "1e999",
    "nan",
    "10" * 20,
    "9" * 400,
    "abc",
    "' OR 1=1 --",
    "<b>x</b>",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "9999-12-31T23:59",
    "+" + "9" * 40,
    "％s %s %(name)s {0}",
    "🙂" * 10,
    "\u202e",
)


@pytest.mark.parametrize("value", STRANGE)
def test_no_form_and_no_call_breaks(app: Flask, sign_in: SignIn, value: str) -> None:
    room = furnish(app, "tanya")
    tanya, token, client = sign_in("tanya"), token_of(app, "tanya"), app.test_client()
    broken = []
    for declared in registry:
        typed = dict.fromkeys(declared.form.field_names(), value)
        for model in declared.on or (None,):
            number = room.records[model.__table__.name] if model else 0
            end = declared.path(model).replace("<int:n>", str(number))
            tries = (
                (
                    "page",
                    lambda end=end, typed=typed: tanya.post(
                        f"{room.place}/{end}", data={**typed, "version": value}
                    ),
                ),
                ("link", lambda end=end, typed=typed: tanya.get(f"{room.place}/{end}", query_string=typed)),
                (
                    "call",
                    lambda end=end, typed=typed: client.post(
                        f"{room.api}/{end}", json={**typed, "version": value}, headers=token
                    ),
                ),
            )
            for way, sent in tries:
                try:
                    status = sent().status_code
                except Exception as fault:
                    broken.append(f"{way} {end}: {fault!r:.300}")
                    continue
                if status not in (200, 201, 303, 404, 409, 422):
                    broken.append(f"{way} {end}: {status}")
    assert not broken, "\n".join(broken)
