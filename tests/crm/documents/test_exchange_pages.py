"""The page of the exchange, and what a paper's own page shows of its way."""

from __future__ import annotations

from tests.crm.documents.test_exchange import answered, closing, customer, sent
from tests.crm.test_documents_pages import MOST_LIST, MOST_RECORD, asked_for
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import TODAY, Desk

__all__ = ["desk", "look"]


def test_the_page_parts_what_is_ours_from_what_is_theirs(desk: Desk, look: Look) -> None:
    company = customer(desk)
    ready, gone = closing(desk, company), sent(desk, company)
    refused = answered(desk, sent(desk, company), "refused", text="Ten came.")
    page = look("exchange")
    ours, theirs = (section.get_text() for section in page.select("main section[aria-labelledby]"))
    assert ready.number in ours and refused.number in ours and gone.number not in ours
    assert gone.number in theirs and page.select_one('[data-action="document.next_answer"]')
    assert "Bylaws" in words(page) and page.select_one('[data-action="power.revoke"]') is None
    before = asked_for(look, "exchange")
    for _ in range(5):
        sent(desk, company)
    assert asked_for(look, "exchange") == before <= MOST_LIST


def test_a_paper_shows_who_signed_it_and_what_was_answered(desk: Desk, look: Look) -> None:
    paper = answered(desk, sent(desk), "refused", reason="quantity", text="Ten came, not twelve.")
    page = look(f"documents/{paper.n}")
    assert "Ten came, not twelve." in words(page) and "Walter Finch" in words(page)
    assert page.select_one('[data-action="document.correct"]')
    assert asked_for(look, f"documents/{paper.n}") <= MOST_RECORD
    desk.do("document.correct", paper, date=TODAY, note="The quantity")
    page = look(f"documents/{paper.n}")
    assert "Corrected delivery note" in words(page) and "Corrected" in words(page)
