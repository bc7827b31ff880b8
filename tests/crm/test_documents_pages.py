"""The pages of papers: the list, a paper with its versions, their differences and their files."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

from sqlalchemy import event

from sandbox.crm import Document
from sandbox.extensions import db
from sandbox.spaces import Casting, every
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.test_documents import word_file
from tests.crm.test_pages import Look, desk, look, opened, words
from tests.factories.crm import TODAY, Desk

__all__ = ["desk", "look"]
MOST_LIST, MOST_RECORD = 10, 15


def contracts(desk: Desk, count: int) -> list[Document]:
    """So many contracts of a company, each with two versions."""
    company = desk.company(f"Maple {count}", inn=f"31-00{count:05}", address="1 Elm Street")
    contact = desk.contact(company=company)
    for number in range(count):
        deal = desk.deal(f"Paper {number}", company=company, contact=contact, amount=Decimal(100 + number))
        desk.do("document.draft", deal, type="contract", date=TODAY, amount=deal.amount)
    found = list(db.session.scalars(every(Document).order_by(Document.id)))
    for paper in found[-count:]:
        desk.do("document.edit", paper, deal=paper.deal, contact=contact, amount=Decimal(7000))
        desk.do("document.rewrite", paper, note="A higher amount")
    return found


def asked_for(look: Look, end: str) -> int:
    """How often a page asks the database."""
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement) if statement.lstrip().upper().startswith("SELECT") else None

    event.listen(db.engine, "before_cursor_execute", count)
    look(end)
    event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)


def test_list_and_record_ask_the_database_seldom(desk: Desk, look: Look) -> None:
    few = contracts(desk, 2)
    before = asked_for(look, "documents")
    contracts(desk, 20)
    assert asked_for(look, "documents") == before <= MOST_LIST
    assert asked_for(look, f"documents/{few[0].n}") <= MOST_RECORD


def test_a_paper_shows_its_text_and_what_differs(desk: Desk, look: Look) -> None:
    paper = contracts(desk, 1)[0]
    page = look(f"documents/{paper.n}")
    assert "$7,000" in words(page) and page.select_one(".paper ins") is None
    assert [one.get_text() for one in page.select(".version-number")] == ["2", "1"]
    differs = look(f"documents/{paper.n}?version=2&against=1")
    sheet = differs.select_one(".paper")
    assert sheet is not None
    assert "$7,000" in words(sheet.select("ins")[0]) and "$100" in words(sheet.select("del")[0])
    assert "1 paragraph differs" in words(differs)
    look(f"documents/{paper.n}?version=99&against=nonsense")


def test_a_new_paper_is_opened_and_a_cancelled_one_leads_back(desk: Desk, look: Look, sign_in: Any) -> None:
    deal = contracts(desk, 1)[0].deal
    assert deal is not None
    form = look(f"deals/{deal.n}/document/draft").select_one("form[data-form]")
    assert form is not None and form.select_one("[name=return_to]") is None
    [cancel] = form.select("[data-close]")
    assert cancel["href"] == f"/s/{desk.space.id}/deals/{deal.n}"
    sent = {"type": "letter", "date": TODAY.isoformat()}
    answer = sign_in("tanya").post(f"/s/{desk.space.id}/deals/{deal.n}/document/draft", data=sent)
    db.session.rollback()
    newest = db.session.scalars(every(Document).order_by(Document.id.desc())).first()
    assert answer.status_code == 303 and newest is not None and newest.type == "letter"
    assert answer.location.endswith(f"/documents/{newest.n}")


def test_who_reads_a_returned_paper_again_sees_the_remarks_and_the_answer(
    desk: Desk, look: Look, sign_in: Any
) -> None:
    paper = contracts(desk, 1)[0]
    assert look(f"documents/{paper.n}/submit").select_one("[name=answer]") is None
    desk.do("document.submit", paper)
    lawyer = Desk(desk.space, "lawyer")
    lawyer.do("document.return", paper, remarks="The term is too short")
    asked = look(f"documents/{paper.n}/submit").select_one("[name=answer]")
    assert asked is not None
    address = f"/s/{desk.space.id}/documents/{paper.n}/submit"
    silent = sign_in("tanya").post(address, data={"answer": " "})
    assert silent.status_code == 409 and "came back with remarks" in silent.get_data(as_text=True)
    desk.do("document.submit", paper, answer="The customer wants a year")
    said = words(look(f"documents/{paper.n}"))
    assert said.index("The term is too short") < said.index("The customer wants a year")


def test_an_uploaded_version_is_kept_through_the_form(desk: Desk, look: Look, sign_in: Any) -> None:
    paper = contracts(desk, 1)[0]
    client, content = sign_in("tanya"), word_file("Signed by both.")
    address = f"/s/{desk.space.id}/documents/{paper.n}"
    form = look(f"documents/{paper.n}/upload").select_one("form[data-form]")
    assert form is not None and form["enctype"] == "multipart/form-data"
    sent = {"file": (BytesIO(content), "signed.docx"), "note": "Their copy"}
    assert client.post(f"{address}/upload", data=sent, content_type="multipart/form-data").status_code == 303
    answer = client.get(f"{address}/file")
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == "attachment; filename=signed.docx"
    assert client.get(f"{address}/file?version=9").status_code == 404


def test_the_tab_one_is_at_is_the_one_that_asks_for_the_same(desk: Desk, look: Look) -> None:
    def here(place: str) -> list[str]:
        return [tab.get_text() for tab in look(place).select(".section-tabs [aria-current]")]

    assert here("documents") == ["All documents"]
    assert here("documents?kind=invoice&sort=amount") == ["Invoices"]
    assert here(f"documents/{contracts(desk, 1)[0].n}") == ["All documents"]


def test_a_file_keeps_its_name_in_any_script(desk: Desk, sign_in: Any) -> None:
    paper = contracts(desk, 1)[0]
    client, address = sign_in("tanya"), f"/s/{desk.space.id}/documents/{paper.n}"
    sent = {"file": (BytesIO(word_file("Подписано.")), "Договор ТК-2026.docx"), "note": "Their copy"}
    assert client.post(f"{address}/upload", data=sent, content_type="multipart/form-data").status_code == 303
    kept = client.get(f"{address}/file").headers["Content-Disposition"]
    assert kept.endswith("filename*=UTF-8''" + quote("Договор ТК-2026.docx"))


def test_a_paper_is_found_by_number_and_party(desk: Desk, look: Look) -> None:
    paper = contracts(desk, 1)[0]
    assert paper.key in opened(look("search?q=SA-2026-0001"))
    assert opened(look("documents?q=maple")) == [paper.key]
    assert paper.key in opened(look(f"deals/{paper.deal.n}"))


def test_contracts_that_end_soon_are_a_view(desk: Desk, look: Look) -> None:
    soon = contracts(desk, 1)[0]
    contracts(desk, 2)
    desk.do(
        "document.edit", soon, deal=soon.deal, contact=soon.contact, valid_until=TODAY + timedelta(days=12)
    )
    page = look("documents?until=ending")
    assert opened(page) == [soon.key] and "12 days left" in words(page)
    assert opened(look("documents?until=expired")) == []


def test_oleg_gets_nobody_elses_file(desk: Desk, sign_in: Any) -> None:
    paper = contracts(desk, 1)[0]
    for end in ("", "/file"):
        answer = sign_in("oleg").get(f"/s/{desk.space.id}/documents/{paper.n}{end}")
        assert answer.status_code == 404


def test_an_approver_finds_what_waits_and_who_is_away(desk: Desk, look: Look) -> None:
    papers = contracts(desk, 2)
    for paper in papers:
        desk.do("document.submit", paper)
    assert opened(look("approvals")) == []
    lawyer = Desk(desk.space, "lawyer")
    accountant = Desk(desk.space, "accountant").me
    days = {"begins": TODAY, "ends": TODAY + timedelta(days=3)}
    lawyer.do("delegation.create", absent=lawyer.me, deputy=accountant, **days)
    assert accountant.name in words(look("approvals"))
    with unit_of_work() as session:
        played = session.scalars(db.select(Casting).where(Casting.space_id == desk.space.id)).one()
        played.colleague_n = lawyer.me.n
    page = look("approvals")
    assert opened(page) == [paper.key for paper in papers]
    assert len(page.select('.papers-waiting [data-action="document.approve"]')) == 2
    assert len(page.select('.papers-waiting [data-action="document.return"]')) == 2
    record = look(f"documents/{papers[0].n}")
    assert "asked for" in words(record) and len(record.select(".route > li")) == 3
