"""Whatever is sent to a form, the answer is a page or a sentence, never a fault, and nothing half done."""

from __future__ import annotations

from functools import partial

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


# The interface and the dialogs take every value at every action; whole pages, slower, a third of them.
WHOLE = 3
DIALOG = {"HX-Request": "true", "HX-Target": "dialog#dialog"}


@pytest.mark.parametrize("value", STRANGE)
def test_no_form_and_no_call_breaks(app: Flask, sign_in: SignIn, value: str) -> None:
    room = furnish(app, "tanya")
    tanya, token, client = sign_in("tanya"), token_of(app, "tanya"), app.test_client()
    broken = []
    for number, declared in enumerate(registry):
        typed = dict.fromkeys(declared.form.field_names(), value)
        is_whole = (number + STRANGE.index(value)) % WHOLE == 0
        for model in declared.on or (None,):
            record = room.records[model.__table__.name] if model else 0
            end = declared.path(model).replace("<int:n>", str(record))
            place, api = f"{room.place}/{end}", f"{room.api}/{end}"
            sent = {**typed, "version": value}
            tries = [("call", partial(client.post, api, json=sent, headers=token))]
            places: dict[str, dict[str, str]] = {"dialog": DIALOG, **({"page": {}} if is_whole else {})}
            for drawn, headers in places.items():
                tries += [
                    (f"{drawn} sent", partial(tanya.post, place, data=sent, headers=headers)),
                    (f"{drawn} opened", partial(tanya.get, place, query_string=typed, headers=headers)),
                ]
            for way, send in tries:
                try:
                    status = send().status_code
                except Exception as fault:
                    broken.append(f"{way} {end}: {fault!r:.300}")
                    continue
                if status not in (200, 201, 303, 404, 409, 422):
                    broken.append(f"{way} {end}: {status}")
    assert not broken, "\n".join(broken)
