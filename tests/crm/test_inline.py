"""One field is changed where it stands: by the edit action, its rules and its version."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.crm import Company
from sandbox.ledger import Event
from sandbox.spaces import every, first
from tests.crm.test_bulk import fresh
from tests.crm.test_pages import Look, desk, look
from tests.factories.crm import Desk

__all__ = ["desk", "look"]


@pytest.fixture
def save(desk: Desk, sign_in: Any) -> Any:
    """Save one field of a record, as Tanya; the page on which it stands is a filtered list."""
    tanya, here = sign_in("tanya"), f"/s/{desk.space.id}"

    def saved(row: Any, field: str, value: str, version: int | None = None) -> Any:
        at = {"HX-Current-URL": f"http://localhost{here}/companies?type=customer"}
        sent = {field: value, "version": row.version if version is None else version}
        return tanya.post(f"{here}/cells/{row.__table__.name}/{row.n}/{field}", data=sent, headers=at)

    return saved


@pytest.mark.both_databases
def test_one_field_changes_and_the_others_stay(desk: Desk, save: Any) -> None:
    own = {"custom.employees": 40, "custom.delivery": "dock"}
    company = desk.company("Maple", type="customer", email="a@firm.example", **own)
    answer = save(company, "custom.delivery", "desk")
    assert answer.status_code == 303 and answer.location.endswith("/companies?type=customer")
    held = fresh(every(Company))[0]
    assert (held.type, held.email, held.custom) == (
        "customer",
        "a@firm.example",
        {"employees": 40, "delivery": "desk"},
    )
    last: Any = first(every(Event).order_by(Event.id.desc()))
    assert last.action == "company.edit"


def test_a_rule_refuses_at_the_field_and_nothing_typed_is_lost(desk: Desk, save: Any) -> None:
    company = desk.company("Maple")
    desk.company("Cedar", inn="270073154")
    answer = save(company, "inn", "270073154")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Cedar has this INN" in text
    assert 'value="270073154"' in text and 'aria-invalid="true"' in text
    assert save(company, "name", " ").status_code == 422


def test_what_others_changed_on_other_fields_is_no_conflict_but_the_same_field_is(
    desk: Desk, save: Any
) -> None:
    company = desk.company("Maple", type="customer", website="old.example")
    seen = company.version
    desk.do("company.edit", company, name="Maple", type="customer", website="new.example")
    assert save(company, "type", "partner", seen).status_code == 303
    answer = save(company, "website", "mine.example", seen)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "new.example" in text and 'value="mine.example"' in text
    held = fresh(every(Company))[0]
    assert (held.type, held.website) == ("partner", "new.example")
    assert save(held, "website", "mine.example").status_code == 303


def test_a_list_says_which_cells_are_changed_where_they_stand(desk: Desk, look: Look) -> None:
    desk.company("Maple")
    row = look("companies").select("tbody tr")[0]
    fields = [str(cell["data-field"]) for cell in row.select("[data-field]")]
    assert fields == ["name", "type", "inn", "phone", "region", "owner"]


def test_only_fields_of_the_edit_form_are_changed(desk: Desk, save: Any) -> None:
    company = desk.company("Maple")
    for field in ("owner_id", "deleted_at", "nonsense"):
        assert save(company, field, "1").status_code == 404


# What is read off other things, and so is changed there.
WORKED_OUT = {"Probability", "Next step", "Phone", "E-mail"}


def test_a_fact_has_the_name_of_its_field_so_that_it_is_changed_where_it_stands(
    desk: Desk, look: Look
) -> None:
    firm = desk.company(website="https://firm.example")
    person = desk.contact(company=firm, position="Head of supply")
    for row in (firm, person, desk.lead(company_name="Maple"), desk.deal(company=firm)):
        of_others = WORKED_OUT if row.__record__ == "deal" else set()
        facts = [
            (one.get_text(), one.find_next("dd"))
            for one in look(f"{row.__table__.name}/{row.n}").select("dl.facts dt")
        ]
        fixed = {name for name, value in facts if "data-field" not in value.attrs}  # type: ignore[union-attr]
        assert facts and fixed <= of_others, row.key
