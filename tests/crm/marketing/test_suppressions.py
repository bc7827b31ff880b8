"""Suppressions: addresses and domains that no mailing goes to, added, pasted, and lifted with a reason."""

from __future__ import annotations

from sandbox.crm import Suppression
from sandbox.crm.marketing.mailings.audience import audience_of
from sandbox.extensions import db
from sandbox.spaces import every
from tests.crm.marketing.test_mailings import everybody, person
from tests.factories.crm import Desk, refused


def values() -> list[str]:
    return [one.value for one in db.session.scalars(every(Suppression).order_by(Suppression.id))]


def test_an_address_is_suppressed_however_it_is_spelt(desk: Desk) -> None:
    desk.do("suppression.add", value=" Boss@Rival.Example ", reason="complaint")
    assert values() == ["boss@rival.example"]
    assert refused(desk, "suppression.add", value="boss@rival.example", reason="other") == "suppressed"
    assert refused(desk, "suppression.add", value="boss at rival", reason="other") == "bad_email"


def test_a_pasted_list_is_counted_and_each_address_is_there_once(desk: Desk) -> None:
    desk.do("suppression.add", value="known@firm.example", reason="other")
    text = "a@firm.example, B@firm.example;\n<a@firm.example> known@firm.example @rival.example nonsense"
    done = desk.do("suppression.paste", text=text, reason="complaint")
    told = {name: done.event.values[name] for name in ("added", "known", "unreadable")}
    assert told == {"added": 3, "known": 2, "unreadable": 1}
    assert values() == ["known@firm.example", "a@firm.example", "b@firm.example", "@rival.example"]
    assert refused(desk, "suppression.paste", text="nothing here", reason="other") == "nothing_readable"


def test_a_suppression_that_is_lifted_stays_to_be_read_and_keeps_nobody_away(desk: Desk) -> None:
    person(desk, "Ann", email="ann@rival.example")
    one = desk.do("suppression.add", value="@rival.example", reason="competitor").record
    assert isinstance(one, Suppression)
    assert audience_of([everybody(desk)]).lines["suppressed"] == 1
    desk.do("suppression.lift", one, why="They merged with a customer")
    assert audience_of([everybody(desk)]).lines["suppressed"] == 0
    assert refused(desk, "suppression.lift", one, why="Again") == "lifted"
    assert values() == ["@rival.example"]
