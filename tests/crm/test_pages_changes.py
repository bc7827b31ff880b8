"""What is done through pages of the CRM: a form comes, goes through, or comes back with what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup

from sandbox.crm import Company, Deal
from sandbox.extensions import db
from sandbox.spaces import fetch
from tests.crm.test_pages import desk, look, words  # noqa: F401  (fixtures)
from tests.factories.crm import Desk
from tests.ledger.test_action_pages import typed_into


def soup(answer: Any) -> BeautifulSoup:
    """The answer's body, parsed."""
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def test_a_call_logged_through_its_form_stands_in_the_timeline(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    deal, tanya = desk.deal(), sign_in("tanya")
    address = f"/s/{desk.space.id}/deals/{deal.n}"
    typed = {"outcome": "reached", "note": "She needs forty cartons.", "direction": "out"}
    answer = tanya.post(f"{address}/call/log", data=typed)
    assert answer.status_code == 303 and answer.headers["Location"] == address
    assert "She needs forty cartons." in words(soup(tanya.get(address)))


def test_a_form_with_a_missing_field_comes_back_with_what_was_typed(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    deal = desk.deal()
    address = f"/s/{desk.space.id}/deals/{deal.n}/call/log"
    answer = sign_in("tanya").post_htmx(
        address, data={"note": "Half a thought"}, headers={"HX-Target": "#dialog"}
    )
    page = soup(answer)
    assert answer.status_code == 422 and page.html is None
    assert "Half a thought" in page.get_text() and page.select_one(".field-error")


def test_a_refused_act_says_why_and_keeps_what_was_typed(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    deal = desk.deal(amount=None, contact=desk.contact())
    offer = desk.stage("negotiation")
    address = f"/s/{desk.space.id}/deals/{deal.n}/move"
    answer = sign_in("tanya").post(address, data={"stage": str(offer.n)})
    page = soup(answer)
    chosen = page.select_one("option[selected]")
    assert answer.status_code == 409 and page.select_one('.notice.bad[role="alert"]')
    assert chosen is not None and chosen["value"] == str(offer.n)
    db.session.rollback()
    assert fetch(Deal, deal.n).stage.code == "new"


def test_somebody_elses_change_is_shown_beside_ones_own(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    deal, tanya = desk.deal("Paper"), sign_in("tanya")
    version = deal.version
    desk.do("deal.edit", deal, title="Paper and toner")
    address = f"/s/{desk.space.id}/deals/{deal.n}/edit"
    answer = tanya.post(address, data={"title": "Paper and pens", "version": str(version)})
    conflict = soup(answer).select_one("table.conflict")
    assert answer.status_code == 409 and conflict is not None
    assert "Paper and pens" in words(conflict) and "Paper and toner" in words(conflict)


def test_what_one_left_alone_takes_over_what_somebody_else_wrote(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    """Also a record that is chosen and a field of the firm's own; what one typed stays typed."""
    firm = desk.company("Maple", type="customer", **{"custom.employees": 40, "custom.delivery": "dock"})
    tanya, head = sign_in("tanya"), Desk(desk.space, "head-of-sales").me
    address = f"/s/{desk.space.id}/companies/{firm.n}/edit"
    mine = typed_into(soup(tanya.get(address)))
    theirs = {**mine, "owner": str(head.n), "custom.delivery": "desk", "phone": "+1 202 555 0143"}
    assert tanya.post(address, data=theirs).status_code == 303
    answer = tanya.post(address, data={**mine, "name": "Maple Dental", "phone": "+1 202 555 0199"})
    again = typed_into(soup(answer))
    assert answer.status_code == 409 and again["name"] == "Maple Dental"
    assert "0199" in again["phone"], "both changed it: what one typed is what one sees"
    assert tanya.post(address, data=again).status_code == 303
    db.session.rollback()
    held = fetch(Company, firm.n)
    assert (held.name, held.phone, held.owner) == ("Maple Dental", "+12025550199", head)
    assert held.custom is not None and held.custom["delivery"] == "desk"


def test_a_task_is_finished_from_the_list_and_one_returns_there(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    deal = desk.deal()
    desk.do("task.set", deal, subject="Send the offer", due=desk.space.today() + timedelta(days=1))
    task = desk.activities()[0]
    back = f"/s/{desk.space.id}/activities"
    answer = sign_in("tanya").post(f"{back}/{task.n}/task/finish", data={"result": "Sent", "return_to": back})
    assert answer.status_code == 303 and answer.headers["Location"] == back


def test_the_list_of_tasks_asks_to_be_returned_to(desk: Desk, look: Any) -> None:  # noqa: F811
    desk.do("task.set", desk.deal(), subject="Send the offer", due=desk.space.today())
    button = look("activities").select_one('[data-action="task.finish"]')
    assert button["href"].endswith(f"?return_to=%2Fs%2F{desk.space.id}%2Factivities")


def test_an_act_on_no_record_leads_back_to_the_page_below_its_dialog(desk: Desk, sign_in: Any) -> None:  # noqa: F811
    here, tanya = f"/s/{desk.space.id}", sign_in("tanya")

    def led_back(below: str) -> str:
        headers = {"HX-Request": "true", "HX-Target": "#dialog", "HX-Current-URL": below}
        form = soup(tanya.get(f"{here}/document/chase-renewals", headers=headers))
        return "".join(str(one["value"]) for one in form.select("[name=return_to]"))

    assert led_back(f"http://localhost{here}/chase?owner=me") == f"{here}/chase?owner=me"
    assert led_back("http://elsewhere.example/s/999/chase") == ""
