"""The pages of invoices: issued from an offer's page, with lines, what came in, and what is overdue."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import Document
from sandbox.extensions import db
from sandbox.spaces import every, first
from tests.crm.documents.test_invoices import accepted, customer, invoice, said
from tests.crm.test_documents_pages import MOST_LIST, MOST_RECORD, asked_for
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import TODAY, Desk

__all__ = ["desk", "look"]


def test_an_accepted_offer_offers_its_invoice(desk: Desk, look: Look, sign_in: Any) -> None:
    offer: Any = accepted(desk)
    button = look(f"offers/{offer.n}").select_one('[data-action="document.invoice"]')
    assert button is not None
    form = look(f"offers/{offer.n}/document/invoice").select_one("form[data-form]")
    assert form is not None
    sent = {"type": "invoice", "company": offer.deal.company.n, "date": TODAY, "due_on": TODAY}
    answer = sign_in("tanya").post(f"/s/{desk.space.id}/offers/{offer.n}/document/invoice", data=sent)
    assert answer.status_code == 303
    db.session.rollback()  # what was read before is forgotten
    made = first(every(Document))
    assert made is not None and made.amount == offer.total


def test_the_page_shows_lines_payments_and_what_is_left(desk: Desk, look: Look) -> None:
    paper = invoice(desk)
    desk.do("document.record_payment", paper, amount=Decimal(100), day=TODAY, reference="PO 17")
    page = look(f"documents/{paper.n}")
    assert "PO 17" in words(page) and "Paid in part" in words(page)
    assert [cell.get_text() for cell in page.select(".offer-table tbody tr td")][0].startswith("Copy paper")
    assert asked_for(look, f"documents/{paper.n}") <= MOST_RECORD


def test_the_list_knows_invoices_and_those_overdue(desk: Desk, look: Look) -> None:
    company = customer(desk)
    late, other = (accepted(desk, company) for _ in range(2))
    yesterday = TODAY - timedelta(1)
    desk.do("document.invoice", late, **said(company, date=yesterday, due_on=yesterday))
    desk.do("document.invoice", other, **said(company))
    assert len(look("documents?kind=invoice").select("tbody tr")) == 2
    overdue = look("documents?payment=overdue").select("tbody tr")
    assert len(overdue) == 1 and "Overdue" in words(overdue[0])
    assert asked_for(look, "documents?kind=invoice") <= MOST_LIST
