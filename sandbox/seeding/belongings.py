"""What hangs on a card besides its fields: more phones and e-mails, tags, bank details."""

from __future__ import annotations

from datetime import UTC, datetime, time

from sandbox.crm import Address, Consent, Tag
from sandbox.seeding.addresses import compose_phone, office_email
from sandbox.seeding.chance import Chance
from sandbox.seeding.requisites import compose_bank
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague

SECOND_PHONE, ACCOUNTS_EMAIL, TAGGED = 0.25, 0.15, 0.35
DATA_CONSENT, ADVERTISING_CONSENT = 0.8, 0.5
KNOWN = 12  # days after which somebody may have had enough of letters
OPTED_OUT = {
    "en": "Pressed the opt-out link in a letter",
    "ru": "Переход по ссылке отказа в письме",
}


def furnish_company(world: World, company: Row, domain: str) -> None:
    """Bank details, now and then a second phone or the accountants' e-mail, and a tag or two."""
    chance = world.belongings
    bank = compose_bank(chance, sole_trader=company["kind"] == "sole_trader")
    company.fields.update(
        bank_name=bank.bank,
        bic=bank.bic,
        account=bank.account,
        correspondent_account=bank.correspondent_account,
        postal_address=company["address"] if chance.happens(0.6) else None,
    )
    if chance.happens(SECOND_PHONE):
        phone = compose_phone(chance, area=_area(chance))
        company.parts.append(_address(company, "phone", "accounts", phone))
    if chance.happens(ACCOUNTS_EMAIL):
        company.parts.append(_address(company, "email", "accounts", office_email(chance, domain)))
    _tag(world, company)


def furnish_contact(world: World, contact: Row, back: float) -> None:
    """Consents as people give them, now and then an office phone beside the mobile one, and a tag."""
    chance = world.belongings
    if chance.happens(SECOND_PHONE):
        contact.parts.append(_address(contact, "phone", "work", compose_phone(chance, area=_area(chance))))
    if chance.happens(TAGGED / 4):
        _tag(world, contact)
    email = _address(contact, "email", "work", contact["email"], primary=True)
    contact.parts.insert(0, email)
    if chance.happens(DATA_CONSENT):
        _consent(world, contact, "personal_data", back)
    if chance.happens(ADVERTISING_CONSENT):
        _consent(world, contact, "advertising", back, email)


def _consent(world: World, contact: Row, purpose: str, back: float, address: Row | None = None) -> None:
    """A consent by the wording that was in force when the person became known."""
    day = world.day(back)
    texts = [one for one in world.company.consent_texts if one.purpose == purpose and one.valid_from <= day]
    sources = world.company.codes("consent_sources")
    if not texts or not sources:
        return
    row = Row(
        Consent,
        contact_id=contact,
        address_id=address,
        purpose=purpose,
        text=max(texts, key=lambda one: one.valid_from).code,
        source=world.belongings.pick(sources),
        given_on=day,
    )
    contact.parts.append(row)


def opt_outs(world: World, contacts: list[tuple[float, Colleague, Row]]) -> None:
    """Planted: people who agreed to advertising and said later that they want no more of it."""
    chance = world.belongings
    agreed = [
        one
        for one in contacts
        if one[0] > KNOWN and any(part["purpose"] == "advertising" for part in one[2].parts)
    ]
    for back, owner, contact in chance.random.sample(agreed, min(world.trap("opt_out"), len(agreed))):
        day = world.day(chance.random.uniform(1, min(back - KNOWN / 2, 60)))
        at = datetime.combine(day, time(11, chance.number(0, 59)), world.zone).astimezone(UTC)
        address = next(part for part in contact.parts if part["kind"] == "email")
        how = OPTED_OUT[world.company.language]
        new = {"opted_out_at": at, "opted_out_how": how}
        world.scribe.tell(at, "address.opt_out", owner, address, changes=[(address, new)], how=how)


def _tag(world: World, card: Row) -> None:
    codes = world.company.codes("tags")
    count = world.belongings.weighted((0, 1, 2), (1 - TAGGED, TAGGED * 0.7, TAGGED * 0.3))
    for code in world.belongings.random.sample(codes, min(count, len(codes))):
        card.parts.append(Row(Tag, code=code, **{f"{card.model.__record__}_id": card}))


def _address(card: Row, kind: str, type_: str, value: str, *, primary: bool = False) -> Row:
    mine = {f"{card.model.__record__}_id": card}
    return Row(Address, kind=kind, type=type_, value=value, is_primary=primary, **mine)


def _area(chance: Chance) -> str | None:
    return "495" if chance.country == "RU" else None
