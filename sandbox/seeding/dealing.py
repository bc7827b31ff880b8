"""Stories of deals: each has the calls, papers and steps that led to the stage in which it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import Deal, Stage, StageSpan
from sandbox.seeding import phrases
from sandbox.seeding.beats import Beats
from sandbox.seeding.cards import Customer
from sandbox.seeding.fates import Fate, passed
from sandbox.seeding.ideas import compose_deal
from sandbox.seeding.offering import OfferStory
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces.company_parts import Stage as StageSaid

Beat = Callable[[datetime], object]


class DealStory:
    """One deal from its beginning to today; `tell` adds the steps to the scribe."""

    def __init__(
        self,
        world: World,
        fate: Fate,
        back: tuple[float, float, float],
        customer: Customer,
        contact: Row | None,
    ) -> None:
        self.world, self.fate, self.back = world, fate, back
        self.customer, self.owner = customer, customer.owner
        ends_in = fate.stage if fate.end == "open" else world.pipeline.stage_of(fate.end)
        self.idea = compose_deal(world.chance, _said_of(world, ends_in))
        self.contact = contact
        first = world.open_stages[0]
        self.row = Row(
            Deal,
            title=self.idea.title,
            company_id=customer.row,
            contact_id=self.contact,
            stage_id=first,
            amount=self._amount(),
            owner_id=self.owner,
            custom=self._custom(),
        )
        self.span = Row(StageSpan, deal_id=self.row, stage_id=first)
        name = f"{self.contact['first_name']} {self.contact['last_name']}" if self.contact else ""
        self.offer: OfferStory | None = None
        self.beats = Beats(world, self.row, self.owner, name)

    @property
    def passed(self) -> list[Stage]:
        """The open stages that the deal has left for the next one."""
        return passed(self.world, self.fate)

    def tell(self, create: Beat | None = None) -> None:
        """Add the steps; `create` tells of the beginning where it is not `deal.create`."""
        story: list[Beat] = [create or self._create]
        for stage in self.passed:
            story += self._work_in(stage)
            story.append(self._move_on(stage))
        began, entered, last = self.back
        if self.fate.end == "open":
            entered = began if not self.passed else entered
            moments = self.world.moments(len(story), began, entered)
            self._set_close_date(None)
            after = self._work_ahead()
            moments += self._later(moments[-1], self.world.moments(len(after), entered, last))
            story += after
        else:
            story += self._work_in(self.fate.stage)
            story += self._ending()
            moments = self.world.moments(len(story), began, last)
            self._set_close_date(moments[-1])
        for at, beat in zip(moments, story, strict=True):
            beat(at)

    def begin(self, at: datetime) -> list[Row]:
        """The rows with which the deal begins at a moment."""
        self.row.fields["stage_since"] = at
        self.span.fields["entered_at"] = at
        return [self.row, self.span]

    def _create(self, at: datetime) -> None:
        row = self.row
        self.world.campaigns.bring_deal(row, at)
        self.world.scribe.tell(
            at,
            "deal.create",
            self.owner,
            row,
            made=self.begin(at),
            title=row["title"],
            company=self.customer.row,
            contact=self.contact,
            amount=row["amount"],
            close_date=row["close_date"],
            campaign=row["campaign_id"],
        )

    def _amount(self) -> Decimal | None:
        is_unsure = not self.passed and self.fate.end == "open" and self.world.chance.happens(0.4)
        return None if is_unsure else self.idea.amount

    def _custom(self) -> dict[str, Any] | None:
        custom = self.world.custom("deal")
        for name in ("vehicles", "sites"):
            if custom and name in custom and self.idea.count:
                custom[name] = self.idea.count if name == "vehicles" else custom[name]
        return custom

    def _set_close_date(self, ended: datetime | None) -> None:
        chance, world = self.world.chance, self.world
        if ended is not None:
            self.row.fields["close_date"] = world.date_of(ended)
        elif chance.happens(0.1) and self.fate.flaw != "stale_deal":
            self.row.fields["close_date"] = world.day(chance.number(1, 6))
        else:
            self.row.fields["close_date"] = world.ahead(chance.number(4, 45))

    def _work_in(self, stage: Stage) -> list[Beat]:
        """What was done before the deal could leave a stage, its exit rules among it."""
        code, chance = self._said(stage), self.world.chance
        done: list[Beat] = []
        if chance.happens(0.2):
            done.append(lambda at: self.beats.call(at, code, "missed"))
        if "next_step" in stage.exit:
            done += self._step_done(code)
        elif chance.happens(0.2):
            done += self._meeting()
        elif chance.happens(0.3):
            done.append(lambda at: self.beats.mail(at, code))
        else:
            done.append(lambda at: self.beats.call(at, code))
        if code == "offer":
            done.append(self._offer)
        if "payment" in stage.exit:
            done.append(self._pay)
        return done

    def _offer(self, at: datetime) -> None:
        self.offer = self.world.offers.send(at, self.row, self.owner, self.idea)

    def _work_ahead(self) -> list[Beat]:
        """What was done in the present stage, and what is planned; a stale deal was left after its move."""
        code, chance, flaw = self._said(self.fate.stage), self.world.chance, self.fate.flaw
        done: list[Beat] = []
        if flaw != "stale_deal" and chance.happens(0.6):
            done.append(lambda at: self.beats.call(at, code, "reached"))
        if code == "offer":
            done.append(lambda at: self.world.offers.leave(at, self.row, self.owner, self.idea))
        if flaw == "no_next_step":
            return done
        step = phrases.next_step(chance, code) or phrases.task_subject(chance, code) or self.idea.title
        due = self.world.ahead(chance.number(0, 8))
        if flaw == "overdue_task":
            late = self.world.day(chance.number(1, 3))
            subject = phrases.task_subject(chance, code) or step
            done.append(lambda at: self._overdue(at, subject, late))
        if chance.happens(0.15) and flaw == "":
            starts = self.world.starts(self.world.ahead(chance.number(1, 6)))
            done.append(lambda at: self.beats.meeting_ahead(at, starts))
        else:
            done.append(lambda at: self._next(at, step, due))
        return done

    def _overdue(self, at: datetime, subject: str, late: Any) -> None:
        # it was set when its day was still ahead
        self.beats.task(at, subject, max(late, self.world.date_of(at)))

    def _next(self, at: datetime, step: str, due: Any) -> None:
        self.beats.next_step(at, step, due)

    def _step_done(self, code: str) -> list[Beat]:
        step = phrases.next_step(self.world.chance, code) or self.idea.title
        made: list[Row] = []
        return [
            lambda at: made.append(
                self.beats.next_step(
                    at, step, self.world.not_weekend(self.world.date_of(at + timedelta(days=2)))
                )
            ),
            lambda at: self.beats.finish(at, made[0]),
        ]

    def _meeting(self) -> list[Beat]:
        planned: list[datetime] = []
        return [planned.append, lambda at: self.beats.meeting(planned[0], at)]

    def _move_on(self, stage: Stage) -> Beat:
        after = self.world.open_stages[self.world.open_stages.index(stage) + 1]
        return lambda at: self._enter(at, "deal.move", after, {}, {"stage": after})

    def _enter(
        self, at: datetime, action: str, stage: Stage, also: dict[str, Any], values: dict[str, Any]
    ) -> None:
        left, before = self.span, self.span["stage_id"]
        self.span = Row(StageSpan, deal_id=self.row, stage_id=stage, entered_at=at)
        told = {"from_stage": before.code, **({"to_stage": stage.code} if action == "deal.move" else {})}
        new = {"stage_id": stage, "stage_since": at, **also}
        self.world.scribe.tell(
            at,
            action,
            self.owner,
            self.row,
            made=[self.span],
            changes=[(left, {"left_at": at}), (self.row, new)],
            **values,
            **told,
        )

    def _pay(self, at: datetime) -> None:
        day, amount = self.world.date_of(at), self.idea.amount
        new = {"paid_amount": amount, "paid_on": day}
        self.world.scribe.tell(
            at, "deal.record_payment", self.owner, self.row, changes=[(self.row, new)], amount=amount, day=day
        )

    def _ending(self) -> list[Beat]:
        return (
            [self._accepted, self._pay, self._win] if self.fate.end == "won" else [self._declined, self._lose]
        )

    def _accepted(self, at: datetime) -> None:
        offer = self.offer
        if offer is not None and self.world.date_of(at) <= offer.row["valid_until"]:
            self.idea = replace(self.idea, amount=offer.accept(at, self.row))

    def _declined(self, at: datetime) -> None:
        if self.offer is not None:
            self.offer.decline(at)

    def _win(self, at: datetime) -> None:
        won = self.world.pipeline.stage_of("won")
        closing = {"amount": self.idea.amount, "close_date": self.row["close_date"]}
        self._enter(at, "deal.win", won, {"won_at": at}, closing)
        codes = self.world.company.codes("company_types")
        if "customer" in codes and not self.customer.has_bought and self.customer.row["type"] != "customer":
            self.customer.has_bought = True
            self.world.scribe.tell(
                at + timedelta(minutes=2),
                "company.edit",
                self.owner,
                self.customer.row,
                changes=[(self.customer.row, {"type": "customer"})],
                type="customer",
            )

    def _lose(self, at: datetime) -> None:
        entries = self.world.company.dictionaries.lost_reasons
        weights = [3.0 if place < 4 else 1.0 for place in range(len(entries))]
        reason = self.world.chance.weighted(entries, weights)
        note = phrases.lost_note(self.world.chance, reason.code) or None
        if reason.needs_note and not note:
            note = phrases.note(self.world.chance)
        lost = self.world.pipeline.stage_of("lost")
        also = {"lost_at": at, "lost_reason": reason.code, "lost_note": note}
        self._enter(at, "deal.lose", lost, also, {"reason": reason.code, "note": note, "cancelled": 0})

    def _said(self, stage: Stage) -> str:
        """The stage as the stock of phrases knows it; a stage of another name speaks like its neighbour."""
        return speaking(self.world, stage)

    def _later(self, before: datetime, moments: list[datetime]) -> list[datetime]:
        found: list[datetime] = []
        for moment in moments:
            before = max(moment, before + timedelta(minutes=1))
            found.append(before)
        return found


_KNOWN = ("new", "qualification", "offer", "negotiation")


def _said_of(world: World, stage: Stage) -> StageSaid:
    """The stage as the company file describes it."""
    return next(one for line in world.company.pipelines for one in line.stages if one.code == stage.code)


def speaking(world: World, stage: Stage) -> str:
    """The code under which the stock of phrases speaks of a stage."""
    if stage.code in (*_KNOWN, "won", "lost"):
        return str(stage.code)
    return _KNOWN[min(stage.position, len(_KNOWN) - 1)]
