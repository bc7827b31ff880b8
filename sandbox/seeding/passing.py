"""Leads that marketing passed to sales: accepted, returned with a reason, or still waiting for an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox.crm import Handover
from sandbox.crm.communications.hours import after_work
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World

ACCEPTED = 3
"""How many leads in work of a small space were passed on and accepted."""


class PassBook:
    """Passes leads on that fit the company's rule; their number grows with the volume."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance.beside("passing")
        self.by = next(iter(world.having("market")), None)
        self.times = max(1, world.volume.leads // max(1, world.company.volume("small").leads))
        self.accepted = ACCEPTED * self.times
        self.fresh = ["waiting", "returned"] * self.times

    def accept(self, lead: Row, at: datetime) -> None:
        """A lead that its seller took within the hour."""
        if self.accepted and self._fits(lead):
            self.accepted -= 1
            handover = self._pass(lead, at + timedelta(minutes=2))
            new: dict[str, Any] = {"status": "accepted", "answered_at": at + timedelta(minutes=4)}
            changes: list[Any] = [(handover, new), (lead, {"status": "in_work"})]
            self.world.scribe.tell(
                at + timedelta(minutes=4), "handover.accept", lead["owner_id"], handover, changes=changes
            )

    def leave(self, lead: Row, at: datetime) -> None:
        """A new lead that waits for its seller's answer, or came back to marketing."""
        reasons = [one for one in self.world.company.handover.reasons if not one.needs_note]
        if not self.fresh or not reasons or not self._fits(lead):
            return
        fate = self.fresh.pop(0)
        handover = self._pass(lead, at + timedelta(minutes=2))
        if fate == "returned":
            seller, answered = lead["owner_id"], at + timedelta(minutes=6)
            reason = self.chance.pick(reasons).code
            new: dict[str, Any] = {"status": "returned", "answered_at": answered, "reason": reason}
            changes: list[Any] = [(handover, new), (lead, {"owner_id": self.by})]
            self.world.scribe.tell(
                answered, "handover.return", seller, handover, changes=changes, reason=reason, remark=None
            )

    def _pass(self, lead: Row, at: datetime) -> Row:
        hours = timedelta(hours=float(self.world.company.handover.answer_hours))
        handover = Row(
            Handover,
            lead_id=lead,
            from_id=self.by,
            to_id=lead["owner_id"],
            status="waiting",
            answer_by=after_work(at, hours),
            note=None,
        )
        if self.by is not None:
            self.world.scribe.tell(
                at, "lead.pass_on", self.by, lead, made=[handover], to=lead["owner_id"], note=None
            )
        return handover

    def _fits(self, lead: Row) -> bool:
        """The rule of the file, as the action asks it."""
        rule = self.world.company.handover
        budget = lead["budget"]
        enough = rule.least_budget is None or budget is None or budget >= rule.least_budget
        missing = (need for need in rule.needs if not lead[f"{need}_id" if need == "campaign" else need])
        return self.by is not None and enough and next(missing, None) is None
