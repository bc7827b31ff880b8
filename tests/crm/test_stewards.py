"""What touches many cards or takes a person's data away is the right of those who answer for the cards."""

from __future__ import annotations

import pytest

from sandbox.crm.customers.consents import Consent
from sandbox.kernel.errors import Refused
from sandbox.spaces import every, first
from tests.crm.test_pages import Look, desk, look
from tests.factories.crm import Desk

__all__ = ["desk", "look"]

WHO = "Data steward (Elena Reyes); Head of sales (Stella Hargrove); Managing director (Walter Finch)"


def test_a_rep_neither_merges_nor_tells_apart_nor_imports_nor_masks(desk: Desk) -> None:
    one, other = desk.company("Maple"), desk.company("Maple Inc")
    anna, ann = desk.contact("Anna", "Lee"), desk.contact("Ann", "Lee")
    said = {"purpose": "personal_data", "day": desk.space.today(), "how": "By letter"}
    for code, on, values in (
        ("company.merge", one, {"other": other}),
        ("company.tell_apart", one, {"other": other}),
        ("contact.merge", anna, {"other": ann}),
        ("contact.tell_apart", anna, {"other": ann}),
        ("contact.withdraw", anna, said),
        ("import.run", None, {"upload": 1}),
    ):
        with pytest.raises(Refused) as refusal:
            desk.do(code, on, **values)
        assert (code, refusal.value.code) == (code, "not_allowed")


def test_the_refusal_names_those_who_may_the_specialist_first(desk: Desk) -> None:
    one, other = desk.company("Maple"), desk.company("Maple Inc")
    with pytest.raises(Refused) as refusal:
        desk.do("company.merge", one, other=other)
    assert WHO in str(refusal.value.message)


def test_a_rep_is_not_offered_what_a_steward_is(desk: Desk, look: Look) -> None:
    desk.company("Maple Dental", phone="+12025550143")
    desk.company("Maple Dental LLC", phone="+12025550143")
    anna = desk.contact("Anna", "Lee", email="anna@maple.example")
    for purpose, text in (("personal_data", "pd-2025"), ("advertising", "ads-2023")):
        given = {"purpose": purpose, "text": text, "given_on": desk.space.today(), "source": "paper"}
        desk.do("consent.record", anna, **given)
    data = first(every(Consent).where(Consent.purpose == "personal_data"))
    ads = first(every(Consent).where(Consent.purpose == "advertising"))
    assert data is not None and ads is not None

    def offered() -> dict[str, bool]:
        pages = {name: look(name) for name in ("duplicates", f"contacts/{anna.n}")}
        told = {name: page.select for name, page in pages.items()}
        card = told[f"contacts/{anna.n}"]
        return {
            "compare": bool(told["duplicates"]("[data-action='company.merge']")),
            "who may": WHO in pages["duplicates"].get_text(),
            "import": bool(card("a[href$='/imports']")),
            "serve": bool(card("[data-action='contact.withdraw']")),
            "data": bool(card(f"[data-action='consent.withdraw'][data-record='{data.key}']")),
            "ads": bool(card(f"[data-action='consent.withdraw'][data-record='{ads.key}']")),
        }

    assert [name for name, is_there in offered().items() if is_there] == ["who may", "ads"]
    assert WHO in look("imports").get_text()
    desk.cast("data-steward")
    assert [name for name, is_there in offered().items() if not is_there] == ["who may"]
