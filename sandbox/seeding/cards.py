"""The firm's customers: companies, the people in them, and names that are easily mixed up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from sandbox.crm import Company, Contact
from sandbox.seeding.addresses import compose_email, compose_phone
from sandbox.seeding.belongings import furnish_company, furnish_contact, opt_outs
from sandbox.seeding.names import Firm, compose_firm
from sandbox.seeding.people import PersonName, compose_person, compose_position
from sandbox.seeding.scribe import Row
from sandbox.seeding.twins import near_namesake
from sandbox.seeding.world import World
from sandbox.spaces import Colleague

OLDEST, NEWEST = 900, 130


@dataclass
class Customer:
    """A company with its people and the colleague who looks after it; `since`: how many days it is known."""

    row: Row
    firm: Firm
    owner: Colleague
    since: float
    has_bought: bool = False
    contacts: list[tuple[float, Row]] = field(default_factory=list)

    def people(self, back: float) -> list[Row]:
        """The contacts who were known so many days ago."""
        return [row for since, row in self.contacts if since > back + 3]


def make_customers(world: World) -> list[Customer]:
    """All companies and contacts of the volume, but for those that come of a lead (`come_of_leads`)."""
    later = come_of_leads(world)
    customers = [_customer(world) for _ in range(world.volume.companies - later)]
    for original, twin in zip(customers, reversed(customers), strict=True):
        if customers.index(original) >= min(world.trap("near_namesake"), len(customers) // 2):
            break
        make = partial(near_namesake, original.row["name"], world.chance)
        twin.row.fields["name"] = world.chance.fresh("firm", make)
        twin.row.fields["industry"] = original.row["industry"]
    for one in customers:
        _tell_of_company(world, one)
    people = world.volume.contacts - later
    for number in range(people):
        known = number < len(customers)
        _add_contact(world, customers[number] if known else world.chance.pick(customers), first=known)
    opt_outs(world, [(back, one.owner, row) for one in customers for back, row in one.contacts])
    return customers


def come_of_leads(world: World) -> int:
    """How many leads became customers: each brought a company and a contact."""
    return world.volume.leads // 5


def new_customer(world: World, owner: Colleague) -> tuple[Customer, PersonName]:
    """A company that nobody has put into the CRM yet, and the person there who asks."""
    customer = _customer(world)
    customer.owner = owner
    customer.row.fields.update(owner_id=owner, custom=None, industry=None, region=None, type=None)
    return customer, compose_person(world.chance)


def contact_row(world: World, customer: Customer, person: PersonName) -> Row:
    """The card of a person at a company."""
    chance = world.chance
    role = chance.pick(world.company.codes("contact_roles"))
    return Row(
        Contact,
        first_name=person.first,
        middle_name=person.middle,
        last_name=person.last,
        position=compose_position(chance, role),
        role=role,
        company_id=customer.row,
        phone=compose_phone(chance),
        email=compose_email(chance, person, customer.firm.domain),
        owner_id=customer.owner,
        custom=world.custom("contact"),
    )


def _customer(world: World) -> Customer:
    chance, company = world.chance, world.company
    firm = compose_firm(chance)
    owner = chance.pick(world.sellers)
    row = Row(
        Company,
        name=firm.name,
        kind="sole_trader" if firm.sole_trader else "legal",
        type=_type(world),
        inn=firm.inn or firm.ein,
        kpp=firm.kpp,
        ogrn=firm.ogrn,
        phone=firm.phone,
        email=firm.email.casefold(),
        website=firm.website,
        address=firm.address,
        industry=firm.industry,
        region=firm.region,
        source=chance.pick(company.codes("lead_sources")),
        owner_id=owner,
        custom=world.custom("company"),
    )
    return Customer(row, firm, owner, world.seasonal(NEWEST, OLDEST))


def _type(world: World) -> str | None:
    codes = world.company.codes("company_types")
    weights = {"prospect": 12.0, "customer": 6.0, "former": 2.0}
    return world.chance.weighted(codes, [weights.get(code, 0.7) for code in codes]) if codes else None


def _tell_of_company(world: World, one: Customer) -> None:
    furnish_company(world, one.row, one.firm.domain)
    [at] = world.moments(1, one.since, one.since)
    name = one.row["name"]
    world.scribe.tell(at, "company.create", one.owner, one.row, made=[one.row], name=name)


def _add_contact(world: World, customer: Customer, *, first: bool) -> None:
    """The first person is known soon after the company, the others turn up over time."""
    owner = customer.firm.owner
    person = owner if first and owner is not None else compose_person(world.chance)
    row = contact_row(world, customer, person)
    back = customer.since - 3.0 if first else world.chance.random.uniform(NEWEST - 60, customer.since - 3)
    customer.contacts.append((back, row))
    furnish_contact(world, row, back)
    [at] = world.moments(1, back, back)
    world.scribe.tell(
        at,
        "contact.create",
        customer.owner,
        row,
        made=[row],
        first_name=person.first,
        last_name=person.last,
        company=customer.row,
    )
