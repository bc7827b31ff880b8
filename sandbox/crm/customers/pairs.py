"""Cards of the whole space that may be the same, found by address, INN and near name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.duplicates import NEAR
from sandbox.crm.customers.models import Company, Contact
from sandbox.extensions import db
from sandbox.kernel.fold import nearness
from sandbox.spaces import every

SHOWN = 50
_CROWD = 40
ADDRESS, NUMBER, NAME = "address", "number", "name"
Ids = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """Two cards, the older first, and why they may be one."""

    card: Any
    other: Any
    why: str


def pairs(model: type[Company] | type[Contact]) -> tuple[list[Pair], int]:
    """The likeliest pairs, those with a common address or number first, and how many there are in all."""
    found: dict[Ids, str] = {}
    ways = [(ADDRESS, _by_address(model)), (NAME, _by_name(model))]
    if model is Company:
        ways.insert(1, (NUMBER, _by_inn()))
    for why, ids in ways:
        for pair in ids:
            found.setdefault(pair, why)
    cards = _cards(model, {one for pair in found for one in pair})
    words = {
        ADDRESS: _("The same phone or e-mail"),
        NUMBER: _("The same INN"),
        NAME: _("Nearly the same name"),
    }
    alike = [
        Pair(cards[one], cards[other], words[why])
        for (one, other), why in found.items()
        if one in cards and other in cards and not _told_apart(cards[one], cards[other])
    ]
    return alike[:SHOWN], len(alike)


def _told_apart(card: Any, other: Any) -> bool:
    return other.n in (card.apart or ()) or card.n in (other.apart or ())


def _cards(model: Any, ids: set[int]) -> dict[int, Any]:
    if not ids:
        return {}
    query = every(model).where(model.id.in_(sorted(ids)[:2000])).options(joinedload(model.owner))
    if model is Contact:
        query = query.where(Contact.masked_at.is_(None)).options(joinedload(Contact.company))
    return {card.id: card for card in db.session.scalars(query)}


def _by_address(model: type[Company] | type[Contact]) -> Iterator[Ids]:
    column: Any = Address.company_id if model is Company else Address.contact_id
    twice = (
        every(Address)
        .with_only_columns(Address.value)
        .where(column.is_not(None))
        .group_by(Address.value)
        .having(func.count(column.distinct()) > 1)
    )
    rows = every(Address).where(Address.value.in_(twice), column.is_not(None))
    together: dict[str, set[int]] = defaultdict(set)
    for address in db.session.scalars(rows):
        together[address.value].add(getattr(address, column.key))
    return _combined(together.values())


def _by_inn() -> Iterator[Ids]:
    inn: Any = Company.inn
    twice = every(Company).with_only_columns(inn).where(inn.is_not(None)).group_by(inn)
    rows = every(Company).where(inn.in_(twice.having(func.count() > 1)))
    together: dict[str, set[int]] = defaultdict(set)
    for company in db.session.scalars(rows):
        together[str(company.inn)].add(company.id)
    return _combined(together.values())


def _by_name(model: type[Company] | type[Contact]) -> Iterator[Ids]:
    """Near names among those that begin or end alike; contacts in the same company only."""
    place = Contact.company_id if model is Contact else Company.id
    columns = every(model).with_only_columns(model.id, model.sort_key, place)
    blocks: dict[tuple[Any, ...], list[tuple[int, str]]] = defaultdict(list)
    for id_, key, where in db.session.execute(columns):
        for block in _blocks(key, where if model is Contact else None):
            blocks[block].append((id_, key))
    compared: set[Ids] = set()  # two names may begin alike, and end alike as well
    for rows in blocks.values():
        for (one, name), (other, second) in combinations(rows[:_CROWD], 2):
            pair = (min(one, other), max(one, other))
            if one != other and pair not in compared:
                compared.add(pair)
                if nearness(name, second, NEAR) >= NEAR:
                    yield pair


def _blocks(key: str, place: Any) -> list[tuple[Any, ...]]:
    words = key.split()
    if place is not None:
        return [("in", place)]
    if not words:
        return []
    first, last = words[0], words[-1]
    return [
        ("begins", first[:4], last[:1]),
        ("ends", first[:1], last[-4:]),
        ("two", *words[:2]),
        ("last", last),
    ]


def _combined(groups: Iterable[set[int]]) -> Iterator[Ids]:
    for group in groups:
        yield from combinations(sorted(group)[:_CROWD], 2)
