"""Papers wait for the right people, are chased in time, and go with the last space that holds them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Activity, Company
from sandbox.crm.communications.inbox import count_waiting, inbox_of
from sandbox.crm.documents.chasing import ending_soon, not_closed, without_original
from sandbox.crm.documents.keeping import forget_files
from sandbox.crm.documents.models import StoredFile
from sandbox.extensions import db
from sandbox.kernel.uploads import Upload
from sandbox.spaces import every, first
from sandbox.spaces.bulk import purge
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.documents.test_exchange import answered, closing_type, sent
from tests.crm.documents.test_invoices import accepted, customer, invoice
from tests.crm.test_documents import contract, word_file
from tests.crm.test_documents_pages import MOST_LIST, asked_for
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import TODAY, Desk, refused

__all__ = ["desk", "look"]
D = Decimal


def kinds(desk: Desk, role: str) -> list[tuple[str, str]]:
    """What waits for the colleague of a role: its kind and the paper."""
    found = inbox_of(Desk(desk.space, role).me)
    return [(one.kind, one.on.title) for one in found.waiting]


def counted(desk: Desk, role: str) -> int:
    """How much the rail counts for the colleague of a role."""
    return count_waiting(Desk(desk.space, role).me)


def submitted(desk: Desk) -> Any:
    paper = contract(desk)
    desk.do("document.submit", paper)
    return paper


def test_a_visa_waits_for_its_role_until_it_is_given(desk: Desk) -> None:
    paper = submitted(desk)
    assert kinds(desk, "lawyer") == kinds(desk, "accountant") == [("approval", paper.title)]
    assert counted(desk, "lawyer") == counted(desk, "accountant") == 1
    assert kinds(desk, "director") == [] and counted(desk, "director") == 0
    lawyer = Desk(desk.space, "lawyer")
    lawyer.do("document.approve", paper)
    assert kinds(desk, "lawyer") == []


def test_a_visa_and_its_task_are_one_thing_in_the_inbox(desk: Desk) -> None:
    paper = submitted(desk)
    task = first(every(Activity).where(Activity.document_id == paper.id))
    lawyer = Desk(desk.space, "lawyer")
    assert task is not None
    with unit_of_work() as session:
        space = session.merge(desk.space)
        space.clock_shown += timedelta(days=5)
    assert kinds(desk, "lawyer") == [("approval", paper.title)]
    assert count_waiting(lawyer.me) == 1
    [one] = inbox_of(lawyer.me).waiting
    lawyer.later = timedelta(0)
    lawyer.do("inbox.snooze", one.row, until=lawyer.now + timedelta(hours=2))
    assert count_waiting(lawyer.me) == 0 and kinds(desk, "lawyer") == []


def test_a_deputy_sees_what_waits_for_the_absent(desk: Desk) -> None:
    paper = submitted(desk)
    lawyer, director = Desk(desk.space, "lawyer").me, Desk(desk.space, "director").me
    until = TODAY + timedelta(7)
    Desk(desk.space, "lawyer").do(
        "delegation.create", absent=lawyer, deputy=director, begins=TODAY, ends=until
    )
    assert kinds(desk, "director") == [("approval", paper.title)] and counted(desk, "director") == 1
    assert "stand in" in inbox_of(director).waiting[0].title


def test_a_deputys_own_visa_comes_before_the_one_of_the_absent(desk: Desk) -> None:
    paper = submitted(desk)
    lawyer, accountant = Desk(desk.space, "lawyer").me, Desk(desk.space, "accountant").me
    days = {"begins": TODAY, "ends": TODAY + timedelta(7)}
    Desk(desk.space, "lawyer").do("delegation.create", absent=lawyer, deputy=accountant, **days)
    assert kinds(desk, "accountant") == [("approval", paper.title)] and counted(desk, "accountant") == 1
    assert "stand in" not in inbox_of(accountant).waiting[0].title
    Desk(desk.space, "accountant").do("document.approve", paper)
    assert kinds(desk, "accountant") == [("approval", paper.title)] and counted(desk, "accountant") == 1
    assert "stand in" in inbox_of(accountant).waiting[0].title


def test_a_refusal_waits_for_the_papers_owner_until_it_is_corrected(desk: Desk, look: Look) -> None:
    paper = answered(desk, sent(desk), "refused", text="Ten came.")
    assert kinds(desk, "sales-manager") == [("exchange", paper.title)]
    assert counted(desk, "sales-manager") == 1
    page = look("inbox")
    assert "Ten came." in words(page) and page.select_one('[data-action="document.correct"]')
    desk.do("document.correct", paper, date=TODAY, note="The quantity")
    assert kinds(desk, "sales-manager") == [] and counted(desk, "sales-manager") == 0


def test_contracts_that_end_soon_get_a_task_each_and_none_twice(desk: Desk, look: Look) -> None:
    soon = contract(desk, valid_until=TODAY + timedelta(20))
    planned = contract(desk, valid_until=TODAY + timedelta(9))
    contract(desk, valid_until=TODAY + timedelta(200))
    desk.do("task.set", planned, subject="Call", due=TODAY + timedelta(2))
    assert ending_soon(TODAY) == [planned, soon]
    page = look("chase")
    assert page.select_one('[data-action="document.chase_renewals"]')
    offered = {str(one["data-action"]) for one in page.select(".papers-waiting [data-action]")}
    assert offered == {"task.set"}
    done = desk.do("document.chase_renewals")
    assert done.event.values["count"] == 1
    [task] = db.session.scalars(every(Activity).where(Activity.document_id == soon.id))
    assert task.due_at is not None and TODAY < task.due_at.date() < TODAY + timedelta(20)
    assert refused(desk, "document.chase_renewals") == "nothing_to_chase"
    assert look("chase").select_one('[data-action="document.chase_renewals"]') is None


def test_missing_originals_and_unclosed_supplies_are_listed(desk: Desk, look: Look) -> None:
    company = customer(desk)
    desk.do(
        "document.register",
        type="contract",
        number="77",
        date=TODAY,
        company=company,
        signed=True,
        original=False,
    )
    [paper] = without_original()
    bill = invoice_of(desk, company)
    assert [one.id for one in not_closed()] == [bill.id]
    assert asked_for(look, "chase") <= MOST_LIST
    desk.do("document.receive", paper, day=TODAY)
    desk.do("document.close", bill, **closing_type(desk), date=TODAY, supplied_on=TODAY)
    assert without_original() == [] and not_closed() == []


def invoice_of(desk: Desk, company: Company) -> Any:
    """A paid invoice."""
    offer = accepted(desk, company)
    said = {"type": "invoice", "company": company, "date": TODAY, "due_on": TODAY}
    bill: Any = desk.do("document.invoice", offer, **said).record
    desk.do("document.record_payment", bill, amount=bill.left, day=TODAY)
    return bill


def test_approvers_are_reminded_once_while_the_question_is_open(desk: Desk) -> None:
    paper = submitted(desk)
    done = desk.do("document.remind", paper)
    assert done.event.values["names"] == "Leo Abbott, Irma Novak"
    assert ("mention", paper.title) in kinds(desk, "lawyer")
    assert refused(desk, "document.remind", paper) == "reminded_already"


def test_search_finds_offers_products_and_invoices(desk: Desk, look: Look) -> None:
    paper = invoice(desk)
    assert paper.key in words_and_keys(look("search?q=INV-2026-00001"))
    assert "offers-" in words_and_keys(look("search?q=Q-0001"))
    assert "products-" in words_and_keys(look("search?q=Copy paper"))


def words_and_keys(page: Any) -> str:
    return " ".join(str(link.get("data-open")) for link in page.select("[data-open]"))


@pytest.mark.both_databases
def test_uploaded_bytes_go_with_the_last_space_that_holds_them(desk: Desk) -> None:
    paper = contract(desk)
    content = word_file("Signed by both.")
    desk.do("document.upload", paper, file=Upload("signed.docx", content), note="Theirs")
    assert forget_files() == 0
    with unit_of_work() as session:
        purge(session.merge(desk.space))
    assert forget_files() == 1
    assert db.session.query(StoredFile).count() == 0
