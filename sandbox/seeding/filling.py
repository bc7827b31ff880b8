"""Fills a template with the firm's customers, requests and deals, and with the difficulties of real life."""

from __future__ import annotations

from datetime import timedelta

from sandbox.seeding import phrases
from sandbox.seeding.asking import converted_count, tell_of_leads
from sandbox.seeding.beats import Beats
from sandbox.seeding.billing import tell_of_billing
from sandbox.seeding.campaigning import CampaignBook
from sandbox.seeding.cards import Customer, make_customers
from sandbox.seeding.caring import tell_of_cases
from sandbox.seeding.dealing import DealStory
from sandbox.seeding.fates import Fate, fates, times
from sandbox.seeding.forming import FormBook
from sandbox.seeding.instructing import publish_instructions
from sandbox.seeding.mailing import tell_of_mailings
from sandbox.seeding.offering import OfferBook
from sandbox.seeding.papers import tell_of_papers
from sandbox.seeding.passing import PassBook
from sandbox.seeding.scribe import Row
from sandbox.seeding.talking import fill_inboxes
from sandbox.seeding.twins import spellings
from sandbox.seeding.world import World
from sandbox.spaces import Space

TRIES = 30
BOUNCED = {
    "en": (
        "Undelivered mail returned to sender",
        "The address {email} does not exist: the mailbox is unknown.",
    ),
    "ru": ("Письмо не доставлено", "Адреса {email} не существует: такого ящика нет."),
}
OTHER_PHONE = {
    "en": "They also asked to be called at {phone}.",
    "ru": "Просили звонить на {phone}.",
}


def fill(space: Space) -> None:
    """Fill the current space, which has its colleagues and pipelines; the same seed fills the same."""
    world = World(space)
    world.offers = OfferBook(world)
    world.campaigns = CampaignBook(world)
    world.campaigns.tell()
    customers = make_customers(world)
    world.forms = FormBook(world, customers)
    world.forms.tell()
    world.passing = PassBook(world)
    every_fate = fates(world, world.volume.deals)
    # a new customer's first deal may stand anywhere, but nobody plants a difficulty in it
    plain = [fate for fate in every_fate if not fate.flaw][: converted_count(world)]
    for fate in plain:
        every_fate.remove(fate)
    tell_of_leads(world, plain)
    for fate in every_fate:
        _deal(world, customers, fate)
    _phones_in_other_spellings(world, customers)
    _bounced_addresses(world, customers)
    _overdue_tasks(world, customers)
    tell_of_cases(world, customers)
    publish_instructions(world)
    fill_inboxes(world, customers)
    tell_of_papers(world)
    tell_of_mailings(world, customers)
    tell_of_billing(world)
    _small_talk(world, customers)
    world.offers.give_numbers()
    world.scribe.write()


def _deal(world: World, customers: list[Customer], fate: Fate) -> None:
    back = times(world, fate)
    customer = _known(world, customers, back[0])
    if customer is not None:
        DealStory(world, fate, back, customer, world.chance.pick(customer.people(back[0]))).tell()


def _known(world: World, customers: list[Customer], back: float) -> Customer | None:
    """A customer with a contact so many days ago; most have one, so a few draws find one."""
    for _ in range(TRIES):
        customer = world.chance.pick(customers)
        if customer.people(back):
            return customer
    known = [one for one in customers if one.people(back)]
    return world.chance.pick(known) if known else None


def _about(world: World, customer: Customer, on: Row) -> Beats:
    return Beats(world, on, customer.owner)


def _phones_in_other_spellings(world: World, customers: list[Customer]) -> None:
    """A phone that is on a card stands in a note in another spelling, as people type it."""
    for customer in world.chance.random.sample(customers, min(world.trap("phone_spelling"), len(customers))):
        written = world.chance.pick(spellings(customer.row["phone"])[1:])
        [at] = world.moments(1, *[world.chance.random.uniform(2, 60)] * 2)
        _about(world, customer, customer.row).note(at, OTHER_PHONE[_language(world)].format(phone=written))


def _bounced_addresses(world: World, customers: list[Customer]) -> None:
    """An answer from a mail server: nothing can be delivered to a contact's address."""
    marked = False
    known = [(one, row) for one in customers for row in one.people(30)]
    for customer, row in world.chance.random.sample(known, min(world.trap("bounced_address"), len(known))):
        [at] = world.moments(1, *[world.chance.random.uniform(1, 20)] * 2)
        subject, text = BOUNCED[_language(world)]
        _about(world, customer, row).mail_in(at, subject, text.format(email=row["email"]))
        if not marked:  # one was dealt with; the others are left to whoever reads the letters
            marked = True
            address = next(part for part in row.parts if part["kind"] == "email")
            later = min(at + timedelta(hours=1), world.now)
            new = {"invalid_at": later, "invalid_reason": subject}
            world.scribe.tell(
                later,
                "address.mark_invalid",
                customer.owner,
                address,
                changes=[(address, new)],
                reason=subject,
            )


def _overdue_tasks(world: World, customers: list[Customer]) -> None:
    """Tasks about companies whose day has passed, besides those about deals."""
    count = world.trap("overdue_task") - world.trap("overdue_task") // 2
    for customer in world.chance.random.sample(customers, min(count, len(customers))):
        back = world.chance.random.uniform(6, 12)
        [at] = world.moments(1, back, back)
        late = world.day(world.chance.number(1, 5))
        subject = phrases.task_subject(world.chance, "new")
        _about(world, customer, customer.row).task(at, subject, late)


def _small_talk(world: World, customers: list[Customer]) -> None:
    """What is said between deals, until there are as many activities as the volume has."""
    while world.told < world.volume.activities:
        customer = world.chance.pick(customers)
        back = world.seasonal(1, 120)
        people = customer.people(back)
        on = world.chance.pick(people) if people and world.chance.happens(0.5) else customer.row
        [at] = world.moments(1, back, back)
        beats = _about(world, customer, on)
        kind = world.chance.weighted(("note", "call", "mail"), (4, 4, 2))
        if kind == "note":
            beats.note(at, phrases.note(world.chance))
        elif kind == "call":
            beats.call(at, "won", "reached" if world.chance.happens(0.8) else "missed")
        else:
            beats.mail(at, "won")


def _language(world: World) -> str:
    return world.company.language if world.company.language in BOUNCED else "en"
