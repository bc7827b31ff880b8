"""Two cards become one: the survivor takes everything that points at the other, which is put away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import inspect

from sandbox.crm.customers import addresses
from sandbox.crm.customers.addresses import KINDS, Address, of_kind
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import stamp_change
from sandbox.crm.references import pointing_at
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import tell
from sandbox.spaces import Colleague, InSpace, every

THIS, OTHER = "this", "other"
# What is chosen together: the columns behind each choice of the form.
COMPANY = {
    "name": ("name",),
    "numbers": ("kind", "inn", "kpp", "ogrn"),
    "type": ("type",),
    "phone": ("phone",),
    "email": ("email",),
    "website": ("website",),
    "address": ("address",),
    "postal_address": ("postal_address",),
    "bank": ("bank_name", "bic", "account", "correspondent_account"),
    "industry": ("industry",),
    "region": ("region",),
    "source": ("source",),
    "owner": ("owner_id",),
}
CONTACT = {
    "name": ("first_name", "middle_name", "last_name"),
    "position": ("position",),
    "role": ("role",),
    "company": ("company_id",),
    "phone": ("phone",),
    "email": ("email",),
    "owner": ("owner_id",),
}


def groups_of(card: Company | Contact) -> Mapping[str, tuple[str, ...]]:
    """The choices of a kind of card."""
    return COMPANY if isinstance(card, Company) else CONTACT


def merge(survivor: Any, other: Any, chosen: Mapping[str, str | None], by: Colleague, at: datetime) -> None:
    """Let `survivor` take over `other`: children, addresses, tags, consents, and the values that are chosen.

    Where nothing is chosen, the survivor keeps its own and fills its gaps from the other.
    """
    if survivor is other or other.deleted_at is not None:
        raise Refused("same_card", _("Choose another card than this one, and one that is not deleted."))
    for card in (survivor, other):
        if getattr(card, "masked_at", None) is not None:
            raise Refused("masked", _("A masked person cannot be merged with anybody."))
    taken = _values(survivor, other, chosen)
    _join_addresses(survivor, other, by, at)
    _drop_double_tags(survivor, other)
    tell(moved=move_references(other, survivor))
    other.merged_into = survivor
    other.deleted_at = at
    stamp_change(other, by, at)
    db.session.flush()
    with db.session.no_autoflush:
        for name, value in taken.items():
            setattr(survivor, name, value)
        survivor.custom = {**(other.custom or {}), **(survivor.custom or {})} or None
        survivor.apart = (
            sorted({*(survivor.apart or ()), *(other.apart or ())} - {survivor.n, other.n}) or None
        )
        addresses.follow_card(survivor, by, at)
    stamp_change(survivor, by, at)


def move_references(old: InSpace, new: InSpace) -> int:
    """Let every row of the space that points at `old` point at `new`, whatever area it belongs to."""
    db.session.flush()
    table = old.__table__.name
    moved: list[InSpace] = []
    for model, column in pointing_at(table):
        key = inspect(model).get_property_by_column(column).key
        for row in db.session.scalars(every(model, deleted=True).where(column == old.id)):
            setattr(row, key, new.id)
            moved.append(row)
    db.session.flush()
    for row in [*moved, old, new]:
        db.session.expire(row)
    return len(moved)


def _values(survivor: Any, other: Any, chosen: Mapping[str, str | None]) -> dict[str, Any]:
    """The columns that the survivor takes from the other card."""
    taken: dict[str, Any] = {}
    for name, columns in groups_of(survivor).items():
        theirs = {column: getattr(other, column) for column in columns}
        mine = [getattr(survivor, column) for column in columns if column != "kind"]
        gap = not any(mine) and chosen.get(name) is None
        if chosen.get(name) == OTHER or gap:
            taken.update(theirs)
    return taken


def _join_addresses(survivor: Any, other: Any, by: Colleague, at: datetime) -> None:
    """The same address on both cards becomes one, with the bounce and the opt-out of either."""
    for kind in KINDS:
        mine = {one.value: one for one in of_kind(survivor, kind)}
        has_primary = any(one.is_primary for one in mine.values())
        for theirs in of_kind(other, kind):
            same = mine.get(theirs.value)
            if same is None:
                if theirs.is_primary and has_primary:
                    theirs.is_primary = False
                continue
            _keep_what_happened(same, theirs)
            stamp_change(same, by, at)
            move_references(theirs, same)
            db.session.delete(theirs)
    db.session.flush()
    db.session.refresh(other, ["addresses"])


def _keep_what_happened(same: Address, theirs: Address) -> None:
    if theirs.opted_out and not same.opted_out:
        same.opted_out_at, same.opted_out_how = theirs.opted_out_at, theirs.opted_out_how
    if theirs.invalid and not same.invalid:
        same.invalid_at, same.invalid_reason = theirs.invalid_at, theirs.invalid_reason


def _drop_double_tags(survivor: Any, other: Any) -> None:
    codes = {tag.code for tag in survivor.tags}
    for tag in list(other.tags):
        if tag.code in codes:
            db.session.delete(tag)
    db.session.flush()
    db.session.refresh(other, ["tags"])
