"""Which card a row is about, if it is here: one look at the space, then by address, number and name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.duplicates import NEAR
from sandbox.crm.customers.masking import digest_of
from sandbox.crm.customers.models import Company, Contact
from sandbox.extensions import db
from sandbox.kernel.fold import core_name, nearness
from sandbox.spaces import every

SURE, NEARLY, MASKED = "sure", "nearly", "masked"
Found = tuple[str, int]


class Known:
    """The cards of a kind by what tells them apart; those made meanwhile are added."""

    def __init__(self, model: type[Company] | type[Contact]) -> None:
        self.model: Any = model
        self.by_address: dict[str, int] = {}
        self.by_number: dict[tuple[str, str], int] = {}
        self.by_name: dict[tuple[str, int], int] = {}
        self.blocks: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        self._read()

    def find(self, values: dict[str, Any]) -> Found | None:
        """The card that a row is about, and how sure that is."""
        for name in ("phone", "email"):
            value = values.get(name)
            if value and digest_of(value) in self.by_address:
                return (MASKED, self.by_address[digest_of(value)])
        if self.model is Company and values.get("inn"):
            number = (values["inn"], values.get("kpp") or "")
            if number in self.by_number:
                return (SURE, self.by_number[number])
        for name in ("phone", "email"):
            if values.get(name) in self.by_address:
                return (SURE, self.by_address[values[name]])
        key, place = self._key(values)
        if (key, place) in self.by_name and not self._is_branch(values):
            return (SURE, self.by_name[key, place])
        return self._near(key, place, core_name(values.get("last_name")))

    def add(self, card: Any) -> None:
        """Take a card in that was just made."""
        place: int = (card.company_id or 0) if self.model is Contact else 0
        self._note(card.id, card.title, place)
        for value in (card.phone, card.email):
            if value:
                self.by_address.setdefault(value, card.id)
        if self.model is Company and card.inn:
            self.by_number[card.inn, card.kpp or ""] = card.id

    def foresee(self, values: dict[str, Any], line: int) -> None:
        """A row above will be taken: what stands below is held against it, too, by its line below zero."""
        key, place = self._key(values)
        self.by_name.setdefault((key, place), -line)
        self.blocks[key[:3], place].append((key, -line))
        for name in ("phone", "email"):
            if values.get(name):
                self.by_address.setdefault(values[name], -line)
        if self.model is Company and values.get("inn"):
            self.by_number.setdefault((values["inn"], values.get("kpp") or ""), -line)

    def _read(self) -> None:
        column: Any = Address.company_id if self.model is Company else Address.contact_id
        cards = db.session.scalars(every(self.model)).all()
        for card in cards:
            self.add(card)
        ids = {card.id for card in cards}
        addresses = every(Address).with_only_columns(Address.value, column).where(column.is_not(None))
        for value, id_ in db.session.execute(addresses):
            if id_ in ids:
                self.by_address.setdefault(value, id_)

    def _note(self, id_: int, title: str, place: int) -> None:
        key = core_name(title)
        self.by_name.setdefault((key, place), id_)
        self.blocks[key[:3], place].append((key, id_))

    def _key(self, values: dict[str, Any]) -> tuple[str, int]:
        if self.model is Company:
            return core_name(values.get("name")), 0
        names = (values.get(part) for part in ("first_name", "middle_name", "last_name"))
        company = values.get("company")
        return core_name(" ".join(name for name in names if name)), company.id if company else 0

    def _is_branch(self, values: dict[str, Any]) -> bool:
        """A firm of the same name with a number of its own is another one."""
        return self.model is Company and bool(values.get("inn"))

    def _near(self, key: str, place: int, family: str) -> Found | None:
        if self.model is Contact and not place:
            return None
        for other, id_ in self.blocks[key[:3], place][:200]:
            if other and nearness(key, other, NEAR) >= NEAR and _may_be_family(family, other):
                return (NEARLY, id_)
        return None


def _may_be_family(family: str, name: str) -> bool:
    """Whether a family name is nearly a word of a name: first and middle names are shared by many."""
    return not family or any(nearness(family, word, NEAR) >= NEAR for word in name.split())
