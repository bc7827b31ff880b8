"""A row of a file made into values of a card; what is wrong with it is said in a sentence, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.customers.cleaning import (
    clean_email,
    clean_identifier,
    clean_phone,
    clean_tax_number,
)
from sandbox.crm.customers.importing.kinds import Kind
from sandbox.crm.customers.importing.targets import Target
from sandbox.crm.customers.models import Company
from sandbox.crm.customers.tags import code_of_tag
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import core_name, fold
from sandbox.kernel.money import BadMoney, parse_money
from sandbox.ledger.fields import YEARS
from sandbox.spaces import Colleague, current_space, every

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
ORDERS = (DAY_FIRST, MONTH_FIRST)
_DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})")
_YES = {"yes", "y", "true", "1", "да", "+", "x", "х"}
_NO = {"no", "n", "false", "0", "нет", "-", ""}


@dataclass
class Row:
    """The values of a row, and what is wrong with it."""

    line: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def guess_order(rows: Sequence[Sequence[str]], usual: str) -> str:
    """Which number of a date is the day: the one that is above twelve somewhere."""
    for cells in rows:
        for cell in cells:
            found = _DAY.match(cell)
            if found and int(found[1]) > 12:
                return DAY_FIRST
            if found and int(found[2]) > 12:
                return MONTH_FIRST
    return usual


class Converter:
    """Reads rows by a mapping of columns to fields; what it looks up is read once."""

    def __init__(self, kind: Kind, mapping: Mapping[str, str], order: str) -> None:
        known = {target.code: target for target in kind.fields()}
        self.kind = kind
        self.order = order
        self.mapping = {int(place): known[code] for place, code in mapping.items() if code in known}

    def convert(self, line: int, cells: list[str]) -> Row:
        """The values of a row; each fault names its field."""
        row = Row(line, cells)
        for place, target in self.mapping.items():
            text = cells[place] if place < len(cells) else ""
            if not text:
                continue
            try:
                row.values[target.code] = self._value(target, text)
            except Refused as refusal:
                row.faults.append(f"{target.label}: {refusal.message}")
        self._complete(row)
        return row

    def _complete(self, row: Row) -> None:
        self.kind.complete(row)
        if not row.values.get(self.kind.needed) and not row.faults:
            words = _("There is no name in this row.")
            row.faults.append(words)

    def _value(self, target: Target, text: str) -> Any:
        if text[:1] in ("=", "@"):
            raise Refused("formula", _("A formula instead of a value: save the file with values only."))
        if len(text) > target.longest:
            raise Refused("too_long", _("Longer than %(most)s characters.", most=target.longest))
        return getattr(self, f"_{target.kind}")(target, text)

    def _text(self, target: Target, text: str) -> str:
        return " ".join(text.split())

    _full_name = _text

    def _phone(self, target: Target, text: str) -> str | None:
        return clean_phone(text)

    def _email(self, target: Target, text: str) -> str | None:
        cleaned = clean_email(text)
        if not cleaned or "@" not in cleaned or "." not in cleaned.rpartition("@")[2] or " " in cleaned:
            raise Refused("bad_email", _("This is not an e-mail address: write it like name@firm.example."))
        return cleaned

    def _identifier(self, target: Target, text: str) -> str | None:
        return clean_tax_number(text) if target.code == "inn" else clean_identifier(text)

    def _number(self, target: Target, text: str) -> int:
        plain = text.replace(" ", "").replace("\u00a0", "")
        if not plain.isascii() or not plain.lstrip("-").isdigit() or len(plain) > 12:
            raise Refused("bad_number", _("Not a whole number."))
        return int(plain)

    def _money(self, target: Target, text: str) -> Decimal:
        try:
            return parse_money(text)
        except BadMoney:
            raise Refused("bad_sum", _("Not a sum: write it like 48600.00.")) from None

    def _bool(self, target: Target, text: str) -> bool:
        if fold(text) not in _YES | _NO:
            raise Refused("bad_tick", _("Neither yes nor no."))
        return fold(text) in _YES

    def _day(self, target: Target, text: str) -> date:
        iso, short = _ISO.match(text), _DAY.match(text)
        try:
            if iso:
                found = date(*(int(part) for part in iso.groups()))
            elif short:
                one, two, year = (int(part) for part in short.groups())
                day, month = (one, two) if self.order == DAY_FIRST else (two, one)
                found = date(year + 2000 if year < 100 else year, month, day)
            else:
                raise ValueError(text)
        except ValueError:
            raise Refused("bad_day", _("Not a date in this order: %(text)s.", text=text[:20])) from None
        if found.year not in YEARS:
            raise Refused("bad_day", _("Check the year: it is too far away."))
        if target.code == "consent_on" and found > current_space().today():
            raise Refused("future_day", _("This day is still to come: are day and month in the right order?"))
        return found

    def _choice(self, target: Target, text: str) -> str:
        known: dict[str, str] = {}
        for code, title in current_space().company.entries(target.dictionary):
            known.update({fold(word): code for word in (code, title.en, title.ru)})
        chosen = known.get(fold(text))
        if chosen is None:
            near = get_close_matches(fold(text), list(known), 1, 0.6)
            if near:
                company = current_space().company
                right = company.label(target.dictionary, known[near[0]], company.language)
                raise Refused(
                    "unknown_word",
                    _(
                        "“%(text)s” is not in the dictionary; nearest: “%(near)s”.",
                        text=text[:60],
                        near=right,
                    ),
                )
            raise Refused("unknown_word", _("“%(text)s” is not in the dictionary.", text=text[:60]))
        return chosen

    def _tags(self, target: Target, text: str) -> list[str]:
        return [code_of_tag(part.strip()) for part in re.split(r"[,;|]", text) if part.strip()]

    def _colleague(self, target: Target, text: str) -> Colleague:
        found = self._colleagues.get(fold(text))
        if found is None:
            raise Refused("no_colleague", _("Nobody here is called “%(text)s”.", text=text[:60]))
        return found

    def _company(self, target: Target, text: str) -> Company:
        ids = self._companies.get(clean_tax_number(text) or "", self._companies.get(core_name(text), set()))
        if not ids:
            raise Refused(
                "no_company", _("There is no company “%(text)s”: import companies first.", text=text[:60])
            )
        if len(ids) > 1:
            raise Refused(
                "two_companies", _("There are several companies “%(text)s”: give the INN.", text=text[:60])
            )
        return db.session.get_one(Company, next(iter(ids)))

    @cached_property
    def _colleagues(self) -> dict[str, Colleague]:
        rows = list(db.session.scalars(every(Colleague)))
        return {fold(word): one for one in rows for word in (one.name, one.email, one.code)}

    @cached_property
    def _companies(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        columns = every(Company).with_only_columns(Company.id, Company.name, Company.inn)
        for id_, name, inn in db.session.execute(columns):
            for word in (core_name(name), inn):
                if word:
                    found.setdefault(word, set()).add(id_)
        return found
