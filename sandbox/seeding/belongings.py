"""What hangs on a card besides its fields: more phones and e-mails, tags, bank details."""

from __future__ import annotations

from sandbox.crm import Address, Tag
from sandbox.seeding.addresses import compose_phone, office_email
from sandbox.seeding.chance import Chance
from sandbox.seeding.requisites import compose_bank
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World

SECOND_PHONE, ACCOUNTS_EMAIL, TAGGED = 0.25, 0.15, 0.35


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


def furnish_contact(world: World, contact: Row) -> None:
    """Now and then an office phone beside the mobile one, and a tag."""
    chance = world.belongings
    if chance.happens(SECOND_PHONE):
        contact.parts.append(_address(contact, "phone", "work", compose_phone(chance, area=_area(chance))))
    if chance.happens(TAGGED / 4):
        _tag(world, contact)


def _tag(world: World, card: Row) -> None:
    codes = world.company.codes("tags")
    count = world.belongings.weighted((0, 1, 2), (1 - TAGGED, TAGGED * 0.7, TAGGED * 0.3))
    for code in world.belongings.random.sample(codes, min(count, len(codes))):
        card.parts.append(Row(Tag, code=code, **{f"{card.model.__record__}_id": card}))


def _address(card: Row, kind: str, type_: str, value: str) -> Row:
    mine = {f"{card.model.__record__}_id": card}
    return Row(Address, kind=kind, type=type_, value=value, is_primary=False, **mine)


def _area(chance: Chance) -> str | None:
    return "495" if chance.country == "RU" else None
