"""The campaigns of the company file as they were planned, run and paid for, and which leads they brought."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import Campaign, CampaignCost
from sandbox.seeding.chance import Chance
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague
from sandbox.spaces.company_campaigns import PastCampaign

PREPARED, ECHO = 14, 10
"""Days for which a campaign is planned before it begins, and people still come by it after its end."""
LEADS, DEALS = 0.65, 0.5
"""Shares of leads, and of deals with old customers, that a campaign brought while any ran."""
RECENT = 20
SAID = {
    "en": "They say they came by “{campaign}”.",
    "ru": "Говорят, что пришли по кампании «{campaign}».",
}
TEST = {
    "en": ("Test Testerson", "Test", "Just trying the form, please ignore."),
    "ru": ("Тест Тестов", "Тест", "Проверяю форму, не обрабатывать."),
}


class CampaignBook:
    """Tells of the campaigns, and says which one brought somebody at a moment."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = Chance(f"{world.company.code}:{world.space.seed}:campaigns", world.company)
        self.by: Colleague | None = next(iter(world.having("market")), None)
        said = world.company.campaigns.past if self.by is not None else []
        self.to_forget = world.trap("unattributed_lead")
        self.rows = [(one, self._row(one)) for one in said]

    def tell(self) -> None:
        """The steps of all campaigns, up to today."""
        for said, row in self.rows:
            self._tell(said, row)

    def brought(self, at: datetime, share: float = LEADS) -> tuple[PastCampaign, Row] | None:
        """The campaign that brought somebody at a moment; None where none ran, or it was none of them."""
        back = (self.world.today - self.world.date_of(at)).days
        running = [
            (said, row) for said, row in self.rows if -said.until_days - ECHO <= back <= -said.from_days - 1
        ]
        if not running or not self.chance.happens(share):
            return None
        return self.chance.weighted(running, [float(said.pull) or 0.01 for said, _row in running])

    def bring_lead(self, lead: Row, at: datetime) -> None:
        """Let a lead carry the campaign of its time, and name where that one is seen as its source."""
        found = self.brought(at)
        if found is None:
            return
        said, row = found
        lead.fields.update(campaign_id=row, last_campaign_id=row, source=said.source)
        if self.to_forget and (self.world.today - self.world.date_of(at)).days < RECENT:
            self.to_forget -= 1
            self._forget(lead, said)

    def bring_deal(self, deal: Row, at: datetime) -> None:
        """Let a deal with an old customer carry the campaign of its time."""
        found = self.brought(at, DEALS)
        if found is not None:
            deal.fields.update(campaign_id=found[1], last_campaign_id=found[1])

    def make_test(self, lead: Row) -> None:
        """Let a lead be one that a marketer sent to try a form, which nobody marked as a test."""
        name, firm, need = TEST[self.world.company.language]
        mail = self.by.email if self.by is not None else None
        lead.fields.update(name=name, company_name=firm, need=need, email=mail, budget=None, custom=None)

    def _forget(self, lead: Row, said: PastCampaign) -> None:
        """Take the tag off a lead that still says in words what brought it."""
        words = SAID[self.world.company.language].format(campaign=said.name.strip("«»"))
        need = " ".join(part for part in (lead["need"], words) if part)
        lead.fields.update(campaign_id=None, last_campaign_id=None, need=need)

    def _row(self, said: PastCampaign) -> Row:
        today = self.world.today
        return Row(
            Campaign,
            name=said.name,
            tag=said.tag,
            type=said.type,
            status="planned",
            begins_on=today + timedelta(days=said.from_days),
            ends_on=today + timedelta(days=said.until_days),
            budget=said.budget,
            expected_cost=said.expected_cost,
            expected_revenue=said.expected_revenue,
            cost=Decimal(0),
            landing=f"https://{self.world.company.domain}/{said.tag}",
            goal=said.goal,
            owner_id=self.by,
        )

    def _tell(self, said: PastCampaign, row: Row) -> None:
        began = max(PREPARED, PREPARED - said.from_days)
        [at] = self.world.moments(1, began, began)
        values = {name: row[name] for name in ("name", "type", "tag", "begins_on", "ends_on", "budget")}
        self._step(at, "campaign.create", row, made=[row], **values)
        if said.from_days > 0:
            return
        [started] = self.world.moments(1, -said.from_days, -said.from_days)
        self._step(started, "campaign.start", row, changes=[(row, {"status": "running"})])
        spent = Decimal(0)
        for cost in sorted(said.costs, key=lambda cost: cost.day):
            spent += cost.amount
            self._spend(row, cost.kind, cost.what, cost.day, cost.amount, spent)
        if said.until_days < 0:
            [ended] = self.world.moments(1, -said.until_days - 1, -said.until_days - 1)
            self._step(ended, "campaign.finish", row, changes=[(row, {"status": "finished"})])

    def _spend(self, row: Row, kind: str, what: str, day: int, amount: Decimal, spent: Decimal) -> None:
        [at] = self.world.moments(1, -day, -day)
        values = {"day": self.world.date_of(at), "kind": kind, "what": what, "amount": amount}
        line = Row(CampaignCost, campaign_id=row, **values)
        self._step(at, "campaign.add_cost", row, made=[line], changes=[(row, {"cost": spent})], **values)

    def _step(self, at: datetime, action: str, row: Row, **told: Any) -> None:
        if self.by is not None:
            self.world.scribe.tell(at, action, self.by, row, **told)
