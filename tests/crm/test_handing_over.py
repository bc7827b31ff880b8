"""The base of an absent colleague goes to another in one action: what is open moves, what is closed stays."""

from __future__ import annotations

import pytest

from sandbox.crm import Activity, Case, Company, Deal, Lead
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import undo
from sandbox.spaces import Colleague, every, fetch
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def head(desk: Desk) -> Desk:
    return Desk(desk.space, "head-of-sales")


@pytest.fixture
def colleague(desk: Desk) -> Colleague:
    """Another sales manager."""
    return list(
        db.session.scalars(
            every(Colleague).where(Colleague.job_role == "sales-manager").order_by(Colleague.id)
        )
    )[1]


def test_what_is_open_moves_and_closed_deals_stay(desk: Desk, head: Desk, colleague: Colleague) -> None:
    company = desk.company()
    deal, lost = desk.deal("Paper", company=company), desk.deal("Chairs", company=company)
    lead, junk = desk.lead("Ivy Stone"), desk.lead("Spam")
    desk.do("deal.lose", lost, reason="price")
    desk.do("lead.reject", junk, reason="spam")
    for on in (deal, lost):
        desk.do("task.set", on, subject="Ring", due=desk.space.today(), kind="call")
    _case, closed = (
        desk.do("case.open", company, type="question", subject=words).record for words in ("Why", "Who")
    )
    desk.do("case.answer", closed, text="It comes today")
    desk.do("case.close", closed, result="solved", note="Sent")
    done = head.do("base.hand_over", absent=desk.me, to=colleague, reason="On leave")
    assert fetch(Company, company.n).owner is colleague
    assert [one.owner for one in db.session.scalars(every(Case).order_by(Case.id))] == [colleague, desk.me]
    assert (fetch(Deal, deal.n).owner, fetch(Deal, lost.n).owner) == (colleague, desk.me)
    assert (fetch(Lead, lead.n).owner, fetch(Lead, junk.n).owner) == (colleague, desk.me)
    assert {one.assignee for one in db.session.scalars(every(Activity)) if one.is_open} == {colleague}
    said = done.event.values
    counted = [said[word] for word in ("companies", "deals", "leads", "tasks", "cases")]
    assert counted == [1, 1, 1, 2, 1]


def test_one_undo_gives_everything_back(desk: Desk, head: Desk, colleague: Colleague) -> None:
    desk.deal("Paper", company=desk.company())
    desk.lead("Ivy Stone")
    before = {table: rows for table, rows in images(desk.space).items() if table != "events"}
    done = head.do("base.hand_over", absent=desk.me, to=colleague)
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert {table: rows for table, rows in images(desk.space).items() if table != "events"} == before


def test_only_a_head_hands_over_and_not_to_the_same_person(desk: Desk, head: Desk) -> None:
    assert refused(head, "base.hand_over", absent=desk.me, to=desk.me) == "same_colleague"
    lawyer = Desk(desk.space, "lawyer").me
    assert refused(head, "base.hand_over", absent=desk.me, to=lawyer) == "no_customers"
    with pytest.raises(Refused) as refusal:
        desk.do("base.hand_over", absent=desk.me, to=head.me)
    assert refusal.value.code == "not_allowed"
