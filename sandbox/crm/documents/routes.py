"""The way to approval as pages show it: the route of a paper, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.documents.approval_models import (
    GIVEN,
    REFUSED,
    VOID,
    WAITING,
    Approval,
    Delegation,
    Visa,
)
from sandbox.crm.documents.approving import delegations_on, role_word, working_days_after
from sandbox.crm.documents.models import Document
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import money

ICONS = {GIVEN: "check", REFUSED: "arrow-back-up", WAITING: "hourglass", VOID: "x"}


@dataclass(frozen=True)
class Stop:
    """One stop of a route: a role, who is or was there, and what came of it."""

    state: str
    icon: str
    role: str
    name: str | None
    words: str
    at: datetime | None = None


def routes_of(document: Document) -> tuple[Approval | None, Approval | None]:
    """The newest approval of a paper with all that its page names, and the one before where it came back."""
    named = (joinedload(Approval.initiator), selectinload(Approval.visas).options(*_people()))
    query = every(Approval).where(Approval.document_id == document.id).options(*named)
    runs = [*db.session.scalars(query.order_by(Approval.id.desc()).limit(2)), None, None]
    return runs[0], runs[1] if runs[1] is not None and runs[1].remarks else None


def answer_to_remarks(document: Document, approval: Approval) -> str | None:
    """What an approver who reads a paper again is told: the answer, or what the new version changed."""
    version = document.version_of(approval.version_number)
    return approval.answer or (version.note if version is not None else None)


def stops_of(approval: Approval) -> list[Stop]:
    """The route from the initiator to its last visa."""
    sender = approval.initiator.name if approval.initiator else None
    begun = Stop("given", "send", _("Initiator"), sender, _("sent"), approval.created_at)
    return [begun, *(_stop(visa) for visa in approval.visas)]


def planned_stops(document: Document) -> list[str]:
    """Whose visas a paper that was not sent yet will need, in words."""
    said = document.said
    amount = document.amount or 0
    found = []
    for step in said.route if said else []:
        if step.above is None or amount > step.above:
            found.append(" + ".join(role_word(role) for role in step.roles))
    return found


def waiting_for(me: Colleague) -> list[tuple[Visa, Delegation | None]]:
    """The visas that a colleague may give now, the oldest first; with whom they stand in for.

    A paper stands there once, with the visa that an approval would give: one's own before a colleague's.
    """
    today = current_space().today()
    standing_in = {one.absent.job_role: one for one in delegations_on(today) if one.deputy_id == me.id}
    standing_in.pop(me.job_role, None)
    query = (
        every(Visa)
        .join(Approval)
        .where(
            Visa.state == WAITING,
            Visa.role.in_([me.job_role, *standing_in]),
            (Approval.created_by_id != me.id) | Approval.created_by_id.is_(None),
        )
        .options(
            joinedload(Visa.approval).joinedload(Approval.document).joinedload(Document.company),
            joinedload(Visa.approval).joinedload(Approval.initiator),
            joinedload(Visa.task),
        )
        .order_by(Visa.asked_at, Visa.id)
    )
    found = list(db.session.scalars(query))
    own = {visa.approval_id for visa in found if visa.role == me.job_role}
    seen: dict[int, Visa] = {}
    for visa in found:
        if visa.role == me.job_role or visa.approval_id not in own:
            seen.setdefault(visa.approval_id, visa)
    return [(visa, standing_in.get(visa.role)) for visa in seen.values()]


def is_late(visa: Visa, now: datetime) -> bool:
    """Whether a visa has been waited for longer than the company gives its approvers."""
    space = current_space()
    asked = visa.asked_at.astimezone(space.zone).date() if visa.asked_at else None
    last = working_days_after(asked, space.company.documents.approval_days) if asked else None
    return last is not None and last < now.astimezone(space.zone).date()


def deputies() -> list[Delegation]:
    """Who stands in for whom today and later, the earliest first."""
    today = current_space().today()
    query = every(Delegation).where(Delegation.ends >= today)
    people = (joinedload(Delegation.absent), joinedload(Delegation.deputy))
    return list(db.session.scalars(query.options(*people).order_by(Delegation.begins, Delegation.id)))


def _people() -> list[Any]:
    return [joinedload(Visa.decided_by), joinedload(Visa.deputy_of), joinedload(Visa.task)]


def _stop(visa: Visa) -> Stop:
    role = role_word(visa.role)
    if visa.above is not None:
        role = _("%(role)s, above %(amount)s", role=role, amount=money(visa.above))
    who = visa.decided_by.name if visa.decided_by else None
    if visa.deputy_of is not None:
        who = _("%(deputy)s for %(absent)s", deputy=who, absent=visa.deputy_of.name)
    words = {
        GIVEN: _("approved"),
        REFUSED: _("returned"),
        WAITING: _("asked for"),
        VOID: _("void"),
    }.get(visa.state, _("not asked yet"))
    return Stop(
        visa.state, ICONS.get(visa.state, "circle-dashed"), role, who, words, visa.decided_at or visa.asked_at
    )
