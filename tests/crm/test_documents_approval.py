"""A paper goes through its visas in order, by people who did not send it, and a changed text begins anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Approval, Document
from sandbox.crm.documents.approving import last_approval
from sandbox.crm.documents.routes import waiting_for
from sandbox.crm.sales.questions import may_win
from sandbox.extensions import db
from sandbox.kernel.uploads import Upload
from sandbox.ledger import undo
from sandbox.ledger.models import Event
from sandbox.spaces import Colleague, every, first, inside
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.test_documents import contract, whole_deal, word_file
from tests.factories.crm import TODAY, Desk, make_space, refused

pytestmark = pytest.mark.both_databases


def at(desk: Desk, role: str) -> Desk:
    """Somebody else at work in the same space."""
    other = Desk(desk.space, role)
    other.later = desk.later
    return other


def states(paper: Document) -> list[tuple[str, str]]:
    """Roles and states of the newest visas."""
    approval = last_approval(paper)
    assert approval is not None
    db.session.refresh(approval)
    return [(visa.role, visa.state) for visa in approval.visas]


def colleague(role: str) -> Colleague:
    """The first colleague of a job role."""
    found = first(every(Colleague).where(Colleague.job_role == role).order_by(Colleague.id))
    assert found is not None
    return found


def sent(desk: Desk, **fields: Any) -> Document:
    """A contract that its maker has sent for approval."""
    paper = contract(desk, **fields)
    desk.do("document.submit", paper)
    return paper


def test_visas_are_asked_for_in_order_and_a_large_amount_needs_the_director(russian_desk: Desk) -> None:
    desk = russian_desk
    small, large = sent(desk), sent(desk, amount=Decimal(5_000_001))
    assert states(small) == [("lawyer", "waiting"), ("accountant", "ahead")]
    assert states(large)[-1] == ("director", "ahead")
    assert refused(at(desk, "accountant"), "document.approve", small) == "not_your_turn"
    at(desk, "lawyer").do("document.approve", small)
    assert states(small) == [("lawyer", "given"), ("accountant", "waiting")]
    assert small.status == "in_approval"
    at(desk, "accountant").do("document.approve", small)
    assert small.status == "approved"


def test_parallel_visas_are_asked_for_together(desk: Desk) -> None:
    paper = sent(desk)
    assert states(paper) == [("lawyer", "waiting"), ("accountant", "waiting")]
    at(desk, "accountant").do("document.approve", paper)
    assert paper.status == "in_approval"
    at(desk, "lawyer").do("document.approve", paper)
    assert paper.status == "approved"


def test_nobody_approves_what_they_sent(desk: Desk) -> None:
    lawyer = at(desk, "lawyer")
    paper = contract(desk)
    assert refused(lawyer, "document.submit", paper) == "no_approver"
    director = at(desk, "director")
    director.do("document.submit", paper)
    assert refused(director, "document.approve", paper) == "own_document"


def test_a_sales_manager_does_not_approve_whatever_they_try(desk: Desk) -> None:
    from sandbox.kernel.errors import Refused

    paper = sent(desk)
    with pytest.raises(Refused) as refusal:
        desk.do("document.approve", paper)
    assert refusal.value.code == "not_allowed"


def test_a_return_needs_remarks_and_calls_the_rest_off(desk: Desk) -> None:
    paper = sent(desk)
    assert "remarks" in desk.send("document.return", remarks="  ")
    done = at(desk, "accountant").do("document.return", paper, remarks="The term differs from the deal.")
    assert paper.status == "returned" and done.event.values["version"] == 1
    assert states(paper) == [("lawyer", "void"), ("accountant", "returned")]
    assert all(not task.is_open for task in desk.activities(kind="task"))
    assert refused(at(desk, "lawyer"), "document.approve", paper) == "not_in_approval"


def test_a_changed_text_voids_the_visas_and_begins_the_route_anew(russian_desk: Desk) -> None:
    desk = russian_desk
    paper = sent(desk)
    at(desk, "lawyer").do("document.approve", paper)
    desk.do("document.upload", paper, file=Upload("new.docx", word_file("Within ten days")), note="Ten days")
    runs = list(db.session.scalars(every(Approval).order_by(Approval.id)))
    assert [run.version_number for run in runs] == [1, 2]
    assert [visa.state for visa in runs[0].visas] == ["void", "void"]
    assert states(paper) == [("lawyer", "waiting"), ("accountant", "ahead")]
    assert paper.status == "in_approval"


def test_a_returned_paper_goes_its_way_again_with_the_next_version(desk: Desk) -> None:
    paper = sent(desk)
    at(desk, "lawyer").do("document.return", paper, remarks="Add the term")
    assert refused(desk, "document.rewrite", paper, note="The term is added") == "same_text"
    assert paper.status == "returned" and paper.current == 1
    desk.do(
        "document.upload", paper, file=Upload("new.docx", word_file("For a year")), note="The term is added"
    )
    assert paper.status == "in_approval" and paper.current == 2
    at(desk, "lawyer").do("document.approve", paper)
    at(desk, "accountant").do("document.approve", paper)
    assert paper.status == "approved"
    desk.do("document.rewrite", paper, note="One more change")
    assert paper.status == "in_approval"


def test_a_returned_paper_is_not_sent_again_without_a_word(desk: Desk) -> None:
    paper = sent(desk)
    at(desk, "lawyer").do("document.return", paper, remarks="Add the term")
    assert refused(desk, "document.submit", paper) == "no_answer"
    assert paper.status == "returned"
    desk.do("document.submit", paper, answer="The term stands in the addendum")
    approval = last_approval(paper)
    assert paper.status == "in_approval" and approval is not None
    assert (approval.version_number, approval.answer) == (1, "The term stands in the addendum")
    desk.do("document.rewrite", paper, note="The term is added")
    approval = last_approval(paper)
    assert approval is not None and approval.answer is None


def test_the_card_stays_while_it_is_approved(desk: Desk) -> None:
    paper = sent(desk)
    values = {"deal": paper.deal, "contact": paper.contact, "amount": Decimal(1)}
    assert refused(desk, "document.edit", paper, **values) == "not_writable"


def test_each_visa_that_is_asked_for_is_a_task_of_its_approver(russian_desk: Desk) -> None:
    desk = russian_desk
    paper = sent(desk)
    [task] = desk.activities(kind="task")
    assert (task.assignee, task.on) == (colleague("lawyer"), paper)
    assert task.due == TODAY + timedelta(days=2)
    at(desk, "lawyer").do("document.approve", paper)
    db.session.refresh(task)
    assert task.done
    assert [one.assignee for one in desk.activities(kind="task")][1] == colleague("accountant")


def test_a_deputy_approves_within_the_days_and_the_log_shows_both(russian_desk: Desk) -> None:
    desk = russian_desk
    lawyer, accountant = colleague("lawyer"), colleague("accountant")
    earlier = sent(desk)
    days = {"begins": TODAY, "ends": TODAY + timedelta(days=5)}
    at(desk, "lawyer").do("delegation.create", absent=lawyer, deputy=accountant, **days)
    [task] = desk.activities(kind="task")
    assert task.assignee == accountant
    assert [visa.approval.document for visa, _for in waiting_for(accountant)] == [earlier]
    done = at(desk, "accountant").do("document.approve", earlier)
    visa = last_approval(earlier).visas[0]  # type: ignore[union-attr]
    assert (visa.decided_by, visa.deputy_of) == (accountant, lawyer)
    assert done.event.values["deputy_of"] == lawyer.name and done.event.by == accountant
    later = sent(desk)
    desk.later = timedelta(days=6)
    assert refused(at(desk, "accountant"), "document.approve", later) == "not_your_turn"


def test_a_deputy_finds_a_paper_once_with_the_visa_that_comes_next(desk: Desk) -> None:
    lawyer, accountant = colleague("lawyer"), colleague("accountant")
    paper = sent(desk)
    days = {"begins": TODAY, "ends": TODAY + timedelta(days=5)}
    at(desk, "lawyer").do("delegation.create", absent=lawyer, deputy=accountant, **days)
    assert [(visa.role, instead) for visa, instead in waiting_for(accountant)] == [("accountant", None)]
    at(desk, "accountant").do("document.approve", paper)
    assert [visa.role for visa, instead in waiting_for(accountant) if instead] == ["lawyer"]


def test_a_deputy_is_another_person_who_may_approve(desk: Desk) -> None:
    lawyer, accountant = colleague("lawyer"), colleague("accountant")
    at_law = at(desk, "lawyer")
    week = {"begins": TODAY, "ends": TODAY + timedelta(days=7)}
    assert refused(at_law, "delegation.create", absent=lawyer, deputy=lawyer, **week) == "same_person"
    seller = colleague("sales-manager")
    assert refused(at_law, "delegation.create", absent=lawyer, deputy=seller, **week) == "no_right"
    taking = {"absent": accountant, "deputy": lawyer}
    assert refused(at_law, "delegation.create", **taking, **week) == "not_yours"
    assert at(desk, "director").do("delegation.create", **taking, **week).record is not None
    mixed = {"begins": TODAY, "ends": TODAY - timedelta(days=1)}
    assert refused(at_law, "delegation.create", absent=lawyer, deputy=accountant, **mixed) == "days_mixed"
    made: Any = at_law.do("delegation.create", absent=lawyer, deputy=accountant, **week).record
    assert refused(at_law, "delegation.create", absent=lawyer, deputy=accountant, **week) == "overlap"
    at_law.do("delegation.end", made)
    assert made.ends == TODAY
    assert refused(at_law, "delegation.end", made) == "is_over"


def test_only_an_approved_text_is_signed(desk: Desk) -> None:
    paper = sent(desk)
    assert refused(desk, "document.sign", paper, signed_on=TODAY) == "not_approved"
    for role in ("lawyer", "accountant"):
        at(desk, role).do("document.approve", paper)
    late = TODAY + timedelta(days=1)
    assert refused(desk, "document.sign", paper, signed_on=late) == "day_in_future"
    assert refused(desk, "document.receive", paper, day=TODAY) == "not_signed"
    desk.do("document.sign", paper, signed_on=TODAY)
    assert (paper.status, paper.signed, paper.original_received) == ("signed", True, False)
    desk.do("document.receive", paper, day=TODAY)
    assert paper.received_on == TODAY
    assert refused(desk, "document.upload", paper, file=Upload("a.pdf", b"%PDF-"), note="x") == "is_signed"


def test_an_incoming_paper_is_registered_once_under_its_own_number(desk: Desk) -> None:
    deal = whole_deal(desk)
    said = {"type": "contract", "number": "K-77/A", "date": TODAY, "company": deal.company, "deal": deal}
    file = Upload("scan.pdf", b"%PDF-1.7 scan")
    paper: Any = desk.do("document.register", **said, file=file, signed=True, original=True).record
    assert (paper.number, paper.incoming, paper.status) == ("K-77/A", True, "signed")
    assert (paper.signed_on, paper.received_on, paper.deal, paper.current) == (TODAY, TODAY, deal, 1)
    assert refused(desk, "document.register", **said) == "registered_before"
    assert refused(desk, "document.register", **{**said, "number": "k-77/a"}) == "registered_before"
    ours = contract(desk)
    mine = {"type": "contract", "number": ours.number, "date": TODAY, "company": ours.company}
    assert refused(desk, "document.register", **mine) == "is_ours"
    assert contract(desk).number == "SA-2026-0002"


def test_where_the_company_asks_for_it_a_deal_is_won_with_a_signed_contract(app: Any) -> None:
    rules = {"win_needs: [amount, close_date, payment]": "win_needs: [amount, close_date, contract]"}
    with app.test_request_context("/"):
        space = make_space("office-supply", rules=rules)
        with inside(space):
            desk = Desk(space)
            paper = sent(desk)
            deal = paper.deal
            closing = {"amount": deal.amount, "close_date": TODAY}
            assert refused(desk, "deal.win", deal, **closing) == "no_contract"
            for role in ("lawyer", "accountant"):
                at(desk, role).do("document.approve", paper)
            assert refused(desk, "deal.win", deal, **closing) == "no_contract"
            desk.do("document.sign", paper, signed_on=TODAY)
            desk.do("deal.win", deal, **closing)
            assert deal.status == "won"


def test_without_such_a_rule_papers_do_not_stand_in_the_way(desk: Desk) -> None:
    assert "no_contract" not in [reason.code for reason in may_win.ask(whole_deal(desk))]


def test_undoing_an_approval_gives_back_every_row(desk: Desk) -> None:
    paper = contract(desk)
    with unit_of_work():
        before = {name: rows for name, rows in images(desk.space).items() if name != "events"}
        known = {event.id for event in db.session.scalars(every(Event))}
    desk.do("document.submit", paper)
    at(desk, "lawyer").do("document.approve", paper)
    at(desk, "accountant").do("document.return", paper, remarks="No")
    desk.do("document.upload", paper, file=Upload("b.docx", word_file("In ten days")), note="Yes")
    with unit_of_work():
        later = [event for event in db.session.scalars(every(Event)) if event.id not in known]
        undo(later, by=desk.me, at=desk.now)
        after = {name: rows for name, rows in images(desk.space).items() if name != "events"}
    assert after == before
