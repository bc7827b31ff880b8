"""Stories of leads: who asked, who answered and how fast, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.crm import Lead
from sandbox.seeding import phrases
from sandbox.seeding.addresses import compose_domain, compose_email, compose_phone
from sandbox.seeding.beats import Beats
from sandbox.seeding.cards import come_of_leads, contact_row, new_customer
from sandbox.seeding.dealing import DealStory
from sandbox.seeding.fates import Fate, times
from sandbox.seeding.ideas import compose_deal
from sandbox.seeding.names import compose_firm_name
from sandbox.seeding.people import PersonName, compose_person
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague
from sandbox.spaces.company_parts import Stage as StageSaid

REJECTED, QUALIFIED, IN_WORK = 0.2, 0.15, 0.25
"""Shares of all leads; what is left after these and the converted ones is new this morning or yesterday."""


def tell_of_leads(world: World, converted: list[Fate]) -> None:
    """All leads of the volume; `converted` says where the deals stand that came of them."""
    count = world.volume.leads
    for fate in converted:
        _converted(world, fate)
    rest = count - len(converted)
    rejected, qualified = min(rest, round(count * REJECTED)), round(count * QUALIFIED)
    in_work = round(count * IN_WORK)
    tests = world.trap("unmarked_test")
    for place in range(rest):
        if place >= rest - tests:
            _test(world)
        elif place < rejected:
            _rejected(world)
        elif place < rejected + qualified:
            _answered(world, qualified=True)
        elif place < rejected + qualified + in_work:
            _answered(world, qualified=False)
        else:
            _new(world)


def converted_count(world: World) -> int:
    """How many leads became deals."""
    return min(come_of_leads(world), world.volume.deals)


def _lead(world: World, owner: Colleague, person: PersonName, firm: str | None, **more: object) -> Row:
    chance = world.chance
    return Row(
        Lead,
        name=person.name,
        company_name=firm,
        status="new",
        owner_id=owner,
        custom=world.custom("lead"),
        **{
            "source": chance.pick(world.company.codes("lead_sources")),
            "phone": compose_phone(chance),
            "email": None,
            "need": phrases.request(chance) or None,
            "budget": compose_deal(chance, _first_said(world)).amount if chance.happens(0.5) else None,
            **more,
        },
    )


def _first_said(world: World) -> StageSaid:
    return world.company.pipelines[0].open_stages[0]


def _stranger(world: World, owner: Colleague) -> Row:
    """A lead of a firm that is not here yet; now and then somebody who names none."""
    chance = world.chance
    person = compose_person(chance)
    firm = compose_firm_name(chance) if chance.happens(0.85) else None
    email = compose_email(chance, person, compose_domain(chance, firm or person.last))
    return _lead(world, owner, person, firm, email=email if chance.happens(0.7) else None)


def _create(world: World, lead: Row, at: datetime) -> None:
    world.campaigns.bring_lead(lead, at)
    _tell_of_creation(world, lead, at)


def _tell_of_creation(world: World, lead: Row, at: datetime) -> None:
    world.scribe.tell(
        at,
        "lead.create",
        world.heads[0],
        lead,
        made=[lead],
        name=lead["name"],
        company_name=lead["company_name"],
        source=lead["source"],
        campaign=lead["campaign_id"],
        owner=lead["owner_id"],
    )


def _answer(world: World, lead: Row, at: datetime, kind: str = "reached") -> Beats:
    """The first call: the lead is in work from then on."""
    beats = Beats(world, lead, lead["owner_id"], lead["name"])
    beats.call(at, "new", kind, changes=[(lead, {"first_response_at": at, "status": "in_work"})])
    return beats


def _soon(world: World, at: datetime) -> datetime:
    """When a lead is answered: mostly within the time the firm allows."""
    minutes = int(world.company.rules.lead_response_hours * 60)
    is_late = world.chance.happens(0.25)
    wait = world.chance.number(minutes, 3 * minutes) if is_late else world.chance.number(5, minutes - 5)
    return min(at + timedelta(minutes=wait), world.now - timedelta(minutes=10))


def _new(world: World) -> None:
    lead = _stranger(world, world.chance.pick(world.sellers))
    [at] = world.moments(1, 0, world.chance.weighted((0, 1), (3, 1)))
    if not world.forms.bring(lead, at):
        _create(world, lead, at)
        world.passing.leave(lead, at)


def _test(world: World) -> None:
    """A marketer tried a form yesterday, and left it like that."""
    lead = _stranger(world, world.chance.pick(world.sellers))
    world.campaigns.make_test(lead)
    [at] = world.moments(1, 1, 1)
    _create(world, lead, at)


def _answered(world: World, *, qualified: bool) -> None:
    chance = world.chance
    owner = chance.pick(world.sellers)
    lead = _stranger(world, owner)
    at, later = world.moments(2, chance.random.uniform(4, 14), chance.random.uniform(0.5, 3.5))
    _create(world, lead, at)
    if not qualified:
        world.passing.accept(lead, at)
    beats = _answer(
        world, lead, _soon(world, at), "reached" if qualified or chance.happens(0.6) else "missed"
    )
    if qualified:
        _qualify(world, lead, max(later, at + timedelta(hours=8)))
    elif chance.happens(0.7):
        subject = phrases.task_subject(chance, "new")
        beats.task(max(later, at + timedelta(hours=8)), subject, world.ahead(chance.number(0, 5)), "call")


def _qualify(world: World, lead: Row, at: datetime) -> None:
    need = lead["need"] or phrases.request(world.chance)
    budget = lead["budget"] or compose_deal(world.chance, _first_said(world)).amount
    at = min(at, world.now - timedelta(minutes=8))
    new = {"status": "qualified", "need": need, "budget": budget}
    owner = lead["owner_id"]
    world.scribe.tell(at, "lead.qualify", owner, lead, changes=[(lead, new)], need=need, budget=budget)


def _rejected(world: World) -> None:
    chance = world.chance
    owner = chance.pick(world.sellers)
    lead = _stranger(world, owner)
    back = world.seasonal(3, 200)
    at, later = world.moments(2, back + 2, back)
    _create(world, lead, at)
    reason = chance.pick(world.company.dictionaries.reject_reasons)
    answered = _soon(world, at)
    _answer(world, lead, answered, "missed" if reason.kind == "junk" else "reached")
    note = phrases.reject_note(chance, reason.code) or None
    if reason.needs_note and not note:
        note = phrases.note(chance)
    new = {"status": "rejected", "reject_reason": reason.code, "reject_note": note}
    later = max(later, answered + timedelta(minutes=20))
    world.scribe.tell(
        later, "lead.reject", owner, lead, changes=[(lead, new)], reason=reason.code, note=note, cancelled=0
    )


def _converted(world: World, fate: Fate) -> None:
    """A lead that became a company, a contact and a deal; the deal's own story follows."""
    owner = world.chance.pick(world.sellers)
    customer, person = new_customer(world, owner)
    contact = contact_row(world, customer, person)
    contact.fields.update(role=None, position=None, custom=None)
    lead = _lead(
        world,
        owner,
        person,
        customer.row["name"],
        phone=contact["phone"],
        email=contact["email"],
        source=customer.row["source"],
    )
    back = times(world, fate)
    story = DealStory(world, fate, back, customer, contact)
    at, qualified = world.moments(2, back[0] + 5, back[0] + 2)
    _create(world, lead, at)
    answered = _soon(world, at)
    _answer(world, lead, answered)
    _qualify(world, lead, max(qualified, answered + timedelta(minutes=30)))
    customer.row.fields["source"] = lead["source"]
    story.row.fields.update(
        lead_id=lead, campaign_id=lead["campaign_id"], last_campaign_id=lead["last_campaign_id"]
    )

    def convert(moment: datetime) -> None:
        new = {"status": "converted", "company_id": customer.row, "contact_id": contact}
        world.scribe.tell(
            moment,
            "lead.convert",
            owner,
            lead,
            made=[customer.row, contact, *story.begin(moment)],
            changes=[(lead, new)],
            title=story.row["title"],
            amount=story.row["amount"],
            deal=story.row,
            made_company=True,
        )

    story.tell(convert)
