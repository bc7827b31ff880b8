"""Web forms of the company file as they were built, and old customers who wrote by them this morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.crm import Consent, RoutingRule, Submission, WebForm
from sandbox.seeding.cards import Customer
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces.company_web_forms import PastForm

SENT = 3
"""How many of the newest leads of a small space came by a form."""


class FormBook:
    """Tells of the forms, and lets new leads come by the published one."""

    def __init__(self, world: World, customers: list[Customer]) -> None:
        self.world, self.customers = world, customers
        self.chance = world.chance.beside("forms")
        self.by = next(iter(world.having("market")), None)
        self.people = {one.code: one for one in world.colleagues}
        self.campaigns = {said.tag: row for said, row in world.campaigns.rows}
        self.rows = [(one, self._row(one)) for one in world.company.web_forms if self.by is not None]
        small = world.company.volume("small").leads
        self.left = SENT * max(1, world.volume.leads // max(1, small))

    def tell(self) -> None:
        """Build the forms, and publish those that are out."""
        for said, row in self.rows:
            built, published = self._moment(-said.day + 1), self._moment(-said.day)
            self._step(built, "web_form.create", row, made=[row], name=said.name, address=said.address)
            for place, (code, who) in enumerate(said.rules.items(), start=1):
                rule = Row(RoutingRule, web_form_id=row, code=code, colleague_id=self.people[who])
                at = built + place * timedelta(seconds=20)
                told = {"colleague": self.people[who], said.routing: code}
                self._step(at, "web_form.add_rule", row, made=[rule], **told)
            if said.published:
                changes = [(row, {"status": "published", "published_at": published})]
                self._step(
                    max(published, built + timedelta(minutes=9)), "web_form.publish", row, changes=changes
                )

    def bring(self, lead: Row, at: datetime) -> bool:
        """Let a lead be somebody known who sent the form; False where none is out, or enough came by it."""
        out = next(((said, row) for said, row in self.rows if said.published), None)
        customer = self._known() if self.left and out is not None else None
        if out is None or customer is None:
            return False
        self.left -= 1
        said, form = out
        contact = customer.people(20)[0]
        name = f"{contact['first_name']} {contact['last_name']}"
        lead.fields.update(
            name=name,
            company_name=customer.row["name"],
            phone=contact["phone"],
            email=contact["email"],
            source="website",
            owner_id=customer.owner,
            contact_id=contact,
            company_id=customer.row,
            campaign_id=form["campaign_id"],
            last_campaign_id=form["campaign_id"],
        )
        self._tell_of_sent(lead, said, form, contact, customer, at)
        return True

    def _tell_of_sent(
        self, lead: Row, said: PastForm, form: Row, contact: Row, customer: Customer, at: datetime
    ) -> None:
        sent = {name: lead[name] for name in ("name", "company_name", "phone", "email", "need") if lead[name]}
        consents = {"personal_data": said.personal_text} if said.personal_text else {}
        made = Row(
            Submission,
            web_form_id=form,
            lead_id=lead,
            contact_id=contact,
            company_id=customer.row,
            campaign_id=form["campaign_id"],
            routed_to_id=customer.owner,
            sent=sent,
            consents=consents or None,
            tag=None,
            is_repeat=False,
        )
        given = [
            Row(
                Consent,
                contact_id=contact,
                purpose=purpose,
                text=text,
                source="web-form",
                given_on=self.world.date_of(at),
            )
            for purpose, text in consents.items()
        ]
        self._step(at, "submission.send", made, made=[lead, made, *given], web_form=form, **sent)

    def _moment(self, back: int) -> datetime:
        """A moment of a working day so long ago, drawn apart so that nobody else's draws change."""
        world = self.world
        begins = datetime.combine(world.day(back), world.company.working_hours.begins, world.zone)
        return min(begins + timedelta(minutes=self.chance.number(10, 300)), world.now).astimezone(UTC)

    def _known(self) -> Customer | None:
        """A customer with a contact who can be reached both ways."""
        for _ in range(30):
            one = self.chance.pick(self.customers)
            people = one.people(20)
            if people and people[0]["phone"] and people[0]["email"]:
                return one
        return None

    def _row(self, said: PastForm) -> Row:
        return Row(
            WebForm,
            name=said.name,
            address=said.address,
            intro=said.intro,
            thanks=said.thanks,
            status="draft",
            asks=dict(said.asks),
            personal_text=said.personal_text,
            personal_ticked=False,
            advertising_text=said.advertising_text,
            advertising_ticked=said.advertising_ticked,
            advertising_forced=False,
            routing=said.routing,
            routed_to_id=self.people[said.routed_to] if said.routed_to else None,
            campaign_id=self.campaigns.get(said.campaign or ""),
            owner_id=self.by,
        )

    def _step(self, at: datetime, action: str, row: Row, **told: Any) -> None:
        if self.by is not None:
            self.world.scribe.tell(at, action, self.by, row, **told)
