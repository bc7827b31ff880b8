"""What may be done with the e-mails and phones of a card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers import addresses
from sandbox.crm.customers.addresses import CLEAN, EMAIL, PHONE, Address
from sandbox.crm.customers.masking import insist_on_readable
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import ActionForm, action, tell
from sandbox.ledger.fields import ChoiceField, EmailField, PhoneField, TextField, TickField
from sandbox.spaces import Colleague

CARDS = (Company, Contact)
ALONE, WHOLE_CARD = "address", "card"


def address_types() -> Iterable[tuple[str, Any]]:
    """What an address is used for."""
    return [
        ("work", _l("Work")),
        ("mobile", _l("Mobile")),
        ("personal", _l("Personal")),
        ("accounts", _l("Accounts department")),
        ("other", _l("Other")),
    ]


class AddPhoneForm(ActionForm):
    """One more phone."""

    value = PhoneField(_l("Phone"), required=True)
    type = ChoiceField(_l("Used for"), options=address_types)
    primary = TickField(_l("Make it the primary one"))


class AddEmailForm(ActionForm):
    """One more e-mail."""

    value = EmailField(_l("E-mail"), required=True)
    type = ChoiceField(_l("Used for"), options=address_types)
    primary = TickField(_l("Make it the primary one"))


class AddressForm(ActionForm):
    """A correction."""

    prefills = True

    value = TextField(_l("Address"), required=True)
    type = ChoiceField(_l("Used for"), options=address_types)


class InvalidForm(ActionForm):
    """Why nothing reaches the address."""

    reason = TextField(_l("How it is known"))


def scopes() -> Iterable[tuple[str, Any]]:
    """How far an opt-out reaches."""
    return [(ALONE, _l("This address alone")), (WHOLE_CARD, _l("Every phone and e-mail of the card"))]


class OptOutForm(ActionForm):
    """How far it reaches, and how its owner said so."""

    scope = ChoiceField(_l("For which addresses"), options=scopes)
    how = TextField(_l("How they told us"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The address that it was said of."""
        return {"scope": ALONE}


def _stands(card: Any) -> bool:
    return card.deleted_at is None and getattr(card, "masked_at", None) is None


def _readable(address: Address) -> bool:
    return not address.is_masked


@action(
    "address.add_phone",
    on=CARDS,
    makes=Address,
    event="added",
    right="customers",
    form=AddPhoneForm,
    icon="phone-plus",
    title=_l("Add a phone"),
    says=_l("%(by)s added %(value)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": PHONE},
    refusals=("bad_phone", "address_here", "masked"),
)
def add_phone(card: Company | Contact, **said: Any) -> Address:
    """Add one more phone to a card."""
    return _add(card, PHONE, **said)


@action(
    "address.add_email",
    on=CARDS,
    makes=Address,
    event="added",
    right="customers",
    form=AddEmailForm,
    icon="mail-plus",
    title=_l("Add an e-mail"),
    says=_l("%(by)s added %(value)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": EMAIL},
    refusals=("bad_email", "address_here", "masked"),
)
def add_email(card: Company | Contact, **said: Any) -> Address:
    """Add one more e-mail to a card."""
    return _add(card, EMAIL, **said)


@action(
    "address.edit",
    on=Address,
    event="edited",
    right="customers",
    form=AddressForm,
    icon="edit",
    title=_l("Correct"),
    says=_l("%(by)s corrected an address: %(value)s"),
    shown=_readable,
    refusals=("bad_phone", "bad_email", "address_here", "masked"),
)
def edit_address(
    address: Address, *, value: str, type: str | None = None, by: Colleague, at: datetime
) -> None:
    """Correct an address or say what it is used for."""
    _keep_card(address)
    if isinstance(address.on, Contact):
        insist_on_readable(address.on)
    cleaned = _clean(address.kind, value)
    if cleaned != address.value:
        _insist_on_new(address.on, address.kind, cleaned)
        address.value = cleaned
        address.invalid_at = address.invalid_reason = None
    address.type = type or address.type
    stamp_change(address, by, at)
    addresses.project(address.on, by, at)


@action(
    "address.make_primary",
    on=Address,
    event="made_primary",
    right="customers",
    icon="star",
    title=_l("Make primary"),
    says=_l("%(by)s made %(record)s the primary one"),
    shown=lambda address: not address.is_primary and _readable(address),
    guards_version=False,
    refusals=("masked",),
)
def make_primary(address: Address, *, by: Colleague, at: datetime) -> None:
    """Show this address on the card in the place of another of its kind."""
    _keep_card(address)
    if isinstance(address.on, Contact):
        insist_on_readable(address.on)
    addresses.choose_primary(address, by, at)


@action(
    "address.mark_invalid",
    on=Address,
    event="marked_invalid",
    right="customers",
    form=InvalidForm,
    icon="mail-off",
    title=_l("Mark as invalid"),
    says=_l("%(by)s marked %(record)s as invalid"),
    shown=lambda address: not address.invalid and _readable(address),
    guards_version=False,
)
def mark_invalid(address: Address, *, reason: str | None = None, by: Colleague, at: datetime) -> None:
    """Say that nothing reaches an address: mailings leave it out."""
    _keep_card(address)
    address.invalid_at, address.invalid_reason = at, reason
    stamp_change(address, by, at)


@action(
    "address.mark_valid",
    on=Address,
    event="marked_valid",
    right="customers",
    icon="mail-check",
    title=_l("It works again"),
    says=_l("%(by)s marked %(record)s as working"),
    shown=lambda address: address.invalid and _readable(address),
    guards_version=False,
)
def mark_valid(address: Address, *, by: Colleague, at: datetime) -> None:
    """Say that an address works after all."""
    _keep_card(address)
    address.invalid_at = address.invalid_reason = None
    stamp_change(address, by, at)


@action(
    "address.opt_out",
    on=Address,
    event="opted_out",
    right="customers",
    form=OptOutForm,
    icon="bell-off",
    title=_l("Opt out of advertising"),
    says=_l("%(by)s noted that %(record)s wants no advertising"),
    shown=lambda address: not address.opted_out,
    guards_version=False,
)
def opt_out(
    address: Address, *, scope: str | None = None, how: str | None = None, by: Colleague, at: datetime
) -> None:
    """Note that the owner of an address wants no advertising there, or at no address of the card."""
    _keep_card(address)
    for one in address.on.addresses if scope == WHOLE_CARD else [address]:
        if one is address or not one.opted_out:
            one.opted_out_at, one.opted_out_how = at, how
            stamp_change(one, by, at)


@action(
    "address.remove",
    on=Address,
    event="removed",
    right="customers",
    kind="danger",
    icon="trash",
    title=_l("Remove"),
    says=_l("%(by)s removed %(record)s"),
    shown=lambda address: not address.opted_out,
    guards_version=False,
    refusals=("opted_out", "consented"),
)
def remove_address(address: Address, *, by: Colleague, at: datetime) -> None:
    """Take an address off its card; one that opted out stays, or the next import would forget it."""
    _keep_card(address)
    if address.opted_out:
        raise Refused(
            "opted_out",
            _("This address opted out of advertising and stays, so that nobody writes to it again."),
        )
    if isinstance(address.on, Contact) and any(one.address is address for one in address.on.consents):
        raise Refused(
            "consented",
            _("A consent was given for this address: it stays as evidence. Mark it as invalid instead."),
        )
    addresses.drop(address, by, at)


def _add(
    card: Company | Contact,
    kind: str,
    *,
    value: str,
    type: str | None = None,
    primary: bool = False,
    by: Colleague,
    at: datetime,
) -> Address:
    if isinstance(card, Contact):
        insist_on_readable(card)
    cleaned = _clean(kind, value)
    _insist_on_new(card, kind, cleaned)
    made = addresses.make_address(card, kind, cleaned, type=type, primary=primary, by=by, at=at)
    addresses.project(card, by, at)
    return made


def _clean(kind: str, value: str) -> str:
    cleaned = CLEAN[kind](value)
    if not cleaned or (kind == EMAIL and ("@" not in cleaned or "." not in cleaned.rpartition("@")[2])):
        raise Refused("bad_email", _("This is not an e-mail address: write it like name@firm.example."))
    return cleaned


def _insist_on_new(card: Company | Contact, kind: str, value: str) -> None:
    if any(one.kind == kind and one.value == value for one in card.addresses):
        raise Refused("address_here", _("%(address)s stands on this card already.", address=value))


def _keep_card(address: Address) -> None:
    """Let the event tell whose address it was."""
    card = address.on
    tell(card={"type": card.__record__, "n": card.n, "title": card.title})
